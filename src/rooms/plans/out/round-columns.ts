import type { PartyId } from '#kernel/ids.ts';
import type { ActionPicture } from '../rules/picture.ts';
import { remindedOn, type Round, type RoundStanding } from '../rules/rounds.ts';
import { dueInWords } from '../rules/words.ts';
import type { ListColumn } from './list.ts';

/** The review rounds of a plan. */
export const roundColumns: readonly ListColumn<Round>[] = [
  { key: 'name', header: 'Round', width: 24, value: ({ name }) => name },
  { key: 'openedOn', header: 'Opened', width: 12, isDay: true, value: ({ openedOn }) => openedOn },
  { key: 'askedBy', header: 'Asked by', width: 12, isDay: true, value: ({ askedBy }) => askedBy },
  {
    key: 'closedOn',
    header: 'Closed',
    width: 12,
    isDay: true,
    value: ({ close }) => close?.on ?? null,
  },
  { key: 'note', header: 'Note', width: 50, value: ({ close }) => close?.note ?? null },
];

export interface RoundRow {
  action: ActionPicture;
  answered: boolean;
}

/** What a round asks for, what is missing first. */
export function roundRows({ missing, given }: RoundStanding): RoundRow[] {
  return [
    ...missing.map((action) => ({ action, answered: false })),
    ...given.map((action) => ({ action, answered: true })),
  ];
}

/** Whether each action that a round asks for has its update, and who answers for it. */
export function roundActionColumns(
  round: Round,
  holders: (partyId: PartyId) => string[],
): readonly ListColumn<RoundRow>[] {
  return [
    { key: 'ref', header: 'Ref', width: 8, value: ({ action }) => action.ref },
    { key: 'action', header: 'Action', width: 60, value: ({ action }) => action.text },
    {
      key: 'update',
      header: 'Update',
      width: 10,
      value: ({ answered }) => (answered ? 'Given' : 'Missing'),
    },
    {
      key: 'lead',
      header: 'Lead',
      width: 30,
      value: ({ action }) => action.leads.map(({ name }) => name).join('\n'),
    },
    {
      key: 'heldBy',
      header: 'Held by',
      width: 24,
      value: ({ action }) => action.leads.flatMap(({ id }) => holders(id)).join('\n'),
    },
    { key: 'due', header: 'Due', width: 18, value: ({ action }) => dueInWords(action.due) },
    {
      key: 'askedFor',
      header: 'Changed, not agreed',
      width: 18,
      value: ({ action }) => (action.asked === null ? null : dueInWords(action.asked.due)),
    },
    {
      key: 'lastUpdateOn',
      header: 'Last update on',
      width: 12,
      isDay: true,
      value: ({ action }) => action.lastUpdate?.effectiveOn ?? null,
    },
    {
      key: 'remindedOn',
      header: 'Reminded on',
      width: 12,
      isDay: true,
      value: ({ action, answered }) => {
        if (answered) return null;
        const days = action.leads.flatMap(({ id }) => remindedOn(round, id) ?? []);
        return days.sort().at(-1) ?? null;
      },
    },
  ];
}
