import { formatDate } from '#kernel/dates.ts';
import type { ActionPicture, PlanHead } from '../picture.ts';
import { dueInWords, ragName, statusName } from '../words.ts';
import type { RowCode } from './row-code.ts';
import { givenColumns, headerName, type GivenColumn } from './sheet-columns.ts';
import { readDate, type SheetRow } from './read-sheet.ts';

/** What stands of an action, as its row of an update sheet says it. */
export function givenCells(plan: PlanHead, action: ActionPicture): Record<GivenColumn, string> {
  const { lastUpdate, asked } = action;
  const waits = asked === null ? '' : ` (${dueInWords(asked.due)} was asked for)`;
  return {
    ref: action.ref,
    text: action.text,
    leads: action.leads.map((lead) => oneLine(lead.name)).join('\n'),
    due: `${dueInWords(action.due)}${waits}`,
    claimed: ragName(plan.ragScheme, action.claimedRag),
    status: statusName(action.status),
    lastUpdate: lastUpdate?.whatChanged ?? '',
    lastUpdateOn: lastUpdate === null ? '' : formatDate(lastUpdate.effectiveOn),
  };
}

/** On which version of an action each of these cells rests. */
const restsOn: Record<GivenColumn, keyof RowCode['versions']> = {
  ref: 'action',
  text: 'action',
  leads: 'action',
  due: 'due',
  claimed: 'update',
  status: 'update',
  lastUpdate: 'update',
  lastUpdateOn: 'update',
};

/**
 * What somebody wrote over in columns that are not to be filled in: it is shown, and never taken.
 * Of what was changed here since the sheet was made nothing is said: the sheet is only older.
 */
export function changedWords(
  row: SheetRow,
  plan: PlanHead,
  action: ActionPicture,
  then: RowCode['versions'],
  now: RowCode['versions'],
): string[] {
  const stands = givenCells(plan, action);
  return givenColumns.flatMap((column) => {
    const said = row.given[column];
    const moved = then[restsOn[column]] !== now[restsOn[column]] || then.asked !== now.asked;
    if (said === undefined || moved || oneLine(said) === oneLine(stands[column])) return [];
    if (column === 'lastUpdateOn' && isSameDay(said, action)) return [];
    return [
      `“${headerName(column)}” says “${short(said)}” in the sheet, and “${short(stands[column])}” here. It was not taken: only the columns to fill in are read.`,
    ];
  });
}

/** Another program may write the day in its own way. */
function isSameDay(said: string, { lastUpdate }: ActionPicture): boolean {
  const on = lastUpdate?.effectiveOn;
  return on !== undefined && readDate(said, null, on).due.to === on;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cf}\p{Cc}]+/gu, ' ').trim();
}

function short(text: string): string {
  const line = oneLine(text);
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
