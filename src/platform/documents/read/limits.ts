/**
 * How much of a file is read before it is refused. The sizes are set so that the largest real
 * plans pass many times over (their sheets compress 10 to 23 times) and a bomb does not.
 */
const mebibyte = 1024 * 1024;

export const limits = {
  /** The file as it is sent. */
  fileBytes: 10 * mebibyte,
  /** Everything in an archive together, counted while it is inflated. */
  inflatedBytes: 100 * mebibyte,
  /** Parts in an archive. */
  entries: 512,
  /** Inflated to sent, over the whole archive, once more than `ratioFreeBytes` is inflated. */
  ratio: 100,
  ratioFreeBytes: mebibyte,
  /** The parts of an archive that are read as text, together. */
  xmlBytes: 48 * mebibyte,
  /** Elements inside elements. Word's own stay under 60. */
  xmlDepth: 256,
  /** Elements of one part that is held as a tree, and of one that is only passed through. */
  xmlTreeElements: 600_000,
  xmlStreamElements: 3_000_000,
  rows: 200_000,
  columns: 200,
  /** Cells of all tables, empty ones and repeated merged ones counted. */
  cells: 500_000,
  /** Characters of all cells, repeated merged ones counted. */
  characters: 20_000_000,
  /** From the start of the reader to its end. */
  seconds: 10,
  /** The memory of the reader's own thread, beside the bytes of the file. */
  memoryMegabytes: 384,
  /** Files read at the same time; others wait. */
  atOnce: 2,
} as const;
