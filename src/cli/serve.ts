import { Option, type Command } from 'commander';
import { readConfig } from '#platform/config.ts';
import { checkout } from '#platform/checkout.ts';
import { embeddedFolder } from '#platform/db/embedded/places.ts';
import { programLog, type Log } from '#platform/logging.ts';
import { alreadyServed, servedBy } from '#platform/one-server.ts';
import { alreadyLogged, refused, terminal, type Ending, type Terminal } from './ending.ts';
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
  const { config } = reading;
  const folder =
    config.databaseUrl === undefined ? await embeddedFolder(checkout, config.data) : null;
  const by = folder === null ? null : await servedBy(folder);
  if (folder !== null && by !== null) return refused(alreadyServed(folder, by));
  // Here and not above: the other commands start without all the pages.
  const { serve } = await import('../serve.ts');
  const demo = asked === undefined ? whereEmpty : asked ? 'yes' : 'no';
  const begin = (voice: Terminal) => serve(config, { demo }, voice);
  return config.logFormat === 'json' ? inJson(programLog(config), begin) : begin(terminal);
}

/** Lets the server speak by the log alone, its last words included: each line is a JSON object. */
async function inJson(log: Log, begin: (voice: Terminal) => Promise<Ending>): Promise<Ending> {
  const onWarning = (warning: Error) => log.warn({ err: warning }, 'warning of the runtime');
  process.removeAllListeners('warning').on('warning', onWarning);
  try {
    const ending = await begin({
      out: (text) => log.info({}, text),
      note: (text) => log.warn({}, text),
    });
    if (ending.kind === 'done') return ending;
    for (const reason of ending.reasons) log.error({}, reason);
    return refused();
  } catch (error) {
    log.error({ err: error }, 'fault');
    throw alreadyLogged;
  }
}
