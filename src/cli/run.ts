import { Command, CommanderError } from 'commander';
import { describeSettings } from '#platform/config.ts';
import { alreadyLogged, exitCodes, terminal, type Ending } from './ending.ts';
import { addAdmin } from './admin-create.ts';
import { addAnchor } from './anchor.ts';
import { addBackup } from './backup.ts';
import { addChecks } from './checks.ts';
import { addDemo } from './demo.ts';
import { addImport } from './import.ts';
import { addMigrate } from './migrate.ts';
import { addPlan } from './plan.ts';
import { addKey } from './key.ts';
import { addReport } from './report.ts';
import { addRestore } from './restore.ts';
import { addDisclose } from './disclose.ts';
import { addRetention } from './retention.ts';
import { addServe } from './serve.ts';
import { addThread } from './thread.ts';
import { addVerify } from './verify.ts';

/** Takes the ending of the verb that was run. */
export type Settle = (ending: Promise<Ending>) => Promise<void>;

/**
 * Runs one command and gives its exit code: 0 done, 2 refused with the reason on standard
 * error, 1 a fault of ours. A command that was written wrongly is refused.
 */
export async function run(argv: readonly string[]): Promise<number> {
  let code: number = exitCodes.done;
  const settle: Settle = async (ending) => {
    const ended = await ending;
    if (ended.kind === 'done') return;
    for (const reason of ended.reasons) terminal.note(reason);
    code = exitCodes.refused;
  };
  try {
    await commands(settle).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
    }
    if (error === alreadyLogged) return exitCodes.fault;
    terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.fault;
  }
  return code;
}

function commands(settle: Settle): Command {
  const program = new Command('sightline')
    .description('Improvement plans for councils, from the command line.')
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is written.')
    .addHelpText('after', settingsHelp());
  addServe(program, settle);
  addMigrate(program, settle);
  addDemo(program, settle);
  addAdmin(program, settle);
  addVerify(program, settle);
  addRetention(program, settle);
  addDisclose(program, settle);
  addAnchor(program, settle);
  addBackup(program, settle);
  addRestore(program, settle);
  addKey(program, settle);
  addImport(program, settle);
  addPlan(program, settle);
  addReport(program, settle);
  addThread(program, settle);
  addChecks(program, settle);
  return program;
}

function settingsHelp(): string {
  const lines = describeSettings().map(({ name, text }) => `  ${name}\n      ${text}`);
  return `\nSettings, from the environment:\n${lines.join('\n')}\n\nExit codes: 0 done, 2 refused (the reason is on standard error), 1 a fault.`;
}
