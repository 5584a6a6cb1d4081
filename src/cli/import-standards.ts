import type { Command } from 'commander';
import { londonDay, parseIsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { ImportCriteriaFileOutcome } from '#standards';
import { done, refused, terminal, type Ending } from './ending.ts';
import { dryRunOfStandards } from './import-standards-dry-run.ts';
import { bytesOf } from './read-given-file.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

interface Flags {
  dryRun?: boolean;
  json?: boolean;
  authority?: string;
  framework?: string;
  edition?: string;
  title?: string;
  effectiveOn?: string;
  as?: string;
  again?: boolean;
}

/** `import standards FILE`: what would be imported, without a database; or the import itself. */
export function addImportStandards(command: Command, settle: Settle): void {
  command
    .command('standards')
    .description('Read a self-assessment against criteria (.xlsx, .docx or .csv, 10 MiB at most).')
    .argument('<file>', 'the file to read')
    .option('--dry-run', 'only print what would be imported; needs no database')
    .option('--json', 'print JSON')
    .option('--authority <slug>', 'the authority whose self-assessment it is')
    .option('--framework <title>', 'the framework that it judges; absent, one is made of the table')
    .option('--edition <label>', 'which edition of that framework')
    .option('--title <title>', 'the title of the framework that is made')
    .option('--effective-on <date>', 'the day on which this position held, YYYY-MM-DD')
    .option('--as <user>', 'the e-mail address of the user who imports it')
    .option('--again', 'import it although the same file was imported before')
    .action((file: string, flags: Flags) => settle(importStandards(file, flags)));
}

async function importStandards(file: string, flags: Flags): Promise<Ending> {
  const today = londonDay(new Date());
  const day = flags.effectiveOn === undefined ? null : parseIsoDate(flags.effectiveOn);
  if (flags.effectiveOn !== undefined && day === null) {
    return refused(`--effective-on takes a real day as YYYY-MM-DD, not “${flags.effectiveOn}”.`);
  }
  if (day !== null && day > today) return refused(`--effective-on ${day} is in the future.`);
  if (flags.dryRun === true) {
    const ran = await dryRunOfStandards(file, day === null ? {} : { positionOn: day });
    const isRefusal = ran.exit === 2;
    if (flags.json === true) terminal.out(JSON.stringify(ran.json, null, 2));
    else if (!isRefusal) terminal.out(ran.text);
    return isRefusal ? refused(ran.text) : done;
  }
  const { authority, as: user, framework, edition } = flags;
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
    const { importCriteriaFile } = await import('#standards');
    const outcome = await importCriteriaFile(db, actor, today, {
      fileName: given.name,
      bytes: given.bytes,
      positionOn: day,
      ...(framework === undefined
        ? {}
        : {
            framework: { title: framework, ...(edition === undefined ? {} : { label: edition }) },
          }),
      ...(flags.title === undefined ? {} : { title: flags.title }),
      again: flags.again === true,
    });
    return told(outcome, flags);
  });
}

function told(outcome: ImportCriteriaFileOutcome, flags: Flags): Ending {
  switch (outcome.kind) {
    case 'refused':
      return refused(...outcome.reasons.map((reason) => reason.text));
    case 'forbidden':
      return refused('This user may not import a self-assessment.');
    case 'before':
      return refused(
        'This same file was imported before. Nothing was imported. To import it once more, add --again.',
      );
    case 'done': {
      const { editionId: edition, judgements, unknown, reading } = outcome;
      const { problems } = reading;
      terminal.out(
        flags.json === true
          ? JSON.stringify({ edition, judgements, unknown, problems }, null, 2)
          : `Imported ${judgements} judgements, ${unknown} criteria left out that the framework does not have, ${problems.length} doubts. Its address is /standards/frameworks/${edition}.`,
      );
      return done;
    }
  }
}
