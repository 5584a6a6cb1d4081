import type { Command } from 'commander';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

export function addDemo(program: Command, settle: Settle): void {
  program
    .command('demo')
    .description('Load the demonstration councils, where they are not there yet.')
    .action(() => settle(loadDemo()));
}

function loadDemo(): Promise<Ending> {
  return withReadyDatabase(async (database, config) => {
    // Here and not above: the other commands start without the whole story.
    const { addDemonstration, signInsToTry } = await import('../demonstration.ts');
    const refusal = await addDemonstration(database, 'yes', terminal.note);
    if (refusal !== null) return refused(refusal);
    terminal.out((await signInsToTry(database.db, config.publicUrl)).join('\n').trim());
    return done;
  });
}
