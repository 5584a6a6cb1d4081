import { spawn, type ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { serialize } from 'node:v8';
import { checkout } from '#platform/checkout.ts';
import type { Paper } from '../paper-blocks.ts';
import { Turns } from '../read/turns.ts';
import { pressLimits } from './press-limits.ts';

export interface PressOrder {
  format: 'docx' | 'pdf';
  paper: Paper;
}

/** A file; or, in a word, why there is none. */
export type PaperFile = { kind: 'made'; bytes: Uint8Array } | { kind: 'cannot'; why: PaperTrouble };

export type PaperTrouble = 'not-installed' | 'too-slow' | 'too-large' | 'busy' | 'stopping';

type Limits = Record<keyof typeof pressLimits, number>;

/**
 * Makes papers in processes of their own, so that no page waits for one: a process for each, with
 * little memory, time and priority, without our settings, and able to read the program's own files
 * only. What it says on its error output goes into the fault that is thrown, never to a person.
 */
export class Press {
  readonly #limits: Limits;
  readonly #turns: Turns;
  readonly #running = new Map<ChildProcess, (file: PaperFile) => void>();
  #asked = 0;
  #stops = 0;

  constructor(limits: Limits = pressLimits) {
    this.#limits = limits;
    this.#turns = new Turns(limits.atOnce);
  }

  async make(order: PressOrder): Promise<PaperFile> {
    if (this.#asked >= this.#limits.waiting) return { kind: 'cannot', why: 'busy' };
    const stops = this.#stops;
    this.#asked += 1;
    try {
      return await this.#turns.take(async () =>
        stops === this.#stops ? await this.#run(order) : { kind: 'cannot', why: 'stopping' },
      );
    } finally {
      this.#asked -= 1;
    }
  }

  /** Ends what is being made, and what waits: the program stops. */
  stop(): void {
    this.#stops += 1;
    for (const [child, settle] of this.#running) {
      settle({ kind: 'cannot', why: 'stopping' });
      child.kill('SIGKILL');
    }
  }

  #run(order: PressOrder): Promise<PaperFile> {
    const child = startWork(this.#limits.megabytes);
    return new Promise<PaperFile>((resolve, reject) => {
      this.#running.set(child, resolve);
      const timer = setTimeout(() => {
        resolve({ kind: 'cannot', why: 'too-slow' });
        child.kill('SIGKILL');
      }, this.#limits.seconds * 1000);
      const { stdin, stderr, stdio } = child;
      const made = buffer(stdio[3] as Readable);
      made.catch(() => undefined);
      let said = '';
      stderr?.setEncoding('utf8').on('data', (text: string) => {
        if (said.length < 10_000) said += text;
      });
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        this.#running.delete(child);
        if (code === 0) {
          made.then((bytes) => resolve({ kind: 'made', bytes }), reject);
        } else if (signal !== null) {
          // Memory that is not given ends the process: by Typst, by V8, or by the system.
          resolve({ kind: 'cannot', why: 'too-large' });
        } else {
          reject(new Error(`The press failed: ${faultOf(said)}`));
        }
      });
      // A process that ends early does not read its order to the end.
      stdin?.on('error', () => undefined);
      stdin?.end(serialize(order));
    }).finally(() => this.#running.delete(child));
  }
}

/** Where the packages really lie: their folder may be a link that leads out of the checkout. */
const packages = realpathSync(path.join(checkout, 'node_modules'));

/** The system itself holds the process to its memory: Typst's own is not counted by V8. */
function startWork(megabytes: number): ChildProcess {
  return spawn(
    '/bin/sh',
    [
      '-c',
      `ulimit -d ${megabytes * 1024}; exec "$0" "$@"`,
      process.execPath,
      `--max-old-space-size=${Math.floor(megabytes / 2)}`,
      '--permission',
      '--allow-addons',
      ...[checkout, packages].map((folder) => `--allow-fs-read=${folder}`),
      path.join(import.meta.dirname, 'press-work.ts'),
    ],
    { cwd: checkout, env: {}, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] },
  );
}

/** The first line that names an error; what is quoted in it may be a person's words, and is left out. */
function faultOf(said: string): string {
  const line = said.split('\n').find((one) => /^\w*Error\b/.test(one)) ?? 'no reason given';
  return line.replace(/[`"'“].*[`"'”]/g, '…').slice(0, 300);
}
