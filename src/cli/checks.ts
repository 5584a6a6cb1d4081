import { Option, type Command } from 'commander';
import { readInAuthority } from '#platform/db/authority.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { authoritiesNamed, withDay, type ReadFlags } from './with-plan.ts';

/** `checks`: what is missing or weak at one authority. */
export function addChecks(program: Command, settle: Settle): void {
  program
    .command('checks')
    .description('What is missing or weak in the standards and findings of an authority.')
    .addOption(new Option('--authority <slug>', 'whose').makeOptionMandatory())
    .addOption(new Option('--as-at <date>', 'the position at the end of this day, YYYY-MM-DD'))
    .option('--json', 'print JSON')
    .action((flags: ReadFlags) => settle(printChecks(flags)));
}

function printChecks(flags: ReadFlags): Promise<Ending> {
  return withDay(flags, async (db, day) => {
    const [authority] = await authoritiesNamed(db, flags.authority);
    if (authority === undefined)
      return refused(`There is no authority “${flags.authority ?? ''}”.`);
    const { printedChecks, readCheckGround, runChecks } = await import('#standards');
    const ground = await readInAuthority(db, authority.id, (tx) =>
      readCheckGround(tx, authority.id, day),
    );
    const results = runChecks(ground);
    terminal.out(
      flags.json === true
        ? JSON.stringify(printedChecks(results), null, 2)
        : results
            .filter(({ hits }) => hits.length > 0)
            .map(
              ({ check, hits }) =>
                `${check.name}  ${check.severity}  ${hits.length}  ${check.title}`,
            )
            .join('\n') || 'Nothing is missing or weak.',
    );
    return done;
  });
}
