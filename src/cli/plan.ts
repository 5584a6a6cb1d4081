import { writeFile } from 'node:fs/promises';
import { Argument, Option, type Command } from 'commander';
import { readInAuthority } from '#platform/db/authority.ts';
import { logRead } from '#people';
import type { ExportFormat } from '#plans';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { addPlanTruth } from './plan-truth.ts';
import { authoritiesNamed, thePlans, withDay, withPlan, type ReadFlags } from './with-plan.ts';

const exportFormats = ['xlsx', 'csv', 'docx', 'json'] as const satisfies readonly ExportFormat[];

/** `plan list`, `plan summary` and `plan export`: what the operator may read of every authority. */
export function addPlan(program: Command, settle: Settle): void {
  const plan = program.command('plan').description('Read the plans.');
  const asAt = () =>
    new Option('--as-at <date>', 'the position at the end of this day, YYYY-MM-DD');
  const authority = () =>
    new Option('--authority <slug>', 'needed where several authorities have such a plan');
  const which = () => new Argument('<plan>', 'its id, or the words in its address');

  plan
    .command('list')
    .description('Every plan, with how many actions it has.')
    .addOption(authority())
    .addOption(asAt())
    .option('--json', 'print JSON')
    .action((flags: ReadFlags) => settle(listPlans(flags)));

  plan
    .command('summary')
    .description('The figures of one plan.')
    .addArgument(which())
    .addOption(authority())
    .addOption(asAt())
    .option('--json', 'print JSON')
    .action((name: string, flags: ReadFlags) => settle(summary(name, flags)));

  plan
    .command('export')
    .description('Write a whole plan to a file.')
    .addArgument(which())
    .addOption(
      new Option('--format <format>', 'the kind of file')
        .choices(exportFormats)
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'where to write it; a file that stands there is replaced')
    .addOption(authority())
    .addOption(asAt())
    .option('--json', 'print what was written as JSON')
    .action((name: string, flags: ReadFlags & { format: ExportFormat; out: string }) =>
      settle(exportToFile(name, flags)),
    );

  addPlanTruth(plan, settle);
}

function listPlans(flags: ReadFlags): Promise<Ending> {
  return withDay(flags, async (db, day) => {
    const { readPictures, summarise } = await thePlans();
    const rows = [];
    for (const authority of await authoritiesNamed(db, flags.authority)) {
      const pictures = await readInAuthority(db, authority.id, (tx) =>
        readPictures(tx, authority.id, day),
      );
      for (const picture of pictures) {
        rows.push({
          authority: authority.slug,
          id: picture.plan.id,
          plan: picture.plan.slug,
          title: picture.plan.title,
          state: picture.plan.state,
          actions: summarise(picture.actions).actions,
        });
      }
    }
    terminal.out(
      flags.json === true
        ? JSON.stringify(rows, null, 2)
        : rows
            .map((row) => `${row.authority}  ${row.plan}  ${row.actions} actions  ${row.title}`)
            .join('\n') || 'No plans.',
    );
    return done;
  });
}

function summary(name: string, flags: ReadFlags): Promise<Ending> {
  return withPlan(name, flags, async (picture) => {
    const { summarise } = await thePlans();
    const figures = summarise(picture.actions);
    const printed = {
      plan: picture.plan.slug,
      asAt: picture.asAt,
      actions: figures.actions,
      byRag: figures.byRag,
      byStatus: figures.byStatus,
      overdue: figures.overdue,
      revised: figures.revised,
      withoutLead: figures.withoutLead,
      withoutDate: figures.withoutDate,
    };
    terminal.out(
      flags.json === true
        ? JSON.stringify(printed, null, 2)
        : Object.entries(printed)
            .map(([key, value]) => `${key}: ${typeof value === 'object' ? counts(value) : value}`)
            .join('\n'),
    );
    return done;
  });
}

function exportToFile(
  name: string,
  flags: ReadFlags & { format: ExportFormat; out: string },
): Promise<Ending> {
  return withPlan(name, flags, async (picture, authority, db) => {
    const { exportPlan } = await thePlans();
    const made = await exportPlan(flags.format, {
      picture,
      selection: null,
      exportedBy: 'the command line',
      exportedAt: new Date(),
      authorityName: authority.name,
      classification: 'Internal',
    });
    const nobody = { authorityId: authority.id, userId: null };
    await logRead(db, nobody, `exported as ${flags.format} from the command line`, [
      { fact: 'plan', id: picture.plan.id },
    ]);
    try {
      await writeFile(flags.out, made.bytes);
    } catch (fault) {
      const why = fault instanceof Error ? fault.message : String(fault);
      return refused(`The file could not be written: ${why}`);
    }
    const written = {
      plan: picture.plan.slug,
      asAt: picture.asAt,
      format: flags.format,
      out: flags.out,
      bytes: made.bytes.length,
    };
    terminal.out(
      flags.json === true
        ? JSON.stringify(written, null, 2)
        : `Wrote ${flags.out}: ${made.bytes.length} bytes.`,
    );
    return done;
  });
}

function counts(record: Record<string, number>): string {
  return Object.entries(record)
    .map(([key, count]) => `${key} ${count}`)
    .join(', ');
}
