import { Option, type Command } from 'commander';
import { readConfig } from '#platform/config.ts';
import { refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';

interface Flags {
  demo?: boolean;
  firstTime?: boolean;
}

export function addServe(program: Command, settle: Settle): void {
  program
    .command('serve')
    .description('Bring the database up to date, where it may, and serve until stopped.')
    .option('--demo', 'load the demonstration council first')
    .option('--no-demo', 'load no demonstration')
    // bin/start asks for it: on a fresh machine there is something to see.
    .addOption(new Option('--first-time', 'the demonstration where there is no data').hideHelp())
    .action((flags: Flags) => settle(serveNow(flags)));
}

async function serveNow(flags: Flags): Promise<Ending> {
  const reading = readConfig();
  if (reading.kind === 'wrong') return refused(...reading.problems);
  const asked = flags.demo ?? reading.config.demo;
  const whereEmpty = flags.firstTime === true ? 'where empty' : 'no';
  // Here and not above: the other commands start without all the pages.
  const { serve } = await import('../serve.ts');
  return serve(
    reading.config,
    { demo: asked === undefined ? whereEmpty : asked ? 'yes' : 'no' },
    terminal,
  );
}
