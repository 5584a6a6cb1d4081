import { parentPort, workerData } from 'node:worker_threads';
import type { DocumentGrid, DocumentRefusal, GridCell } from '../grid.ts';
import type { DocumentOutline, OutlineBlock } from '../outline.ts';
import { readBytes, readOutlineBytes } from './read-bytes.ts';
import { isRefusal } from './refusals.ts';

/** What the thread is started with. */
export interface WorkOrder {
  bytes: Uint8Array;
  fileName: string;
  /** Its tables alone, or all that it says. */
  what: 'tables' | 'outline';
}

/**
 * What the thread answers: a refusal; or the grid without its rows, and then the rows, some at a
 * time and each asked for, so that a large table does not hold up the thread that receives it.
 */
export type WorkAnswer =
  | DocumentRefusal
  | { grid: DocumentGrid }
  | { table: number; rows: GridCell[][] }
  | { outline: DocumentOutline }
  | { blocks: OutlineBlock[] }
  | { end: true };

const cellsAtATime = 5_000;

async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  const { bytes, fileName, what } = workerData as WorkOrder;
  const send = (answer: WorkAnswer) => port.postMessage(answer);
  if (what === 'outline') {
    const outline = await readOutlineBytes(bytes, fileName);
    if (isRefusal(outline)) {
      send(outline);
      return;
    }
    send({ outline: { ...outline, blocks: [] } });
    sendPieces(port, blocksOf(outline));
    return;
  }
  const answer = await readBytes(bytes, fileName);
  if (isRefusal(answer)) {
    send(answer);
    return;
  }
  send({ grid: { ...answer, tables: answer.tables.map((table) => ({ ...table, rows: [] })) } });
  sendPieces(port, piecesOf(answer));
}

/** One piece for each time that it is asked for, then the end. */
function sendPieces(port: NonNullable<typeof parentPort>, pieces: Generator<WorkAnswer>): void {
  port.on('message', () => {
    const piece = pieces.next();
    port.postMessage(piece.done === true ? { end: true } : piece.value);
  });
}

const blocksAtATime = 500;

function* blocksOf({ blocks }: DocumentOutline): Generator<{ blocks: OutlineBlock[] }> {
  for (let at = 0; at < blocks.length; at += blocksAtATime) {
    yield { blocks: blocks.slice(at, at + blocksAtATime) };
  }
}

function* piecesOf({ tables }: DocumentGrid): Generator<{ table: number; rows: GridCell[][] }> {
  for (const [table, { rows }] of tables.entries()) {
    const atATime = Math.max(1, Math.floor(cellsAtATime / Math.max(1, rows[0]?.length ?? 1)));
    for (let at = 0; at < rows.length; at += atATime) {
      yield { table, rows: rows.slice(at, at + atATime) };
    }
  }
}

if (parentPort !== null) await work(parentPort);
