import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import type { DocumentRefusal } from '../grid.ts';
import { limits } from './limits.ts';
import { type FileKind, isRefusal, refusals } from './refusals.ts';

/**
 * An archive that has been inflated once from end to end, nothing kept, before anything of it is
 * read: so its sizes are counted, never believed. It is refused unless its entries lie one after
 * another from its first byte to its last, each under one plain name of its own: nothing is
 * hidden before, between, behind or inside another, and two readers cannot see two archives.
 */
export interface Archive {
  names: readonly string[];
  has(name: string): boolean;
  /** The size of an entry in bytes, as counted; 0 when there is none. */
  size(name: string): number;
  /** The first bytes of an entry, at most 8: enough to know its kind. */
  beginning(name: string): Uint8Array;
  /** The bytes of an entry; null when there is none. */
  bytes(name: string): Uint8Array | null;
}

interface Entry {
  name: string;
  method: number;
  flags: number;
  crc: number;
  packed: number;
  size: number;
  headerAt: number;
  dataAt: number;
  beginning: Uint8Array;
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50 };
const stored = 0;
const deflated = 8;
const flag = { encrypted: 1, utf8: 0x800 };
/** A data descriptor behind an entry: with or without its signature, with short or long sizes. */
const descriptorSizes = [0, 12, 16, 20, 24];
/** Deflate inflates up to 1,032 times: a small piece at a time keeps what is held small. */
const pieceBytes = 8 * 1024;

/** Opens an archive of this kind, or says why not. */
export function openArchive(bytes: Uint8Array, kind: FileKind): Archive | DocumentRefusal {
  const entries = readDirectory(bytes, kind);
  if (isRefusal(entries)) return entries;
  const unsafe = checkNames(entries, kind) ?? checkLayout(bytes, entries, kind);
  if (unsafe !== null) return unsafe;
  const bomb = countInflated(bytes, entries, kind);
  if (bomb !== null) return bomb;

  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    names: [...byName.keys()],
    has: (name) => byName.has(name),
    size: (name) => byName.get(name)?.size ?? 0,
    beginning: (name) => byName.get(name)?.beginning ?? new Uint8Array(),
    bytes(name) {
      const entry = byName.get(name);
      if (entry === undefined) return null;
      const whole = new Uint8Array(entry.size);
      let at = 0;
      inflate(bytes, entry, (piece) => {
        whole.set(piece, at);
        at += piece.length;
        return true;
      });
      return whole;
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readDirectory(bytes: Uint8Array, kind: FileKind): Entry[] | DocumentRefusal {
  const view = viewOf(bytes);
  const endAt = findEnd(view);
  if (endAt === null) return refusals.damaged(kind);
  // Something behind the end of the archive would be another file in the same bytes.
  if (endAt + 22 + view.getUint16(endAt + 20, true) !== bytes.length) {
    return refusals.hiddenContent(kind);
  }
  const directory = directoryPlace(view, endAt);
  if (directory === null) return refusals.damaged(kind);
  if (directory.count > limits.entries) return refusals.unpacksTooLarge(kind);

  const entries: Entry[] = [];
  let at = directory.at;
  for (let n = 0; n < directory.count; n += 1) {
    if (at + 46 > endAt || view.getUint32(at, true) !== signatures.central) {
      return refusals.damaged(kind);
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const nameAt = at + 46;
    if (nameAt + nameLength + extraLength > endAt) return refusals.damaged(kind);
    const flags = view.getUint16(at + 8, true);
    const sizes = longSizes(view, nameAt + nameLength, extraLength, {
      size: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    entries.push({
      name: decodeName(bytes.subarray(nameAt, nameAt + nameLength), flags),
      method: view.getUint16(at + 10, true),
      flags,
      crc: view.getUint32(at + 16, true),
      ...sizes,
      dataAt: 0,
      beginning: new Uint8Array(),
    });
    at = nameAt + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return at === directory.end ? entries : refusals.damaged(kind);
}

function findEnd(view: DataView): number | null {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) === signatures.end) return at;
  }
  return null;
}

/** Where the directory lies and how many entries it has; null when it is not where it is said to be. */
function directoryPlace(
  view: DataView,
  endAt: number,
): { at: number; end: number; count: number } | null {
  const size = view.getUint32(endAt + 12, true);
  const at = view.getUint32(endAt + 16, true);
  const count = view.getUint16(endAt + 10, true);
  if (view.getUint32(endAt + 4, true) !== 0) return null; // in several volumes
  if (at !== 0xffffffff && size !== 0xffffffff && count !== 0xffff) {
    // Some writers lay the long form of the end (76 bytes) between even when it is not needed.
    return at + size === endAt || at + size === endAt - 76 ? { at, end: at + size, count } : null;
  }
  const longAt = endAt - 76;
  if (longAt < 0 || view.getUint32(longAt, true) !== signatures.end64) return null;
  const long = {
    count: Number(view.getBigUint64(longAt + 32, true)),
    size: Number(view.getBigUint64(longAt + 40, true)),
    at: Number(view.getBigUint64(longAt + 48, true)),
  };
  const end = long.at + long.size;
  return end === longAt ? { at: long.at, end, count: long.count } : null;
}

/** Sizes too long for their own field stand in the extra field numbered 1, in this order. */
function longSizes(
  view: DataView,
  extraAt: number,
  extraLength: number,
  short: { size: number; packed: number; headerAt: number },
): { size: number; packed: number; headerAt: number } {
  const sizes = { ...short };
  for (let at = extraAt; at + 4 <= extraAt + extraLength;) {
    const id = view.getUint16(at, true);
    const end = Math.min(at + 4 + view.getUint16(at + 2, true), extraAt + extraLength);
    at += 4;
    if (id === 1) {
      for (const field of ['size', 'packed', 'headerAt'] as const) {
        if (short[field] !== 0xffffffff || at + 8 > end) continue;
        sizes[field] = Number(view.getBigUint64(at, true));
        at += 8;
      }
    }
    at = end;
  }
  return sizes;
}

function decodeName(bytes: Uint8Array, flags: number): string {
  // Outside UTF-8 only plain names are in use: anything else is told apart byte by byte.
  return (flags & flag.utf8) === 0
    ? String.fromCharCode(...bytes)
    : new TextDecoder().decode(bytes);
}

function checkNames(entries: readonly Entry[], kind: FileKind): DocumentRefusal | null {
  if (entries.some((entry) => (entry.flags & flag.encrypted) !== 0))
    return refusals.protected(kind);
  const seen = new Set<string>();
  for (const { name, method } of entries) {
    // Names in an Office file do not differ by case alone.
    const folded = name.normalize('NFKC').toLowerCase();
    if (seen.has(folded) || !isPlainName(name)) return refusals.hiddenContent(kind);
    seen.add(folded);
    if (method !== stored && method !== deflated) return refusals.damaged(kind);
  }
  return null;
}

/** A path inside the archive, without a way out of it, a drive, or characters that hide. */
function isPlainName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name === '' || name.length > 255 || /[\u0000-\u001f\u007f-\u009f\\:\ufffd]/.test(name)) {
    return false;
  }
  const steps = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  return steps.every((step) => step !== '' && step !== '.' && step !== '..');
}

/** Finds where each entry's data begins, and that the entries fill the file without gap or overlap. */
function checkLayout(
  bytes: Uint8Array,
  entries: readonly Entry[],
  kind: FileKind,
): DocumentRefusal | null {
  const view = viewOf(bytes);
  const endAt = findEnd(view) ?? 0;
  const directoryAt = directoryPlace(view, endAt)?.at ?? 0;
  let expected = 0;
  let first = true;
  for (const entry of entries.toSorted((a, b) => a.headerAt - b.headerAt)) {
    const at = entry.headerAt;
    const between = at - expected;
    if (first ? between !== 0 : !descriptorSizes.includes(between)) {
      return refusals.hiddenContent(kind);
    }
    first = false;
    if (at + 30 > directoryAt || view.getUint32(at, true) !== signatures.local) {
      return refusals.damaged(kind);
    }
    const nameLength = view.getUint16(at + 26, true);
    entry.dataAt = at + 30 + nameLength + view.getUint16(at + 28, true);
    expected = entry.dataAt + entry.packed;
    if (expected > directoryAt) return refusals.damaged(kind);
    const localName = decodeName(bytes.subarray(at + 30, at + 30 + nameLength), entry.flags);
    if (localName !== entry.name || view.getUint16(at + 8, true) !== entry.method) {
      return refusals.hiddenContent(kind);
    }
  }
  return descriptorSizes.includes(directoryAt - expected) ? null : refusals.hiddenContent(kind);
}

function countInflated(
  bytes: Uint8Array,
  entries: readonly Entry[],
  kind: FileKind,
): DocumentRefusal | null {
  const allowed = Math.min(
    limits.inflatedBytes,
    Math.max(limits.ratioFreeBytes, bytes.length * limits.ratio),
  );
  let total = 0;
  for (const entry of entries) {
    const first = new Uint8Array(8);
    let size = 0;
    let crc = 0;
    const whole = inflate(bytes, entry, (piece) => {
      if (size < first.length) first.set(piece.subarray(0, first.length - size), size);
      size += piece.length;
      total += piece.length;
      crc = crc32(piece, crc);
      return total <= allowed;
    });
    if (total > allowed) return refusals.unpacksTooLarge(kind);
    if (!whole || size !== entry.size || crc !== entry.crc) return refusals.damaged(kind);
    entry.beginning = first.subarray(0, Math.min(size, first.length));
  }
  return null;
}

/** Hands on the inflated pieces until `take` says false. False when that, or the data, ended it early. */
function inflate(bytes: Uint8Array, entry: Entry, take: (piece: Uint8Array) => boolean): boolean {
  const packed = bytes.subarray(entry.dataAt, entry.dataAt + entry.packed);
  if (entry.method === stored || (entry.packed === 0 && entry.size === 0)) return take(packed);
  const state = { wanted: true, ended: false };
  const inflater = new Inflate((piece, last) => {
    if (piece.length > 0) state.wanted &&= take(piece);
    state.ended = last;
  });
  try {
    for (let at = 0; at < packed.length && state.wanted; at += pieceBytes) {
      const next = Math.min(at + pieceBytes, packed.length);
      inflater.push(packed.subarray(at, next), next === packed.length);
    }
  } catch {
    return false;
  }
  return state.wanted && state.ended;
}
