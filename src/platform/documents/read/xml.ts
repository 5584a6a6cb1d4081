import { limits } from './limits.ts';

/**
 * A small, strict reader of XML for files that strangers made. It knows elements, attributes and
 * text and nothing else: a document type, an entity of its own, too many or too deep elements,
 * or tags that do not match end the reading. Names are given without their prefix.
 */
export interface XmlEvents {
  /** `attributes` as written; see `attribute`. A self-closing element is opened and closed. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** The characters between two tags, entities resolved. */
  text(text: string): void;
  /** True once enough is known: the rest is not read, nor checked. */
  enough?(): boolean;
}

export type XmlFault = 'not well formed' | 'document type' | 'too much';

const space = 32;
const slash = 47;
const greater = 62;

/** Passes through the text once. Null when it was read to its end. */
export function scanXml(xml: string, events: XmlEvents, maxElements: number): XmlFault | null {
  const open: string[] = [];
  let elements = 0;
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    const start = xml.indexOf('<', at);
    const between = xml.slice(at, start === -1 ? undefined : start);
    if (between !== '') {
      if (open.length > 0) events.text(decodeEntities(between));
      else if (between.trim() !== '') return 'not well formed';
    }
    if (start === -1) break;
    if (events.enough?.() === true) return null;

    if (xml.startsWith('<!--', start)) {
      const end = xml.indexOf('-->', start + 4);
      if (end === -1) return 'not well formed';
      at = end + 3;
    } else if (xml.startsWith('<![CDATA[', start)) {
      const end = xml.indexOf(']]>', start + 9);
      if (end === -1 || open.length === 0) return 'not well formed';
      events.text(xml.slice(start + 9, end));
      at = end + 3;
    } else if (xml.startsWith('<!', start)) {
      return 'document type';
    } else if (xml.startsWith('<?', start)) {
      const end = xml.indexOf('?>', start + 2);
      if (end === -1) return 'not well formed';
      at = end + 2;
    } else if (xml.charCodeAt(start + 1) === slash) {
      const end = xml.indexOf('>', start);
      if (end === -1) return 'not well formed';
      const name = xml.slice(start + 2, end).trimEnd();
      if (open.pop() !== name) return 'not well formed';
      events.close(localName(name));
      at = end + 1;
    } else {
      const end = endOfTag(xml, start + 1);
      if (end === -1) return 'not well formed';
      if (open.length === 0 && elements > 0) return 'not well formed';
      elements += 1;
      if (elements > maxElements || open.length >= limits.xmlDepth) return 'too much';
      const closed = xml.charCodeAt(end - 1) === slash;
      const inside = xml.slice(start + 1, closed ? end - 1 : end);
      const nameEnd = endOfName(inside);
      const name = inside.slice(0, nameEnd);
      if (name === '') return 'not well formed';
      const local = localName(name);
      events.open(local, inside.slice(nameEnd));
      if (closed) events.close(local);
      else open.push(name);
      at = end + 1;
    }
  }
  return elements === 0 || open.length > 0 ? 'not well formed' : null;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function endOfName(tag: string): number {
  for (let at = 0; at < tag.length; at += 1) if (tag.charCodeAt(at) <= space) return at;
  return tag.length;
}

/** The place of the `>` that ends the tag, outside quotation marks; -1 for none. */
function endOfTag(xml: string, from: number): number {
  let quote = 0;
  for (let at = from; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === greater) return at;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

// Sticky, so that a long attribute that is none cannot be tried again from each of its letters.
const attributePattern = /\s*(?:([^\s=:"']+):)?([^\s=:"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/** One attribute of a tag by its name without prefix, entities resolved; null when absent. */
export function attribute(attributes: string, name: string): string | null {
  if (!attributes.includes(name)) return null;
  attributePattern.lastIndex = 0;
  for (let match = attributePattern.exec(attributes); match;) {
    if (match[2] === name && match[1] !== 'xmlns') {
      return decodeEntities(match[3] ?? match[4] ?? '');
    }
    match = attributePattern.exec(attributes);
  }
  return null;
}

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,8}|#[0-9]{1,8}|[a-z]+);/g, (whole, reference: string) => {
    if (!reference.startsWith('#')) return named.get(reference) ?? whole;
    const code = reference.startsWith('#x')
      ? Number.parseInt(reference.slice(2), 16)
      : Number.parseInt(reference.slice(1), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

export interface XmlElement {
  name: string;
  attributes: string;
  children: readonly (XmlElement | string)[];
}

const nothing: readonly never[] = [];

/** The text as a tree, without the elements named in `skip` and all that is in them. */
export function parseXml(xml: string, skip?: ReadonlySet<string>): XmlElement | XmlFault {
  interface Growing extends XmlElement {
    children: (XmlElement | string)[] | readonly never[];
  }
  const root: Growing = { name: '', attributes: '', children: nothing };
  const stack: Growing[] = [root];
  let skipped = 0;
  const add = (parent: Growing | undefined, child: XmlElement | string) => {
    if (parent === undefined) return;
    // Most elements are leaves: they share one empty list.
    if (parent.children === nothing) parent.children = [child];
    else (parent.children as (XmlElement | string)[]).push(child);
  };
  const fault = scanXml(
    xml,
    {
      open(name, attributes) {
        if (skipped > 0 || skip?.has(name) === true) {
          skipped += 1;
          return;
        }
        const element: Growing = { name, attributes, children: nothing };
        add(stack.at(-1), element);
        stack.push(element);
      },
      close() {
        if (skipped > 0) skipped -= 1;
        else stack.pop();
      },
      text(text) {
        if (skipped === 0) add(stack.at(-1), text);
      },
    },
    limits.xmlTreeElements,
  );
  if (fault !== null) return fault;
  const top = root.children[0];
  return typeof top === 'object' ? top : 'not well formed';
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child === 'object');
}

export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  if (element === null) return null;
  for (const child of element.children) {
    if (typeof child === 'object' && child.name === name) return child;
  }
  return null;
}

export function childrenOf(element: XmlElement | null, name: string): XmlElement[] {
  return element === null ? [] : elementsOf(element).filter((child) => child.name === name);
}

export function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : textOf(child)))
    .join('');
}

/**
 * The characters of a part: UTF-8, or UTF-16 by its byte-order mark. Null when the bytes are
 * neither, or the part names another encoding, behind which its tags could hide.
 */
export function decodeXml(bytes: Uint8Array): string | null {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]?.toLowerCase();
  const expected = encoding === 'utf-8' ? ['utf-8', 'us-ascii', 'ascii'] : ['utf-16', encoding];
  return declared === undefined || expected.includes(declared) ? text : null;
}
