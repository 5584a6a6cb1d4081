import { Argument, Option, type Command } from 'commander';
import { newId, parseId } from '#kernel/ids.ts';
import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor, Authority } from '#people';
import type { Thread } from '#findings';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { authoritiesNamed, thePlans, withDay, type ReadFlags } from './with-plan.ts';

const kinds = [
  'source',
  'finding',
  'evidence',
  'criterion',
  'judgement',
  'action',
  'section',
] as const;
type Kind = (typeof kinds)[number];

/** `thread`: everything about one item, what led to it and what came of it. */
export function addThread(program: Command, settle: Settle): void {
  program
    .command('thread')
    .description(
      'Tell everything about one item: what led to it, what came of it, what is missing.',
    )
    .addArgument(new Argument('<kind>', 'what it is').choices(kinds))
    .addArgument(new Argument('<id>', 'its id, as it stands in the address of its page'))
    .addOption(new Option('--authority <slug>', 'look in this authority alone'))
    .addOption(new Option('--as-at <date>', 'as it stood at the end of this day, YYYY-MM-DD'))
    .option('--json', 'print JSON')
    .action((kind: Kind, id: string, flags: ReadFlags) => settle(thread(kind, id, flags)));
}

function thread(kind: Kind, given: string, flags: ReadFlags): Promise<Ending> {
  const id = parseId(given);
  if (id === null) {
    return Promise.resolve(refused(`“${given}” is no id. It stands in the address of the page.`));
  }
  return withDay(flags, async (db, day) => {
    for (const authority of await authoritiesNamed(db, flags.authority)) {
      const found = await threadIn(db, authority, { kind, id }, day);
      if (found === null) continue;
      terminal.out(flags.json === true ? JSON.stringify(asJson(found), null, 2) : inLines(found));
      return done;
    }
    return refused(
      `There is no ${kind} “${given}” to tell of. What is restricted is read in the program, where the reading is logged.`,
    );
  });
}

/** Whoever runs the program may read all but what is restricted, whose reading would be logged. */
async function threadIn(
  db: Db,
  { id: authorityId }: Authority,
  item: { kind: Kind; id: string },
  day: IsoDate,
): Promise<Thread | null> {
  const { readThread } = await import('#findings');
  const { knowsActions } = await thePlans();
  const { threadSources } = await import('../thread-sources.ts');
  const reader: Actor = {
    authorityId,
    userId: newId<'user'>(),
    name: 'At the server',
    roles: ['clerk'],
    partyIds: [],
  };
  const means = { knows: knowsActions, threads: threadSources };
  return await readInAuthority(db, authorityId, (tx) =>
    readThread(tx, reader, { asAt: day, today: day }, item, means),
  );
}

function asJson({ item, entries, gaps }: Thread) {
  return {
    item,
    entries: entries.map(({ on, kind, text, link }) => ({ on, kind, text, link })),
    gaps: gaps.map(({ since, text }) => ({ since, text })),
  };
}

function inLines({ item, entries, gaps }: Thread): string {
  return [
    item.title,
    '',
    ...(gaps.length === 0 ? [] : ['What is missing:', ...gaps.map(({ text }) => `  ${text}`), '']),
    'What happened:',
    ...entries.map(({ on, text }) => `  ${formatDate(on)}  ${text}`),
  ].join('\n');
}
