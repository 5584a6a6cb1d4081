import { Worker } from 'node:worker_threads';
import type { DocumentGrid, DocumentRefusal } from '../grid.ts';
import type { DocumentOutline } from '../outline.ts';
import { fileKind } from './kind.ts';
import { limits } from './limits.ts';
import { type FileKind, isRefusal, refusals } from './refusals.ts';
import { Turns } from './turns.ts';
import type { WorkAnswer, WorkOrder } from './worker.ts';

const turns = new Turns(limits.atOnce);

/**
 * Reads the tables of an Excel workbook (.xlsx), a Word document (.docx) or a .csv, as far as
 * `limits` allow. The bytes are a stranger's: they are read in a thread of their own with little
 * memory and time, without the settings of this process, and nothing is fetched.
 *
 * The answer is a refusal, in words for the person who sent the file, when the file is broken,
 * protected, too large, holds macros or other active content, is not what its name says, or has
 * no table with words. What was left out of a file that was read is in `problems`.
 */
export async function readDocument(
  bytes: Uint8Array,
  fileName: string,
): Promise<DocumentGrid | DocumentRefusal> {
  if (bytes.length > limits.fileBytes) return refusals.tooBig();
  const kind = fileKind(bytes, fileName);
  if (isRefusal(kind)) return kind;
  return turns.take(() => readInThread({ bytes, fileName, what: 'tables' }, kind, gridAnswers));
}

/**
 * All that a Word document says, in its order: headings, paragraphs, tables. The same is refused
 * as by `readDocument`, in the same words; a document without a table is read.
 */
export async function readOutline(
  bytes: Uint8Array,
  fileName: string,
): Promise<DocumentOutline | DocumentRefusal> {
  if (bytes.length > limits.fileBytes) return refusals.tooBig();
  const kind = fileKind(bytes, fileName);
  if (isRefusal(kind)) return kind;
  return turns.take(() => readInThread({ bytes, fileName, what: 'outline' }, kind, outlineAnswers));
}

/** Puts together what the thread sends in pieces; `whole` answers what was sent, or null. */
interface Gathering<Whole> {
  take(answer: WorkAnswer): void;
  whole(): Whole | null;
}

function gridAnswers(): Gathering<DocumentGrid> {
  let grid: DocumentGrid | null = null;
  return {
    take: (answer) => {
      if ('grid' in answer) grid = answer.grid;
      else if ('table' in answer) grid?.tables[answer.table]?.rows.push(...answer.rows);
    },
    whole: () => grid,
  };
}

function outlineAnswers(): Gathering<DocumentOutline> {
  let outline: DocumentOutline | null = null;
  return {
    take: (answer) => {
      if ('outline' in answer) outline = answer.outline;
      else if ('blocks' in answer) outline?.blocks.push(...answer.blocks);
    },
    whole: () => outline,
  };
}

async function readInThread<Whole>(
  order: WorkOrder,
  kind: FileKind,
  gathering: () => Gathering<Whole>,
): Promise<Whole | DocumentRefusal> {
  // A copy of its own can be handed over; the caller's bytes may be part of something larger.
  const bytes = new Uint8Array(order.bytes);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...order, bytes },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMegabytes },
    env: {},
  });
  try {
    return await answerOf(worker, kind, gathering());
  } finally {
    await worker.terminate();
  }
}

function answerOf<Whole>(
  worker: Worker,
  kind: FileKind,
  gathering: Gathering<Whole>,
): Promise<Whole | DocumentRefusal> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(refusals.tooSlow()), limits.seconds * 1000);
    worker.on('message', (answer: WorkAnswer) => {
      if ('refused' in answer) {
        resolve(answer);
      } else if ('end' in answer) {
        const whole = gathering.whole();
        if (whole !== null) resolve(whole);
      } else {
        gathering.take(answer);
        worker.postMessage('next');
      }
    });
    worker.on('error', (error: unknown) => {
      if (isOutOfMemory(error)) resolve(refusals.tooMuch(kind));
      else reject(error instanceof Error ? error : new Error('The reader of documents failed'));
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      reject(new Error('The reader of documents ended without an answer'));
    });
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
