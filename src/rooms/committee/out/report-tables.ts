import { formatDate } from '#kernel/dates.ts';
import type { Block, Cell, Run, TableBlock } from '#platform/documents/paper-blocks.ts';
import { nextUntil } from '../rules/bound-numbers.ts';
import {
  dueNext,
  overdueActions,
  revisedActions,
  type ActionFigures,
  type PlanFigures,
  type ReportFigures,
} from '../rules/figures.ts';
import type { Depth } from '../rules/sections.ts';

/** How many rows a table may have; members get the first ones and are told how many there are. */
const mostRows: Readonly<Record<Depth, number>> = {
  members: 2,
  board: 15,
  operational: Number.POSITIVE_INFINITY,
};

interface Column {
  header: string;
  share: number;
  numeric?: boolean;
  cell: (action: ActionFigures) => Cell;
}

const ref: Column = { header: 'Ref', share: 10, cell: (action) => action.ref };
const text: Column = { header: 'Action', share: 38, cell: (action) => short(action.text) };
const lead: Column = {
  header: 'Lead',
  share: 22,
  cell: ({ leads }) => (leads.length === 0 ? [quiet('No lead')] : leads.join('\n')),
};

/** The tables that belong to a section: they follow the figures and hold no words of the officer. */
export function tablesOf(
  section: 'overdue' | 'claimed' | 'children' | 'next',
  figures: ReportFigures,
  depth: Depth,
): Block[] {
  const perPlan = (
    caption: string,
    columns: readonly Column[],
    actionsOf: (plan: PlanFigures) => ActionFigures[],
  ): Block[] =>
    figures.plans.flatMap((plan) =>
      actionTable(
        figures.plans.length === 1 ? caption : `${caption}: ${plan.title}`,
        columns,
        actionsOf(plan),
        depth,
      ),
    );
  switch (section) {
    case 'overdue':
      return [
        ...perPlan(
          'Overdue actions',
          depth === 'members'
            ? [ref, text, due, late, latest]
            : [ref, text, lead, due, late, latest],
          (plan) => overdueActions(plan.actions),
        ),
        ...perPlan('Actions whose date was changed', revisedColumns, (plan) =>
          revisedActions(plan.actions),
        ),
      ];
    case 'claimed':
      // Members are told how many; a board and the service which.
      if (depth === 'members') return [];
      return perPlan('Where the claim and the rule differ', claimedColumns, (plan) =>
        plan.actions
          .filter(({ disagreement }) => disagreement !== null)
          .sort(
            (a, b) =>
              Number(b.disagreement === 'more hopeful') - Number(a.disagreement === 'more hopeful'),
          ),
      );
    case 'children':
      if (depth === 'members') return [];
      return perPlan('What was shown', childrenColumns, (plan) =>
        plan.actions.filter(
          ({ reached, withdrawn }) =>
            !withdrawn && (reached === 'children better off' || reached === 'practice changed'),
        ),
      );
    case 'next':
      // Two pages hold no third table: members read how many, and the plan itself says which.
      if (depth === 'members') return [];
      return perPlan('Due next', [ref, text, lead, due], (plan) =>
        dueNext(plan.actions, figures.asAt, nextUntil(figures.asAt)),
      );
  }
}

const due: Column = { header: 'Due', share: 18, cell: (action) => action.due };
const late: Column = {
  header: 'Late by',
  share: 13,
  cell: ({ daysOverdue }) => [figure(days(daysOverdue))],
};
const latest: Column = {
  header: 'Latest update',
  share: 38,
  cell: ({ lastUpdate }) =>
    lastUpdate === null
      ? [quiet('No update yet')]
      : [{ text: short(lastUpdate.words) }, quiet(` (${formatDate(lastUpdate.on)})`)],
};

const revisedColumns: readonly Column[] = [
  ref,
  text,
  { header: 'First date', share: 18, cell: (action) => action.firstDue },
  {
    header: 'Date now',
    share: 18,
    cell: ({ due: now, askedDue }) =>
      askedDue === null ? now : [{ text: now }, quiet(`\n${askedDue} is asked for, not agreed`)],
  },
  {
    header: 'Later by',
    share: 13,
    cell: ({ slippageDays, dates }) => [
      slippageDays === null ? quiet('Not known') : figure(days(slippageDays)),
      ...(dates > 2 ? [quiet(`, ${dates} dates`)] : []),
    ],
  },
  {
    header: 'Why, and what it means for children',
    share: 38,
    cell: ({ revisedWhy, revisedEffect }) => {
      const parts = [revisedWhy, revisedEffect].filter((part) => part !== null);
      return parts.length === 0
        ? [quiet('No reason was given')]
        : parts.map((part) => short(part)).join('\n');
    },
  },
];

const claimedColumns: readonly Column[] = [
  ref,
  text,
  { header: 'Claimed', share: 14, cell: (action) => action.claimed },
  { header: 'Derived', share: 14, cell: ({ derived }) => sentence(derived.standing) },
  { header: 'Why', share: 38, cell: ({ derived }) => sentence(derived.reasons.join('; ')) },
];

const childrenColumns: readonly Column[] = [
  ref,
  text,
  { header: 'Shown', share: 18, cell: ({ reached }) => sentence(reached) },
  {
    header: 'What was found',
    share: 46,
    cell: ({ reachedAccount, outcomeForChildren }) =>
      short(reachedAccount ?? outcomeForChildren ?? ''),
  },
];

function actionTable(
  caption: string,
  columns: readonly Column[],
  actions: readonly ActionFigures[],
  depth: Depth,
): Block[] {
  if (actions.length === 0) return [];
  const most = mostRows[depth];
  const shown = actions.slice(0, most);
  const left = actions.length - shown.length;
  const table: TableBlock = {
    kind: 'table',
    caption: left === 0 ? caption : `${caption}, the first ${shown.length} of ${actions.length}`,
    columns: columns.map(({ header, share, numeric }) => ({
      header,
      share,
      ...(numeric === undefined ? {} : { numeric }),
    })),
    rowHeader: 0,
    rows: shown.map((action) =>
      columns.map(({ cell }) => (depth === 'members' ? brief(cell(action)) : cell(action))),
    ),
  };
  return [table];
}

/** A cell as members read it, whose paper has one or two pages. */
function brief(cell: Cell): Cell {
  if (typeof cell === 'string') return short(cell, mostForMembers);
  // Not `in`: every list has a method of that name.
  if (Object.hasOwn(cell, 'fill')) return cell;
  return (cell as readonly Run[]).map((run) => ({ ...run, text: cut(run.text, mostForMembers) }));
}

/** How many letters of a text a table gives to members. */
const mostForMembers = 60;

/** A line for each objective, for a board. */
export function objectiveTable(plan: PlanFigures, caption: string): TableBlock {
  const number = (count: number): Cell => [figure(count.toLocaleString('en-GB'))];
  return {
    kind: 'table',
    caption,
    columns: [
      { header: 'Objective', share: 52 },
      { header: 'Actions', share: 12, numeric: true },
      { header: 'Complete', share: 12, numeric: true },
      { header: 'Overdue', share: 12, numeric: true },
      { header: 'Date changed', share: 12, numeric: true },
    ],
    rowHeader: 0,
    rows: plan.objectives.map((objective) => [
      objectiveName(objective),
      number(objective.counts.actions),
      number(objective.counts.complete),
      number(objective.counts.overdue),
      number(objective.counts.revised),
    ]),
  };
}

/** Every action of a plan, objective by objective. */
export function everyAction(plan: PlanFigures): Block[] {
  const columns: readonly Column[] = [
    ref,
    { ...text, share: 40, cell: (action) => action.text },
    lead,
    {
      header: 'Due',
      share: 20,
      cell: (action) =>
        action.due === action.firstDue
          ? action.due
          : [{ text: action.due }, quiet(`\nFirst: ${action.firstDue}`)],
    },
    { header: 'Claimed', share: 14, cell: (action) => action.claimed },
    { header: 'Derived', share: 14, cell: ({ derived }) => sentence(derived.standing) },
    {
      header: 'Status',
      share: 16,
      cell: ({ withdrawn, status, daysOverdue }) =>
        withdrawn
          ? 'Withdrawn'
          : daysOverdue > 0
            ? [{ text: sentence(status ?? 'not stated') }, figure(`\n${days(daysOverdue)} overdue`)]
            : sentence(status ?? 'not stated'),
    },
    { ...latest, share: 46 },
  ];
  return plan.objectives.flatMap((objective): Block[] => {
    const own = plan.actions.filter(({ objectiveId }) => objectiveId === objective.id);
    if (own.length === 0) return [];
    return [
      { kind: 'heading', level: 2, text: objectiveName(objective) },
      {
        kind: 'table',
        columns: columns.map(({ header, share }) => ({ header, share })),
        rowHeader: 0,
        rows: own.map((action) => columns.map(({ cell }) => cell(action))),
      },
    ];
  });
}

function objectiveName({ ref: reference, title }: { ref: string | null; title: string }): string {
  return reference === null ? title : `${reference} ${title}`;
}

function days(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'day' : 'days'}`;
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function short(words: string, longest = 220): string {
  const one = words.replace(/\s+/g, ' ').trim();
  if (one.length <= longest) return one;
  const cut = one.lastIndexOf(' ', longest);
  return `${one.slice(0, cut > longest / 2 ? cut : longest)}…`;
}

/** The first words of a run; the blank between it and the next one stays. */
function cut(words: string, longest: number): string {
  return words.length <= longest ? words : short(words, longest);
}

function quiet(words: string): Run {
  return { text: words, quiet: true };
}

function figure(words: string): Run {
  return { text: words, figure: true };
}
