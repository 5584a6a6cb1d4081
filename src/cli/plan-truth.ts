import { Argument, Option, type Command } from 'commander';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Authority } from '#people';
import type { Movement, PlanPicture } from '#plans';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { thePlans, withPlan, type ReadFlags } from './with-plan.ts';

/** `plan movement`, `plan disagreements` and `plan slippage`. */
export function addPlanTruth(plan: Command, settle: Settle): void {
  const which = () => new Argument('<plan>', 'its id, or the words in its address');
  const authority = () =>
    new Option('--authority <slug>', 'needed where several authorities have such a plan');
  const asAt = () =>
    new Option('--as-at <date>', 'the position at the end of this day, YYYY-MM-DD');

  plan
    .command('movement')
    .description('What moved in a plan after one day, up to the end of another; it adds up.')
    .addArgument(which())
    .requiredOption('--from <date>', 'the day whose end is the opening position, YYYY-MM-DD')
    .option('--to <date>', 'the day whose end is the closing position; today unless said')
    .addOption(authority())
    .option('--json', 'print JSON')
    .action((name: string, flags: ReadFlags & { from: string; to?: string }) =>
      settle(movement(name, flags)),
    );

  plan
    .command('disagreements')
    .description('Where the colour that a lead claims is not the one that the facts bear out.')
    .addArgument(which())
    .addOption(authority())
    .addOption(asAt())
    .option('--json', 'print JSON')
    .action((name: string, flags: ReadFlags) => settle(disagreements(name, flags)));

  plan
    .command('slippage')
    .description('Every action whose due date was changed: its first date, and the date now.')
    .addArgument(which())
    .addOption(authority())
    .addOption(asAt())
    .option('--json', 'print JSON')
    .action((name: string, flags: ReadFlags) => settle(slippage(name, flags)));
}

function movement(
  name: string,
  { to, from, ...flags }: ReadFlags & { from: string; to?: string },
): Promise<Ending> {
  const day = parseIsoDate(from);
  if (day === null) {
    return Promise.resolve(refused(`--from takes a real day as YYYY-MM-DD, not “${from}”.`));
  }
  if (to !== undefined && parseIsoDate(to) === null) {
    return Promise.resolve(refused(`--to takes a real day as YYYY-MM-DD, not “${to}”.`));
  }
  if (to !== undefined && to < from) {
    return Promise.resolve(refused(`--to ${to} is before --from ${from}.`));
  }
  return withPlan(
    name,
    { ...flags, ...(to === undefined ? {} : { asAt: to }) },
    async (after, owner, db) => {
      const { movementFigures } = await thePlans();
      const figures = movementFigures(await reckon(db, owner, after, day));
      terminal.out(
        flags.json === true
          ? JSON.stringify(figures, null, 2)
          : Object.entries(figures)
              .map(([what, count]) => `${what}: ${count}`)
              .join('\n'),
      );
      return done;
    },
  );
}

async function reckon(
  db: Db,
  { id }: Authority,
  after: PlanPicture,
  from: IsoDate,
): Promise<Movement> {
  const { movementOf, readHistory, readPicture } = await thePlans();
  return await readInAuthority(db, id, async (tx) => {
    const before = await readPicture(tx, id, after.plan.id, from);
    const facts = await readHistory(tx, id, { planId: after.plan.id }, after.asAt);
    return movementOf(before, after, facts, from);
  });
}

function disagreements(name: string, flags: ReadFlags): Promise<Ending> {
  return withPlan(name, flags, async (picture) => {
    const { disagreementsOf, reasonInWords } = await thePlans();
    const rows = disagreementsOf(picture).map(({ action, claimed, derived }) => ({
      ref: action.ref,
      claimed: claimed.colour,
      derived: derived.colour,
      reasons: derived.reasons.map((reason) => reasonInWords(reason, action)),
    }));
    terminal.out(
      flags.json === true
        ? JSON.stringify(rows, null, 2)
        : rows
            .map(
              ({ ref, claimed, derived, reasons }) =>
                `${ref}  claimed ${claimed ?? 'no colour'}, derived ${derived}: ${reasons.join('; ')}`,
            )
            .join('\n') || 'Every claim agrees with the facts.',
    );
    return done;
  });
}

function slippage(name: string, flags: ReadFlags): Promise<Ending> {
  return withPlan(name, flags, async (picture) => {
    const { changesOf } = await thePlans();
    const rows = picture.actions
      .filter((action) => !action.withdrawn && changesOf(action) > 0)
      .map((action) => ({
        ref: action.ref,
        first: action.firstDue.to,
        current: action.due.to,
        days: action.slippageDays,
        changes: changesOf(action),
      }))
      .sort((a, b) => (b.days ?? 0) - (a.days ?? 0));
    terminal.out(
      flags.json === true
        ? JSON.stringify(rows, null, 2)
        : rows
            .map(
              ({ ref, first, current, days, changes }) =>
                `${ref}  first ${first ?? 'no day'}, now ${current ?? 'no day'}, ${days ?? 'unknown'} days, changed ${changes} times`,
            )
            .join('\n') || 'No due date was changed.',
    );
    return done;
  });
}
