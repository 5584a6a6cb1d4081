import { constants, crc32, deflateRawSync } from 'node:zlib';

/** Archives that say of themselves what is not so, for the tests of what is refused. */

export interface RawEntry {
  name: string;
  content: Uint8Array;
  /** The deflated content, where it is not `content` deflated here. */
  packed?: Uint8Array;
  /** What the headers say, where it is not the truth. */
  claims?: { size?: number; crc?: number; localName?: string; method?: number; flags?: number };
  /** Bytes laid before this entry. */
  before?: Uint8Array;
  /** Listed, but its content is that of the entry with this name. */
  sameAs?: string;
}

/** An archive written byte by byte. */
export function rawArchive(entries: readonly RawEntry[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const places = new Map<string, number>();
  const directory: Uint8Array[] = [];
  let at = 0;
  const add = (piece: Uint8Array) => {
    pieces.push(piece);
    at += piece.length;
  };
  for (const entry of entries) {
    const { name, content, claims = {} } = entry;
    const packed = entry.packed ?? deflateRawSync(content);
    const common = [
      [claims.flags ?? 0, 2],
      [claims.method ?? 8, 2],
      [0, 4],
      [claims.crc ?? crc32(content), 4],
      [packed.length, 4],
      [claims.size ?? content.length, 4],
    ] as const;
    let place = entry.sameAs === undefined ? undefined : places.get(entry.sameAs);
    if (place === undefined) {
      if (entry.before !== undefined) add(entry.before);
      place = at;
      const localName = bytesOf(claims.localName ?? name);
      add(fields([0x04034b50, 4], [20, 2], ...common, [localName.length, 2], [0, 2]));
      add(localName);
      add(packed);
    }
    places.set(name, place);
    const written = bytesOf(name);
    directory.push(
      fields(
        [0x02014b50, 4],
        [20, 2],
        [20, 2],
        ...common,
        [written.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [place, 4],
      ),
      written,
    );
  }
  const directoryAt = at;
  directory.forEach(add);
  const count = entries.length;
  const size = at - directoryAt;
  add(fields([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [size, 4], [directoryAt, 4], [0, 2]));
  return Buffer.concat(pieces);
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function fields(...list: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  const out = Buffer.alloc(list.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of list) at = out.writeUIntLE(value, at, bytes);
  return out;
}

/** A block deflated once and repeated: little to make, little to send, as much to inflate as wished. */
export function repeated(block: Uint8Array, times: number): { packed: Uint8Array; crc: number } {
  const once = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(new Uint8Array());
  let crc = 0;
  for (let n = 0; n < times; n += 1) crc = crc32(block, crc);
  return { packed: Buffer.concat([...Array<Uint8Array>(times).fill(once), end]), crc };
}
