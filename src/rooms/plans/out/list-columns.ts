import { londonDay } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { closureText } from '../rules/closure-history.ts';
import { historySentence, type HistoryEntry } from '../rules/history.ts';
import type { MyAction } from '../rules/my-actions.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { summarise, type PlanSummary } from '../rules/position.ts';
import { dueInWords, movedInWords, ragName, statusName } from '../rules/words.ts';
import type { ListColumn } from './list.ts';

/** The list of plans. */
export const planColumns: readonly ListColumn<PlanPicture>[] = [
  { key: 'title', header: 'Plan', width: 40, value: ({ plan }) => plan.title },
  { key: 'owner', header: 'Owner', width: 30, value: ({ plan }) => plan.owner?.name ?? null },
  {
    key: 'boards',
    header: 'Boards',
    width: 30,
    value: ({ plan }) => plan.boards.map((board) => board.name).join('\n'),
  },
  { key: 'from', header: 'From', width: 12, isDay: true, value: ({ plan }) => plan.periodFrom },
  { key: 'to', header: 'To', width: 12, isDay: true, value: ({ plan }) => plan.periodTo },
  { key: 'state', header: 'State', width: 10, value: ({ plan }) => plan.state },
  figure('actions', 'Actions', (summary) => summary.actions),
  figure('complete', 'Complete', (summary) => summary.byStatus.complete),
  figure('inProgress', 'In progress', (summary) => summary.byStatus['in progress']),
  figure('notStarted', 'Not started', (summary) => summary.byStatus['not started']),
  figure('withoutStatus', 'Without a status', (summary) => summary.byStatus.none),
  figure('overdue', 'Overdue', (summary) => summary.overdue),
  figure('revised', 'Date revised', (summary) => summary.revised),
  { key: 'id', header: 'Plan ID', width: 38, value: ({ plan }) => plan.id },
];

function figure(
  key: string,
  header: string,
  value: (summary: PlanSummary) => number,
): ListColumn<PlanPicture> {
  return { key, header, width: 12, value: (picture) => value(summarise(picture.actions)) };
}

/** The changes of a plan, each told as its page tells it. */
export function changeColumns(
  picture: PlanPicture,
  names: ReadonlyMap<UserId, string>,
): readonly ListColumn<HistoryEntry>[] {
  const scheme = picture.plan.ragScheme;
  return [
    { key: 'on', header: 'On', width: 12, isDay: true, value: (entry) => entry.effectiveOn },
    {
      key: 'recordedOn',
      header: 'Recorded on',
      width: 12,
      isDay: true,
      value: (entry) => londonDay(entry.recordedAt),
    },
    {
      key: 'by',
      header: 'By',
      width: 24,
      value: (entry) => (entry.by === null ? null : (names.get(entry.by) ?? null)),
    },
    { key: 'ref', header: 'Ref', width: 8, value: (entry) => entry.ref },
    {
      key: 'action',
      header: 'Action',
      width: 50,
      value: (entry) => picture.actions.find((one) => one.id === entry.actionId)?.text ?? null,
    },
    {
      key: 'what',
      header: 'What happened',
      width: 50,
      value: (entry) => historySentence(entry, (colour) => ragName(scheme, colour)),
    },
    { key: 'words', header: 'In words', width: 60, value: wordsOf },
    { key: 'actionId', header: 'Action ID', width: 38, value: (entry) => entry.actionId },
  ];
}

function wordsOf(entry: HistoryEntry): string | null {
  switch (entry.kind) {
    case 'update':
      return entry.update.whatChanged;
    case 'due':
    case 'withdrawn':
    case 'restored':
      return entry.reason;
    case 'test':
    case 'closure':
    case 'closure answer':
      return closureText(entry);
    case 'changed':
      return entry.changes
        .map((change) => `${change.what}: was “${change.before}”, now “${change.after}”`)
        .join('\n');
    case 'asked':
      return `${entry.request.reason}\nEffect on children: ${entry.request.effectOnChildren}`;
    case 'refused':
    case 'taken back':
      return entry.request.decision?.reason ?? null;
    case 'board':
      return entry.said.minute;
    case 'added':
      return null;
  }
}

/** What a person leads or contributes to. */
export const myWorkColumns: readonly ListColumn<MyAction>[] = [
  { key: 'plan', header: 'Plan', width: 30, value: ({ picture }) => picture.plan.title },
  { key: 'ref', header: 'Ref', width: 8, value: ({ action }) => action.ref },
  { key: 'action', header: 'Action', width: 60, value: ({ action }) => action.text },
  {
    key: 'leads',
    header: 'Lead',
    width: 30,
    value: ({ action }) => action.leads.map((lead) => lead.name).join('\n'),
  },
  { key: 'due', header: 'Due', width: 20, value: ({ action }) => dueInWords(action.due) },
  {
    key: 'dueDate',
    header: 'Due date',
    width: 12,
    isDay: true,
    value: ({ action }) => action.due.to,
  },
  {
    key: 'moved',
    header: 'How far it moved',
    width: 30,
    value: ({ action }) => movedInWords(action),
  },
  {
    key: 'askedFor',
    header: 'Asked for, not yet agreed',
    width: 20,
    value: ({ action }) => (action.asked === null ? null : dueInWords(action.asked.due)),
  },
  {
    key: 'daysOverdue',
    header: 'Days overdue',
    width: 10,
    value: ({ action }) => action.daysOverdue,
  },
  {
    key: 'rag',
    header: 'RAG',
    width: 12,
    value: ({ action, picture }) => ragName(picture.plan.ragScheme, action.claimedRag),
  },
  { key: 'status', header: 'Status', width: 14, value: ({ action }) => statusName(action.status) },
  {
    key: 'lastUpdateOn',
    header: 'Last update on',
    width: 12,
    isDay: true,
    value: ({ action }) => action.lastUpdate?.effectiveOn ?? null,
  },
  {
    key: 'lastUpdate',
    header: 'Last update',
    width: 60,
    value: ({ action }) => action.lastUpdate?.whatChanged ?? null,
  },
  { key: 'actionId', header: 'Action ID', width: 38, value: ({ action }) => action.id },
];
