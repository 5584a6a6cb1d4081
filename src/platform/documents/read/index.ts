import { Worker } from 'node:worker_threads';
import type { DocumentGrid, DocumentRefusal } from '../grid.ts';
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
  return turns.take(() => readInThread({ bytes, fileName }, kind));
}

async function readInThread(
  order: WorkOrder,
  kind: FileKind,
): Promise<DocumentGrid | DocumentRefusal> {
  // A copy of its own can be handed over; the caller's bytes may be part of something larger.
  const bytes = new Uint8Array(order.bytes);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...order, bytes },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMegabytes },
    env: {},
  });
  try {
    return await answerOf(worker, kind);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, kind: FileKind): Promise<DocumentGrid | DocumentRefusal> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(refusals.tooSlow()), limits.seconds * 1000);
    let grid: DocumentGrid | null = null;
    worker.on('message', (answer: WorkAnswer) => {
      if ('refused' in answer) {
        resolve(answer);
      } else if ('end' in answer) {
        if (grid !== null) resolve(grid);
      } else {
        if ('grid' in answer) grid = answer.grid;
        else grid?.tables[answer.table]?.rows.push(...answer.rows);
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
