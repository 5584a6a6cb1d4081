import { writeFile } from 'node:fs/promises';
import { Argument, Option, type Command } from 'commander';
import { parseIsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { stopPapers, whyNoPaper } from '#platform/documents/write/paper.ts';
import { logRead } from '#people';
import type { Depth, ReportFormat } from '#committee';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withPlan, type ReadFlags } from './with-plan.ts';

const depths = ['members', 'board', 'operational'] as const satisfies readonly Depth[];
const formats = ['html', 'docx', 'pdf'] as const satisfies readonly ReportFormat[];

interface ReportFlags extends ReadFlags {
  depth: Depth;
  from?: string;
  format: ReportFormat;
  out: string;
}

/** `report`: the paper that a committee report begins with, in the system's own words. */
export function addReport(program: Command, settle: Settle): void {
  program
    .command('report')
    .description('Write a draft of the report to committee on a plan to a file.')
    .addArgument(new Argument('<plan>', 'its id, or the words in its address'))
    .addOption(new Option('--depth <depth>', 'for whom').choices(depths).makeOptionMandatory())
    .addOption(
      new Option(
        '--as-at <date>',
        'the figures at the end of this day, YYYY-MM-DD; today’s unless said',
      ),
    )
    .addOption(new Option('--from <date>', 'the day to compare with, YYYY-MM-DD; none unless said'))
    .addOption(
      new Option('--format <format>', 'the kind of file').choices(formats).makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'where to write it; a file that stands there is replaced')
    .addOption(
      new Option('--authority <slug>', 'needed where several authorities have such a plan'),
    )
    .option('--json', 'print what was written as JSON')
    .action((name: string, flags: ReportFlags) => settle(report(name, flags)));
}

function report(name: string, flags: ReportFlags): Promise<Ending> {
  return withPlan(name, flags, async ({ plan, asAt }, authority, db) => {
    const since = flags.from === undefined ? null : parseIsoDate(flags.from);
    if (flags.from !== undefined && (since === null || since >= asAt)) {
      return refused(`--from takes a real day before ${asAt} as YYYY-MM-DD, not “${flags.from}”.`);
    }
    const { firstHead, readFigures, reportFile, reportWords } = await import('#committee');
    const figures = await readInAuthority(db, authority.id, (tx) =>
      readFigures(tx, authority.id, { planIds: [plan.id], asAt, since }),
    );
    const about = {
      committeeId: null,
      committee: plan.boards[0]?.name ?? 'To be named',
      meetingOn: null,
      asAt,
      since,
      isPublic: true,
      paragraphs: [],
      exemptionReason: null,
    };
    const head = firstHead(about, null, [plan], authority.name);
    const words = reportWords(flags.depth, head, {}, figures);
    const by = 'the command line';
    try {
      const printing = { status: 'Draft', by, at: new Date() };
      const made = await reportFile(flags.format, words, figures, printing);
      if (made.kind === 'cannot') return refused(whyNoPaper(made.why));
      const nobody = { authorityId: authority.id, userId: null };
      await logRead(db, nobody, `exported as a report, ${flags.format}, from the command line`, [
        { fact: 'plan', id: plan.id },
      ]);
      await writeFile(flags.out, made.bytes);
      const { depth, format, out } = flags;
      const written = { plan: plan.slug, depth, asAt, from: since, format, out };
      const bytes = made.bytes.length;
      terminal.out(
        flags.json === true
          ? JSON.stringify({ ...written, bytes }, null, 2)
          : `Wrote ${out}: ${bytes} bytes.`,
      );
      return done;
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && 'path' in fault)) throw fault;
      return refused(`The file could not be written: ${fault.message}`);
    } finally {
      await stopPapers();
    }
  });
}
