import type { WorkbookValue } from '#platform/documents/write/workbook.ts';
import { writableLine } from '#platform/documents/write/writable-text.ts';
import type { IsoDate } from '#kernel/dates.ts';
import {
  ownHeaders,
  precisionWords,
  ragCell,
  ragFills,
  type OwnColumn,
} from '../rules/own-export.ts';
import { isAgreedTest, reachedName, testInWords } from '../rules/closure-words.ts';
import type { PartyRef, RagColour, SourceRef } from '../rules/picture.ts';
import { dueInWords, sentenceCase, sourceInWords, statusName } from '../rules/words.ts';
import type { ExportRow } from './export-input.ts';

/** A column of the sheet of actions and of the .csv file: docs/data-out.md tells what each holds. */
export interface ActionColumn {
  key: OwnColumn;
  header: string;
  /** In characters. */
  width: number;
  value: (row: ExportRow, scheme: readonly RagColour[]) => WorkbookValue;
}

/** How many columns, from the first, go on paper: those that a meeting reads. */
export const printedColumns = 11;

export const actionColumns: readonly ActionColumn[] = [
  column('section', 14, ({ objective }) => objective.section),
  column('objectiveRef', 10, ({ objective }) => objective.ref),
  column('objective', 24, ({ objective }) => objective.title),
  column('ref', 8, ({ action }) => action.ref),
  column('text', 40, ({ action }) => action.text),
  column('leads', 22, ({ action }) => names(action.leads)),
  column('due', 14, ({ action }) => action.due.asWritten),
  column('dueTo', 17, ({ action }) => day(action.due.to)),
  column('rag', 12, ({ action: { claimedRag } }, scheme) =>
    claimedRag === null ? null : { text: ragCell(scheme, claimedRag), fill: ragFills[claimedRag] },
  ),
  column('status', 12, ({ action }) => (action.status === null ? null : statusName(action.status))),
  column('progress', 40, ({ action }) => action.lastUpdate?.whatChanged ?? null),
  column('updatedOn', 18, ({ action }) => day(action.lastUpdate?.effectiveOn ?? null)),
  column('contributors', 24, ({ action }) => names(action.contributors)),
  column('priority', 9, ({ action }) =>
    action.priority === null ? null : sentenceCase(action.priority),
  ),
  column('successMeasure', 34, ({ action }) => action.successMeasure),
  column('outcome', 34, ({ action }) => action.outcomeForChildren),
  column('objectiveSources', 34, ({ objective }) => sources(objective.sources)),
  column('actionSources', 34, ({ action }) => sources(action.sources)),
  column('firstDue', 18, ({ action }) => day(action.firstDue.to)),
  column('revised', 9, ({ action }) => (action.revised ? 'Yes' : 'No')),
  column('dateCount', 9, ({ action }) => action.dueDateCount),
  column('slippageDays', 9, ({ action }) => action.slippageDays),
  column('askedFor', 18, ({ action }) =>
    action.asked === null ? null : dueInWords(action.asked.due),
  ),
  column('boardAnswer', 14, ({ action }) =>
    action.boardAnswer === null ? null : sentenceCase(action.boardAnswer.answer),
  ),
  column('daysOverdue', 9, ({ action }) => action.daysOverdue),
  column('withdrawn', 11, ({ action }) => (action.withdrawn ? 'Yes' : 'No')),
  column('test', 34, ({ action }) => testInWords(action.test)),
  column('testBy', 12, ({ action }) =>
    isAgreedTest(action.test) ? day(action.test.byWhen) : null,
  ),
  column('closure', 20, ({ action: { closure, status } }) =>
    closure.reached === 'none' && status !== 'complete' ? null : reachedName(closure.reached),
  ),
  column('closureSince', 14, ({ action }) => day(action.closure.since)),
  column('regressions', 9, ({ action }) => action.closure.regressions.length),
  column('dueFrom', 18, ({ action }) => day(action.due.from)),
  column('precision', 20, ({ action }) => precisionWords[action.due.precision]),
  column('actionId', 38, ({ action }) => action.id),
  column('objectiveId', 38, ({ objective }) => objective.id),
];

function column(key: OwnColumn, width: number, value: ActionColumn['value']): ActionColumn {
  return { key, header: ownHeaders[key], width, value };
}

function day(date: IsoDate | null): WorkbookValue {
  return date === null ? null : { date };
}

/** One name a line, so that a comma or an "and" inside a name parts nothing. */
function names(parties: readonly PartyRef[]): string {
  return parties.map((party) => writableLine(party.name)).join('\n');
}

export function sources(refs: readonly SourceRef[]): string {
  return refs.map((source) => writableLine(sourceInWords(source))).join('\n');
}
