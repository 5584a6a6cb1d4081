import type { Command } from 'commander';
import { londonDay, parseIsoDate } from '#kernel/dates.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import { dryRunOfStandards } from './import-standards-dry-run.ts';
import type { Settle } from './run.ts';

interface Flags {
  dryRun?: boolean;
  json?: boolean;
  effectiveOn?: string;
}

/** `import standards FILE`: what would be imported of a self-assessment, without a database. */
export function addImportStandards(command: Command, settle: Settle): void {
  command
    .command('standards')
    .description('Read a self-assessment against criteria (.xlsx, .docx or .csv, 10 MiB at most).')
    .argument('<file>', 'the file to read')
    .requiredOption('--dry-run', 'only print what would be imported; needs no database')
    .option('--json', 'print JSON')
    .option('--effective-on <date>', 'the day on which this position held, YYYY-MM-DD')
    .action((file: string, flags: Flags) => settle(importStandards(file, flags)));
}

async function importStandards(file: string, flags: Flags): Promise<Ending> {
  const today = londonDay(new Date());
  const day = flags.effectiveOn === undefined ? null : parseIsoDate(flags.effectiveOn);
  if (flags.effectiveOn !== undefined && day === null) {
    return refused(`--effective-on takes a real day as YYYY-MM-DD, not “${flags.effectiveOn}”.`);
  }
  if (day !== null && day > today) return refused(`--effective-on ${day} is in the future.`);
  const ran = await dryRunOfStandards(file, day === null ? {} : { positionOn: day });
  const isRefusal = ran.exit === 2;
  if (flags.json === true) terminal.out(JSON.stringify(ran.json, null, 2));
  else if (!isRefusal) terminal.out(ran.text);
  return isRefusal ? refused(ran.text) : done;
}
