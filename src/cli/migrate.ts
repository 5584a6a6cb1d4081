import type { Command } from 'commander';
import { migrate } from '#platform/db/migrate.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { newerDatabase, withDatabase } from './with-database.ts';

export function addMigrate(program: Command, settle: Settle): void {
  program
    .command('migrate')
    .description('Bring the database up to date with this version of Sightline.')
    .action(() => settle(migrateNow()));
}

function migrateNow(): Promise<Ending> {
  return withDatabase(async ({ keeper }) => {
    if (keeper === null) {
      return refused('Only the owner of the tables can migrate: set DATABASE_KEEPER_URL.');
    }
    const outcome = await migrate(keeper);
    if (outcome.kind === 'newer') return refused(newerDatabase(outcome.unknown));
    terminal.out(
      outcome.applied.length === 0
        ? 'The database was up to date already.'
        : `Applied ${outcome.applied.join(', ')}.`,
    );
    return done;
  });
}
