import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './checkout.ts';

/** The version of this program, as package.json says it. */
export function programVersion(): string {
  const read = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
    version: string;
  };
  return read.version;
}
