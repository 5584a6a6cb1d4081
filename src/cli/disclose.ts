import { writeFile } from 'node:fs/promises';
import { Argument, Option, type Command } from 'commander';
import { londonDay } from '#kernel/dates.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import {
  disclosureFile,
  disclosureFormats,
  giveOut,
  givenOutKinds,
  listAuthorities,
  userByEmail,
  type Authority,
  type DisclosureFormat,
  type GiveOut,
} from '#people';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

export interface DiscloseFlags {
  authority: string;
  recipient: string;
  reason: string;
  format: DisclosureFormat;
  out: string;
}

export function addDisclose(program: Command, settle: Settle): void {
  program
    .command('disclose')
    .description('Give out everything about a plan or an action, or what a person wrote and did.')
    .addArgument(new Argument('<kind>', 'what it is about').choices(givenOutKinds))
    .addArgument(
      new Argument('<which>', 'a plan’s or an action’s id or address, or an email address'),
    )
    .requiredOption('--authority <slug>', 'whose it is')
    .requiredOption('--recipient <words>', 'for whom it is; kept')
    .requiredOption('--reason <words>', 'why, such as the number of the request; kept')
    .addOption(
      new Option('--format <format>', 'the file').choices(disclosureFormats).default('xlsx'),
    )
    .requiredOption('--out <file>', 'where to write it; a file that stands there is replaced')
    .action((kind: GiveOut['kind'], which: string, flags: DiscloseFlags) =>
      settle(withReadyDatabase(({ db }) => disclose(db, kind, which, flags))),
    );
}

/** Writes the file. That it was given out is logged first: what cannot be logged is not written. */
export async function disclose(
  db: Db,
  kind: GiveOut['kind'],
  which: string,
  flags: DiscloseFlags,
): Promise<Ending> {
  const authority = (await listAuthorities(db)).find(({ slug }) => slug === flags.authority);
  if (authority === undefined) return refused(`There is no authority “${flags.authority}”.`);
  const id = await readInAuthority(db, authority.id, (tx) => idOf(tx, authority, kind, which));
  if (id === null) return refused(`There is no ${kind} “${which}” in ${authority.slug}.`);
  const now = new Date();
  const { knowsActions, planItemKinds } = await import('#plans');
  const { reportItemKinds } = await import('#committee');
  const { evidenceItemKind, findingItemKinds } = await import('#findings');
  const { standardsItemKinds } = await import('#standards');
  const { recipient, reason, format, out } = flags;
  const nobody = { authorityId: authority.id, userId: null };
  const outcome = await inAuthority(db, authority.id, (tx) =>
    giveOut(
      tx,
      nobody,
      [
        ...planItemKinds,
        ...reportItemKinds,
        ...findingItemKinds,
        evidenceItemKind({ knows: knowsActions }),
        ...standardsItemKinds,
      ],
      { kind, id, recipient, reason },
      londonDay(now),
    ),
  );
  switch (outcome.kind) {
    case 'refused':
      return refused(...outcome.problems.map(({ text }) => `${text}.`));
    case 'not-found':
    case 'forbidden':
      return refused(`There is no ${kind} “${which}” in ${authority.slug}.`);
    case 'given': {
      const by = { name: 'the command line', authorityName: authority.name, at: now };
      const { bytes } = await disclosureFile(format, outcome.out, by);
      try {
        await writeFile(out, bytes);
      } catch (fault) {
        const why = fault instanceof Error ? fault.message : String(fault);
        return refused(`The file could not be written: ${why}`);
      }
      terminal.out(`Wrote ${out}: ${outcome.out.rows.length} records.`);
      return done;
    }
  }
}

async function idOf(
  tx: Tx,
  authority: Authority,
  kind: GiveOut['kind'],
  which: string,
): Promise<string | null> {
  if (kind === 'person') return (await userByEmail(tx, authority.id, which))?.id ?? null;
  if (kind !== 'plan') return which;
  const { findPlanId } = await import('#plans');
  return await findPlanId(tx, authority.id, which);
}
