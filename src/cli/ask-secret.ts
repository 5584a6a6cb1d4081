import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks at the terminal without showing what is typed; from a pipe, the first line. A secret
 * given as an argument would stand in the list of processes and in the shell's history.
 */
export async function askSecret(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, then) => then() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
}
