import type { DocumentRefusal } from '../grid.ts';
import { limits } from './limits.ts';
import { type FileKind, isRefusal, refusals } from './refusals.ts';
import { attribute, decodeXml, scanXml, type XmlFault } from './xml.ts';
import { type Archive, openArchive } from './zip.ts';

export type OfficeKind = Exclude<FileKind, 'csv'>;

/** A workbook or document whose content is what its name says, with nothing active in it. */
export interface OfficeFile {
  names: readonly string[];
  mainPart: string;
  /** The characters of a part, without document type; null when there is no such part. */
  read(part: string): string | null | DocumentRefusal;
  relationships(part: string): readonly Relationship[];
}

export interface Relationship {
  id: string;
  /** The last word of the type's address, such as `worksheet`. */
  type: string;
  /** A part of this file, or an address outside. */
  target: string;
  external: boolean;
}

const mainTypes: Record<OfficeKind, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
};

/** What may lie outside the file: it is never fetched. */
const harmlessOutside = new Set([
  'hyperlink',
  'externalLinkPath',
  'xlPathMissing',
  'xlStartup',
  'xlAlternateStartup',
  'xlLibrary',
]);

/** Opens the file and checks it; the reasons follow OWASP ASVS 5.2 and 1.5.1. */
export function openOfficeFile(bytes: Uint8Array, kind: OfficeKind): OfficeFile | DocumentRefusal {
  const archive = openArchive(bytes, kind);
  if (isRefusal(archive)) return archive;
  const types = contentTypes(archive, kind);
  if (isRefusal(types)) return types;
  const active = activeContent(archive, types, kind);
  if (active !== null) return active;

  const relationships = new Map<string, readonly Relationship[]>();
  for (const name of archive.names.filter((part) => part.endsWith('.rels'))) {
    const found = readRelationships(archive, name, kind);
    if (isRefusal(found)) return found;
    const refused = found.map((one) => refuseRelationship(one, kind)).find((one) => one !== null);
    if (refused !== undefined) return refused;
    relationships.set(name, found);
  }

  const mainPart = relationships
    .get('_rels/.rels')
    ?.find(({ type, external }) => type === 'officeDocument' && !external)?.target;
  if (mainPart === undefined || !archive.has(mainPart)) return refusals.damaged(kind);
  const wrong = wrongContent(types.of(mainPart), kind);
  if (wrong !== null) return wrong;

  let left: number = limits.xmlBytes;
  return {
    names: archive.names,
    mainPart,
    relationships: (part) => relationships.get(relationshipsOf(part)) ?? [],
    read(part) {
      left -= archive.size(part);
      if (left < 0) return refusals.tooMuch(kind);
      const found = archive.bytes(part);
      return found === null ? null : (decodeXml(found) ?? refusals.damaged(kind));
    },
  };
}

/** What the person is told of a fault in the XML of a part. */
export function refuseXml(fault: XmlFault, kind: FileKind): DocumentRefusal {
  switch (fault) {
    case 'not well formed':
      return refusals.damaged(kind);
    case 'document type':
      return refusals.hiddenContent(kind);
    case 'too much':
      return refusals.tooMuch(kind);
  }
}

interface ContentTypes {
  all: readonly string[];
  of(part: string): string;
}

function contentTypes(archive: Archive, kind: OfficeKind): ContentTypes | DocumentRefusal {
  const byPart = new Map<string, string>();
  const byExtension = new Map<string, string>();
  const fault = scanPart(archive, '[Content_Types].xml', kind, (name, attributes) => {
    const type = (attribute(attributes, 'ContentType') ?? '').toLowerCase();
    const of = attribute(attributes, name === 'Override' ? 'PartName' : 'Extension');
    if (of === null) return;
    if (name === 'Override') byPart.set(of.toLowerCase(), type);
    if (name === 'Default') byExtension.set(of.toLowerCase(), type);
  });
  if (fault !== null) return fault;
  return {
    all: [...byPart.values(), ...byExtension.values()],
    of(part) {
      const name = part.toLowerCase();
      const extension = name.slice(name.lastIndexOf('.') + 1);
      return byPart.get(`/${name}`) ?? byExtension.get(extension) ?? '';
    },
  };
}

function readRelationships(
  archive: Archive,
  name: string,
  kind: OfficeKind,
): Relationship[] | DocumentRefusal {
  const found: Relationship[] = [];
  const folder = name.slice(0, Math.max(0, name.lastIndexOf('_rels/')));
  const fault = scanPart(archive, name, kind, (element, attributes) => {
    if (element !== 'Relationship') return;
    const type = attribute(attributes, 'Type') ?? '';
    const target = attribute(attributes, 'Target') ?? '';
    const external = attribute(attributes, 'TargetMode')?.toLowerCase() === 'external';
    found.push({
      id: attribute(attributes, 'Id') ?? '',
      type: type.slice(type.lastIndexOf('/') + 1),
      target: external ? target : partAt(folder, target),
      external,
    });
  });
  return fault ?? found;
}

function scanPart(
  archive: Archive,
  name: string,
  kind: OfficeKind,
  open: (name: string, attributes: string) => void,
): DocumentRefusal | null {
  if (archive.size(name) > limits.xmlBytes / 4) return refusals.tooMuch(kind);
  const bytes = archive.bytes(name);
  const xml = bytes === null ? null : decodeXml(bytes);
  if (xml === null) return refusals.damaged(kind);
  const events = { open, close: () => undefined, text: () => undefined };
  const fault = scanXml(xml, events, limits.xmlTreeElements);
  return fault === null ? null : refuseXml(fault, kind);
}

function partAt(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps = folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function relationshipsOf(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

function activeContent(
  archive: Archive,
  types: ContentTypes,
  kind: OfficeKind,
): DocumentRefusal | null {
  const macroTypes = /macroenabled|vbaproject|macrosheet|activex|ms-office\.vba/;
  const macroNames = /vbaproject|vbadata|(^|\/)(macrosheets|activex)\//;
  if (types.all.some((type) => macroTypes.test(type))) return refusals.macros(kind);
  for (const name of archive.names) {
    const folded = name.toLowerCase();
    if (macroNames.test(folded)) return refusals.macros(kind);
    const beginning = archive.beginning(name);
    const startsWith = (...bytes: number[]) => bytes.every((byte, at) => beginning[at] === byte);
    const isProgram = startsWith(0x4d, 0x5a) && !folded.endsWith('.xml');
    if (isProgram || startsWith(0xd0, 0xcf, 0x11, 0xe0)) return refusals.embedded(kind);
    // A chart keeps its figures in a workbook of its own, which is not opened.
    const isArchive =
      startsWith(0x50, 0x4b, 3, 4) || startsWith(0x37, 0x7a, 0xbc) || startsWith(0x52, 0x61, 0x72);
    const isFigures = /\/embeddings\/[^/]+\.(xlsx|docx|pptx)$/.test(folded);
    if (isArchive && !isFigures) return refusals.embedded(kind);
    if (/\/embeddings\/[^/]+\.bin$/.test(folded)) return refusals.embedded(kind);
    if (/\/externallinks\/[^/]+\.xml$/.test(folded)) {
      const refused = commandLink(archive, name, kind);
      if (refused !== null) return refused;
    }
  }
  return null;
}

/** A link to another workbook is only its last values; a link to a program is a command. */
function commandLink(archive: Archive, name: string, kind: OfficeKind): DocumentRefusal | null {
  const commands: string[] = [];
  const fault = scanPart(archive, name, kind, (element) => {
    if (element === 'ddeLink' || element === 'oleLink') commands.push(element);
  });
  return fault ?? (commands.length > 0 ? refusals.macros(kind) : null);
}

function refuseRelationship(one: Relationship, kind: OfficeKind): DocumentRefusal | null {
  if (!one.external) return one.type === 'oleObject' ? refusals.embedded(kind) : null;
  if (harmlessOutside.has(one.type)) return null;
  switch (one.type) {
    case 'attachedTemplate':
      // Word notes the template on the author's own disk; one on a server would be fetched.
      return isLocalFile(one.target) ? null : refusals.outsideContent(kind, 'its template');
    case 'image':
      return refusals.outsideContent(kind, 'a picture');
    default:
      return refusals.outsideContent(kind, 'part of its content');
  }
}

function isLocalFile(target: string): boolean {
  const path = target.replaceAll(/%5c/gi, '\\').replaceAll(/%2f/gi, '/');
  return /^(file:\/\/\/)?([a-z]:[\\/]|[^/\\:]*$)/i.test(path) || /^file:\/\/\/[^/\\]/i.test(path);
}

function wrongContent(type: string, kind: OfficeKind): DocumentRefusal | null {
  if (type === mainTypes[kind]) return null;
  const other = kind === 'xlsx' ? 'docx' : 'xlsx';
  if (type === mainTypes[other]) {
    const found = other === 'docx' ? 'a Word document' : 'an Excel workbook';
    return refusals.misnamed(kind, found, `Rename it to end in .${other}, and import it again.`);
  }
  if (type.includes('.template.')) {
    return refusals.notAKind('This is a template.', `Save it as .${kind} and import that copy.`);
  }
  const wanted = kind === 'xlsx' ? 'an Excel workbook' : 'a Word document';
  return refusals.notAKind(`This is not ${wanted}.`, `Save the plan as .${kind} and import that.`);
}
