import { formatDate } from '#kernel/dates.ts';
import {
  inLines,
  type Block,
  type Cell,
  type Run,
  type Words,
} from '#platform/documents/paper-blocks.ts';
import { composeDocx } from '#platform/documents/write/word/compose.ts';
import { ragFills } from '../rules/own-export.ts';
import type { ObjectivePicture, PlanHead, RagColour } from '../rules/picture.ts';
import { summarise, summarySentence } from '../rules/position.ts';
import {
  askedInWords,
  dueInWords,
  movedInWords,
  notApprovedInWords,
  ragName,
  sentenceCase,
  sourceInWords,
  statusName,
} from '../rules/words.ts';
import {
  exportObjectives,
  exportRows,
  figures,
  isSelection,
  whatIsShown,
  type ExportInput,
  type ExportRow,
} from './export-input.ts';

/** The plan as a Word paper that a board can read: section by section, a table for each objective. */
export async function planPaper(input: ExportInput): Promise<Uint8Array> {
  const { plan, asAt } = input.picture;
  return await composeDocx({
    head: {
      title: plan.title,
      author: input.exportedBy,
      asAt,
      classification: input.classification,
      printed: { by: input.exportedBy, at: input.exportedAt },
      orientation: 'landscape',
    },
    blocks: [
      { kind: 'title', text: plan.title },
      { kind: 'text', text: subtitle(plan, input.authorityName), style: 'quiet' },
      {
        kind: 'text',
        text: `Position as at ${formatDate(asAt)}. ${figures(input)}`,
        style: 'lead',
      },
      ...selectionBlocks(input),
      ...legend(plan.ragScheme),
      ...sections(input),
    ],
  });
}

/** "Saltmarsh Borough Council. 1 April 2025 to 31 March 2026. Owner: Director. Overseen by: …" */
function subtitle(plan: PlanHead, authorityName: string): string {
  return [
    authorityName,
    period(plan),
    plan.owner === null ? '' : `Owner: ${plan.owner.name}`,
    plan.boards.length === 0
      ? ''
      : `Overseen by: ${plan.boards.map(({ name }) => name).join('; ')}`,
  ]
    .filter((part) => part !== '')
    .join('. ');
}

function period({ periodFrom, periodTo }: PlanHead): string {
  if (periodFrom !== null && periodTo !== null) {
    return `${formatDate(periodFrom)} to ${formatDate(periodTo)}`;
  }
  if (periodFrom !== null) return `From ${formatDate(periodFrom)}`;
  return periodTo === null ? '' : `Until ${formatDate(periodTo)}`;
}

function selectionBlocks(input: ExportInput): Block[] {
  return isSelection(input)
    ? [{ kind: 'text', text: `This paper shows ${whatIsShown(input)}.`, style: 'lead' }]
    : [];
}

function legend(scheme: readonly RagColour[]): Block[] {
  if (scheme.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'What the colours mean' },
    {
      kind: 'table',
      columns: [
        { header: 'Colour', share: 20 },
        { header: 'What it means in this plan', share: 80 },
      ],
      rows: scheme.map(({ colour, meaning }) => [
        { text: [{ text: ragName(scheme, colour), strong: true }], fill: ragFills[colour] },
        meaning,
      ]),
    },
  ];
}

/** Sections are headings over their objectives; a plan without sections has objectives alone. */
function sections(input: ExportInput): Block[] {
  const objectives = exportObjectives(input);
  const hasSections = objectives.some(({ section }) => section !== null);
  const rows = exportRows(input);
  const columns = paperColumns(rows);
  let section: string | null | undefined;
  return objectives.flatMap((objective) => {
    const blocks: Block[] = [];
    if (hasSections && objective.section !== section) {
      section = objective.section;
      blocks.push({ kind: 'heading', level: 1, text: section ?? 'Other objectives' });
    }
    const own = rows.filter((row) => row.objective.id === objective.id);
    return [
      ...blocks,
      ...objectiveHead(objective, own, hasSections ? 2 : 1),
      ...objectiveTable(own, columns, input.picture.plan.ragScheme),
    ];
  });
}

function objectiveHead(
  objective: ObjectivePicture,
  rows: readonly ExportRow[],
  level: 1 | 2,
): Block[] {
  const title = objective.ref === null ? objective.title : `${objective.ref} ${objective.title}`;
  const sources = objective.sources.map((source) => sourceInWords(source));
  const sentence = summarySentence(summarise(rows.map(({ action }) => action)));
  return [
    { kind: 'heading', level, text: objective.withdrawn ? `${title} (withdrawn)` : title },
    ...sources.map((text): Block => ({
      kind: 'text',
      text: `Source: ${text}`,
      style: 'quiet',
      keepWithNext: true,
    })),
    { kind: 'text', text: sentence, keepWithNext: rows.length > 0 },
  ];
}

interface PaperColumn {
  header: string;
  share: number;
  cell: (row: ExportRow, scheme: readonly RagColour[]) => Cell;
}

/** The columns of every table of the paper: a column that nobody filled gives its room to others. */
function paperColumns(rows: readonly ExportRow[]): PaperColumn[] {
  const measured = rows.some(
    ({ action }) => action.successMeasure !== null || action.outcomeForChildren !== null,
  );
  return [
    { header: 'Ref', share: 12, cell: ({ action }) => action.ref },
    { header: 'Action', share: measured ? 56 : 78, cell: actionCell },
    { header: 'Lead', share: 31, cell: leadCell },
    { header: 'Due', share: 29, cell: dueCell },
    { header: 'RAG', share: 18, cell: ragCell },
    { header: 'Status', share: 21, cell: statusCell },
    { header: 'Progress', share: measured ? 50 : 74, cell: progressCell },
    ...(measured ? [{ header: 'How we will know', share: 54, cell: measureCell }] : []),
  ];
}

function objectiveTable(
  rows: readonly ExportRow[],
  columns: readonly PaperColumn[],
  scheme: readonly RagColour[],
): Block[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: columns.map(({ header, share }) => ({ header, share })),
      rows: rows.map((row) => columns.map(({ cell }) => cell(row, scheme))),
    },
  ];
}

function actionCell({ action }: ExportRow): Cell {
  return inLines([
    action.text,
    ...(action.priority === null ? [] : [quiet(`${sentenceCase(action.priority)} priority`)]),
    ...action.sources.map((source) => quiet(`Source: ${sourceInWords(source)}`)),
  ]);
}

function leadCell({ action }: ExportRow): Cell {
  if (action.leads.length === 0) return quiet('No lead');
  const contributors = action.contributors.map(({ name }) => name).join('; ');
  return inLines([
    ...action.leads.map(({ name }) => name),
    ...(contributors === '' ? [] : [quiet(`With ${contributors}`)]),
  ]);
}

/** The date in words, the words of the plan where they say more, and how it has moved. */
function dueCell({ action }: ExportRow): Cell {
  const words = dueInWords(action.due);
  const written = action.due.asWritten.trim();
  const lines: Words[] = [words];
  if (action.due.precision === 'none' && written !== '') lines.push(quiet(`“${written}”`));
  if (action.dueDateCount > 1) {
    lines.push(
      quiet(`${movedInWords(action) ?? ''}; the first was ${dueInWords(action.firstDue)}`),
    );
  } else if (action.revised) {
    lines.push(quiet('Revised date'));
  }
  if (action.asked !== null) lines.push(quiet(sentenceCase(askedInWords(action.asked))));
  const refused = notApprovedInWords(action);
  if (refused !== null) lines.push(quiet(sentenceCase(refused)));
  if (action.daysOverdue > 0) {
    const days = action.daysOverdue === 1 ? '1 day' : `${action.daysOverdue} days`;
    lines.push([{ text: `${days} overdue`, strong: true }]);
  }
  return inLines(lines);
}

function ragCell({ action }: ExportRow, scheme: readonly RagColour[]): Cell {
  const text = ragName(scheme, action.claimedRag);
  return action.claimedRag === null ? quiet(text) : { text, fill: ragFills[action.claimedRag] };
}

function statusCell({ action }: ExportRow): Cell {
  return action.withdrawn ? 'Withdrawn' : statusName(action.status);
}

function progressCell({ action: { lastUpdate } }: ExportRow): Cell {
  if (lastUpdate === null) return quiet('No update yet');
  const by = lastUpdate.by === null ? '' : `, ${lastUpdate.by}`;
  return inLines([lastUpdate.whatChanged, quiet(`${formatDate(lastUpdate.effectiveOn)}${by}`)]);
}

function measureCell({ action }: ExportRow): Cell {
  return inLines([
    ...(action.successMeasure === null ? [] : [action.successMeasure]),
    ...(action.outcomeForChildren === null
      ? []
      : [quiet('For children:'), action.outcomeForChildren]),
  ]);
}

function quiet(text: string): readonly Run[] {
  return [{ text, quiet: true }];
}
