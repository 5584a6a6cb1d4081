import type { Command } from 'commander';
import { londonDay, parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { ImportFileOutcome } from '#plans';
import { done, refused, terminal, type Ending } from './ending.ts';
import { dryRun } from './import-plan-dry-run.ts';
import { bytesOf } from './read-given-file.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

interface Flags {
  dryRun?: boolean;
  json?: boolean;
  authority?: string;
  title?: string;
  effectiveOn?: string;
  as?: string;
  again?: boolean;
}

/** `import plan FILE`: what would be imported, without a database; or the import itself. */
export function addImportPlan(command: Command, settle: Settle): void {
  command
    .command('plan')
    .description('Read an improvement plan (.xlsx, .docx or .csv, 10 MiB at most).')
    .argument('<file>', 'the file to read')
    .option('--dry-run', 'only print what would be imported; needs no database')
    .option('--json', 'print JSON')
    .option('--authority <slug>', 'the authority whose plan it is')
    .option('--title <title>', 'the title of the plan; absent, the one that stands in the file')
    .option('--effective-on <date>', 'the day on which this position held, YYYY-MM-DD')
    .option('--as <user>', 'the e-mail address of the user who imports it')
    .option('--again', 'import it although the same file was imported before')
    .action((file: string, flags: Flags) => settle(importPlan(file, flags)));
}

async function importPlan(file: string, flags: Flags): Promise<Ending> {
  const today = londonDay(new Date());
  const day = flags.effectiveOn === undefined ? null : parseIsoDate(flags.effectiveOn);
  if (flags.effectiveOn !== undefined && day === null) {
    return refused(`--effective-on takes a real day as YYYY-MM-DD, not “${flags.effectiveOn}”.`);
  }
  if (day !== null && day > today) return refused(`--effective-on ${day} is in the future.`);
  if (flags.dryRun === true) {
    const ran = await dryRun(file, day === null ? {} : { positionOn: day });
    const isRefusal = ran.exit === 2;
    if (flags.json === true) terminal.out(JSON.stringify(ran.json, null, 2));
    else if (!isRefusal) terminal.out(ran.text);
    return isRefusal ? refused(ran.text) : done;
  }
  const { authority, as: user } = flags;
  if (authority === undefined || day === null || user === undefined) {
    return refused(
      'An import needs --authority, --effective-on (the day on which the position held) and --as (who imports it). To only look, add --dry-run.',
    );
  }
  const given = await bytesOf(file);
  if ('refused' in given) return refused(given.refused);
  return withReadyDatabase(async ({ db }) => {
    const { actorByEmail, authorityBySlug } = await import('#people');
    const found = await authorityBySlug(db, authority);
    if (found === undefined) return refused(`There is no authority “${authority}”.`);
    const actor = await readInAuthority(db, found.id, (tx) =>
      actorByEmail(tx, found.id, user, today),
    );
    if (actor === null) return refused(`There is no user “${user}” at ${found.name}.`);
    const { importPlanFile } = await import('#plans');
    const outcome = await importPlanFile(db, actor, {
      fileName: given.name,
      bytes: given.bytes,
      positionOn: day satisfies IsoDate,
      ...(flags.title === undefined ? {} : { title: flags.title }),
      again: flags.again === true,
    });
    return told(outcome, flags);
  });
}

function told(outcome: ImportFileOutcome, flags: Flags): Ending {
  switch (outcome.kind) {
    case 'refused':
      return refused(...outcome.reasons.map((reason) => reason.text));
    case 'forbidden':
      return refused('This user may not begin a plan.');
    case 'before':
      return refused(
        `This same file was imported before, as “${outcome.before.choices.title}”. Nothing was imported. To import it once more, add --again.`,
      );
    case 'done': {
      const { planId, slug, title, objectives, actions, reading } = outcome;
      const printed = {
        id: planId,
        plan: slug,
        title,
        objectives,
        actions,
        problems: reading.problems,
      };
      terminal.out(
        flags.json === true
          ? JSON.stringify(printed, null, 2)
          : `Imported “${title}”: ${objectives} objectives, ${actions} actions, ${reading.problems.length} doubts. Its address is /plans/${slug}.`,
      );
      return done;
    }
  }
}
