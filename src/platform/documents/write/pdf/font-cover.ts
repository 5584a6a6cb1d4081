/**
 * The code points that a TrueType font can show, read from its `cmap` table (OpenType 1.9.1,
 * formats 4 and 12, which every font of ours has).
 */
export function codePointsOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  const found = new Set<number>();
  const count = view.getUint16(cmap + 2);
  for (let entry = 0; entry < count; entry += 1) {
    const at = cmap + view.getUint32(cmap + 4 + entry * 8 + 4);
    const format = view.getUint16(at);
    if (format === 4) readSegments(view, at, found);
    if (format === 12) readGroups(view, at, found);
  }
  return found;
}

function tableAt(view: DataView, name: string): number {
  const tables = view.getUint16(4);
  for (let entry = 0; entry < tables; entry += 1) {
    const at = 12 + entry * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    if (tag === name) return view.getUint32(at + 8);
  }
  throw new Error(`The font has no table "${name}"`);
}

function readSegments(view: DataView, at: number, found: Set<number>): void {
  const size = view.getUint16(at + 6);
  for (let segment = 0; segment < size; segment += 2) {
    const end = view.getUint16(at + 14 + segment);
    const start = view.getUint16(at + 16 + size + segment);
    const delta = view.getUint16(at + 16 + size * 2 + segment);
    const offsetAt = at + 16 + size * 3 + segment;
    const offset = view.getUint16(offsetAt);
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const glyph =
        offset === 0
          ? (point + delta) & 0xffff
          : view.getUint16(offsetAt + offset + (point - start) * 2);
      if (glyph !== 0) found.add(point);
    }
  }
}

function readGroups(view: DataView, at: number, found: Set<number>): void {
  const groups = view.getUint32(at + 12);
  for (let group = 0; group < groups; group += 1) {
    const start = view.getUint32(at + 16 + group * 12);
    const end = view.getUint32(at + 20 + group * 12);
    for (let point = start; point <= end; point += 1) found.add(point);
  }
}
