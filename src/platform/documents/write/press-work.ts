import { createReadStream, createWriteStream } from 'node:fs';
import os from 'node:os';
import { buffer } from 'node:stream/consumers';
import { deserialize } from 'node:v8';
import type { PressOrder } from './press.ts';
import { typstPdf } from './pdf/typst.ts';
import { composeDocx } from './word/compose.ts';

/**
 * The process that makes one paper: the order comes on its input, the file goes out on descriptor
 * 3. It is told nothing else, has no settings, and ends when it is done.
 */
async function work(): Promise<void> {
  // Whoever waits for a page goes first.
  os.setPriority(5);
  const { format, paper } = deserialize(
    await buffer(createReadStream('', { fd: 0 })),
  ) as PressOrder;
  const bytes = format === 'pdf' ? typstPdf(paper) : await composeDocx(paper);
  createWriteStream('', { fd: 3 }).end(bytes);
}

await work();
