import type { Command } from 'commander';
import { addImportPlan } from './import-plan.ts';
import { addImportStandards } from './import-standards.ts';
import type { Settle } from './run.ts';

/** `import plan FILE` and `import standards FILE`: what is kept in Word, Excel or .csv today. */
export function addImport(program: Command, settle: Settle): void {
  const command = program
    .command('import')
    .description('Bring in what is kept in Word, Excel or .csv today.');
  addImportPlan(command, settle);
  addImportStandards(command, settle);
}
