import type { IsoDate } from '#kernel/dates.ts';
import type { DocumentGrid, GridTable } from '#platform/documents/grid.ts';
import type { DueReading } from '#kernel/due/read-due.ts';
import { timeOfDues } from '#kernel/due/time-of-dues.ts';
import { findDates } from '#kernel/due/find-dates.ts';
import { readLeads, readSources } from '#kernel/leads.ts';
import { readOwnExport } from '../read-own-export.ts';
import type { PlanReading, Rag, ReadAction, ReadColumn, ReadingProblem } from '../reading.ts';
import { findLayouts, type Layout } from './find-layouts.ts';
import type { ColumnChoice } from './plan-headings.ts';
import { doubtAt } from './gather.ts';
import { firstOfEach } from './legend.ts';
import { heldIn, readAction, splitLeadsAndDue, dueOf } from './read-action.ts';
import { gatherTables } from './gather-tables.ts';
import type { GatheredAction } from './gather.ts';

export interface ReadPlanOptions {
  /** The day on which the plan stood as it is written: dates without a year lie near it. */
  positionOn?: IsoDate;
  /** The mapping as the person corrected it. */
  columns?: readonly ColumnChoice[];
}

/**
 * Understands an improvement plan: which columns hold what, and every objective and action with
 * its place. Nothing is guessed in silence: what is not plain is in `problems`, with its cell.
 *
 * A row with words in the column of actions is one action. Merged cells hold for all their rows;
 * a blank objective goes on from the row above. Where no column names the objective it is the
 * heading above, else the section, else the title of the table or the plan, else "Actions".
 * In a workbook of several plans a sheet without sections of its own is a section, by its name.
 */
export function readPlan(grid: DocumentGrid, options: ReadPlanOptions = {}): PlanReading {
  const own = readOwnExport(grid, options.columns);
  if (own !== null) return own;
  const visible = grid.tables.filter(({ hidden }) => !hidden);
  if (visible.reduce((sum, { rows }) => sum + rows.length, 0) > mostRows) return tooLong(grid);
  const layouts = findLayouts(grid.format, visible, options.columns ?? []);
  const gathered = gatherTables(grid.format, visible, layouts);
  const hidden = grid.tables
    .filter((table) => table.hidden)
    .map(({ name }) =>
      doubtAt(name, `The sheet ${name} is hidden in the workbook, and is left out.`),
    );
  const { actions, problems } = readActions(
    gathered.actions,
    [gathered.title ?? '', ...visible.flatMap(({ before }) => before)],
    options,
  );
  const all: ReadingProblem[] = [
    // That a sheet is hidden is said with what became of it.
    ...grid.problems.filter(({ where }) => hidden.every((one) => one.where !== where)),
    ...hidden,
    ...columnProblems(layouts),
    ...gathered.problems,
    ...problems,
    ...repeatedActions(actions),
  ];
  if (actions.length === 0) all.push(noActions(visible));
  const sources = readSources(gathered.objectives.flatMap(({ sourceCells }) => sourceCells));
  const objectives = gathered.objectives.map(({ ref, title, section, sourceCells }) => ({
    ref,
    title,
    section,
    sources: [...new Set(sources.splice(0, sourceCells.length).flatMap(({ parts }) => parts))],
  }));
  return {
    title: gathered.title,
    columns: layouts.flatMap(readColumns),
    sections: gathered.sections,
    objectives,
    actions,
    problems: withoutRepeats(all),
    ragMeanings: firstOfEach(gathered.ragMeanings),
    counts: countsOf(objectives.length, actions),
  };
}

/** Far more than the longest plan: a list of cases, or a file made to keep the server busy. */
const mostRows = 10_000;

function tooLong(grid: DocumentGrid): PlanReading {
  const where = grid.tables[0]?.name ?? 'the file';
  const message = `The file has more than ${mostRows} rows, so it was not read as a plan. Keep only the plan in it, and try again.`;
  return {
    title: null,
    columns: [],
    sections: [],
    objectives: [],
    actions: [],
    problems: [...grid.problems, { where, severity: 'error', message }],
    ragMeanings: [],
    counts: countsOf(0, []),
  };
}

function readActions(
  gathered: readonly GatheredAction[],
  titles: readonly string[],
  options: ReadPlanOptions,
): { actions: ReadAction[]; problems: ReadingProblem[] } {
  const ofActions = timeOfDues(gathered.map((action) => dueOf(action, {}, null).reading));
  // Where no action says its year, a title may: "Action log, 3 March 2023".
  const ofTitles = titles
    .filter((title) => title.length <= 120)
    .flatMap((title) => findDates(title, {}))
    .flatMap(({ span }) => (span === null ? [] : [span.to]));
  const near = {
    ...(options.positionOn === undefined ? {} : { positionOn: options.positionOn }),
    otherDates: ofActions.length > 0 ? ofActions : ofTitles,
  };
  const problems: ReadingProblem[] = [];
  const leads = peopleOf(gathered, 'leads', problems);
  const contributors = peopleOf(gathered, 'contributors', problems);
  const hasObjectives = (action: GatheredAction): boolean =>
    action.columns.some(({ meaning }) => meaning === 'objective');
  const sources = readSources(
    gathered.map((action) =>
      hasObjectives(action)
        ? ''
        : heldIn(action, 'source')
            .map(({ cell }) => cell.text)
            .join('\n'),
    ),
  );
  const actions: ReadAction[] = [];
  let above: DueReading | null = null;
  for (const [i, action] of gathered.entries()) {
    const due = dueOf(action, near, above);
    above = due.reading;
    const read = readAction(action, {
      leads: leads[i] ?? [],
      contributors: contributors[i] ?? [],
      sources: sources[i]?.parts ?? [],
      due,
    });
    actions.push(read.action);
    problems.push(...read.problems);
  }
  return { actions, problems };
}

/** Leads (or contributors) of every action, each known by those of the others. */
function peopleOf(
  gathered: readonly GatheredAction[],
  meaning: 'leads' | 'contributors',
  problems: ReadingProblem[],
): string[][] {
  const cells = gathered.map((action) =>
    heldIn(action, meaning).map(({ column, cell }) => ({
      cell,
      text: column.role === 'leadsAndDue' ? splitLeadsAndDue(cell).leads : cell.text,
    })),
  );
  const splits = readLeads(cells.flatMap((own) => own.map(({ text }) => text)));
  let above: string[] = [];
  return cells.map((own, i) => {
    const action = gathered[i]?.textCell.where;
    const problemAt = (where: string, message: string): void => {
      problems.push({ ...doubtAt(where, message), ...(action === undefined ? {} : { action }) });
    };
    const names = own.flatMap(({ cell, text }) => {
      const split = splits.shift();
      if (/^(?:(?:same )?as above|ditto|"|”|''|〃)$/i.test(text.trim()) && i > 0) {
        problemAt(cell.where, `“${text.trim()}” is read as the lead of the action above.`);
        return above;
      }
      for (const message of split?.doubts ?? []) problemAt(cell.where, message);
      return split?.parts ?? [];
    });
    above = [...new Set(names)];
    return above;
  });
}

/** A column of the same name in many tables is told once. */
function columnProblems(layouts: readonly Layout[]): ReadingProblem[] {
  const told = new Set<string>();
  return layouts.flatMap(({ columns, table }) =>
    columns.flatMap(({ doubt, heading, where }) => {
      const key = `${doubt ?? ''}${heading === '' ? (where ?? '') : ''}`;
      if (doubt === null || told.has(key)) return [];
      told.add(key);
      return [doubtAt(where ?? table.name, doubt)];
    }),
  );
}

function readColumns(layout: Layout): ReadColumn[] {
  return layout.columns.map(({ index, heading, meaning, label, samples }) => ({
    table: layout.table.name,
    index: index + 1,
    where: label,
    header: heading,
    meaning,
    samples,
  }));
}

/** The same words under the same objective, for the same leads and date, are perhaps one action. */
function repeatedActions(actions: readonly ReadAction[]): ReadingProblem[] {
  const first = new Map<string, ReadAction>();
  return actions.flatMap((action) => {
    const key = JSON.stringify([
      action.section,
      action.objective,
      action.text,
      action.leads,
      action.due.asWritten,
    ]);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, action);
      return [];
    }
    const message = `This action is the same as the one at ${before.where}.`;
    return [{ ...doubtAt(action.where, message), action: action.where }];
  });
}

function noActions(tables: readonly GridTable[]): ReadingProblem {
  const where = tables[0]?.name ?? 'the file';
  const message =
    'No actions were found. A plan needs a row of headings, such as “Action”, “Lead” and “By when”, above its actions: say below which column holds what.';
  return { where, severity: 'error', message };
}

function withoutRepeats(problems: readonly ReadingProblem[]): ReadingProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ where, message }) => {
    const key = `${where}\n${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function countsOf(objectives: number, actions: readonly ReadAction[]): PlanReading['counts'] {
  const byRag: Record<Rag | 'none', number> = { red: 0, amber: 0, green: 0, blue: 0, none: 0 };
  for (const { claimedRag } of actions) byRag[claimedRag ?? 'none'] += 1;
  return {
    objectives,
    actions: actions.length,
    byRag,
    revised: actions.filter(({ revised }) => revised).length,
  };
}
