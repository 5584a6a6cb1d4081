import { endOfRows } from './script.ts';

/** Thrown where the script is not as it was written. */
export class DamagedBackup extends Error {}

const newline = 0x0a;
/** No line but a row is as long as this. */
const longestLine = 16 * 1024 * 1024;

/** Reads a script forwards: line by line, or the rows of a table, holding little at a time. */
export class ScriptReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its end; null at the end of the script. */
  async line(): Promise<string | null> {
    for (;;) {
      const at = this.#held.indexOf(newline);
      if (at >= 0) return this.#take(at + 1).toString('utf8', 0, at);
      if (this.#held.length > longestLine) throw new DamagedBackup('a line has no end');
      if (!(await this.#more())) {
        if (this.#held.length > 0) throw new DamagedBackup('the last line has no end');
        return null;
      }
    }
  }

  /** The rows up to the line that ends them, which is taken too. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const last = this.#held.lastIndexOf(newline);
      if (last >= 0) {
        const end = endOf(this.#held.subarray(0, last + 1));
        if (end >= 0) {
          const rows = this.#take(end);
          this.#take(endOfRows.length);
          if (rows.length > 0) yield rows;
          return;
        }
        yield this.#take(last + 1);
      }
      if (!(await this.#more())) throw new DamagedBackup('the rows of a table have no end');
    }
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    if (next.done === true) {
      this.#ended = true;
      return false;
    }
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }
}

/** Where the line `\.` begins among whole lines; -1 where there is none. */
function endOf(lines: Buffer): number {
  for (let at = lines.indexOf(endOfRows); at >= 0; at = lines.indexOf(endOfRows, at + 1)) {
    if (at === 0 || lines[at - 1] === newline) return at;
  }
  return -1;
}
