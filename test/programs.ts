import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { checkout } from '#platform/checkout.ts';

/** Settings for a program run by a test; nothing of the test's own environment goes with them. */
export type Settings = Record<string, string>;

export interface Finished {
  code: number | null;
  out: string;
  error: string;
}

/** Runs a command of the command line to its end. */
export async function sightline(
  args: readonly string[],
  settings: Settings = {},
): Promise<Finished> {
  const child = launch('src/cli.ts', args, settings);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, error };
}

type Launched = ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream };

/** Node keeps here what it compiled, so that each of a hundred starts takes half the work. */
const compiled = path.join(checkout, 'node_modules/.cache/compiled-for-tests');

/** Starts a program of src/ as bin/ does. */
export function launch(program: string, args: readonly string[], settings: Settings): Launched {
  return spawn(process.execPath, [path.join(checkout, program), ...args], {
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: compiled, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
