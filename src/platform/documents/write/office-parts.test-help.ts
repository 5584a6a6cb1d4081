import { strFromU8, unzipSync } from 'fflate';
import { XMLValidator } from 'fast-xml-parser';

/** The parts of an .xlsx or .docx file, by name. */
export function officeParts(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}

/** The parts that are not well-formed XML; a file without any such part is sound. */
export function brokenParts(bytes: Uint8Array): string[] {
  return [...officeParts(bytes)]
    .filter(([name]) => /\.(xml|rels)$/.test(name))
    .filter(([, part]) => !isWellFormed(part))
    .map(([name]) => name);
}

function isWellFormed(xml: string): boolean {
  // eslint-disable-next-line no-control-regex -- what XML 1.0 forbids, from its section 2.2
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(xml)) return false;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package more
  return XMLValidator.validate(xml) === true;
}
