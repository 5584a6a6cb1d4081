import type { ComparedAction } from '../rules/compare.ts';
import type { ListColumn } from './list.ts';

/** One row for each field that differs; an action that only came or went has one row. */
export interface ComparedRow {
  one: ComparedAction;
  what: string | null;
  before: string | null;
  after: string | null;
}

export function comparedRows(compared: readonly ComparedAction[]): ComparedRow[] {
  return compared.flatMap((one): ComparedRow[] =>
    one.fields.length === 0
      ? [{ one, what: null, before: null, after: null }]
      : one.fields.map((field) => ({ one, ...field })),
  );
}

/** What differs between two days, field by field. */
export const comparedColumns: readonly ListColumn<ComparedRow>[] = [
  { key: 'ref', header: 'Ref', width: 8, value: ({ one }) => one.action.ref },
  { key: 'action', header: 'Action', width: 50, value: ({ one }) => one.action.text },
  { key: 'kind', header: 'What happened', width: 14, value: ({ one }) => one.kind },
  { key: 'why', header: 'How', width: 16, value: ({ one }) => one.why },
  { key: 'field', header: 'Field', width: 20, value: ({ what }) => what },
  { key: 'before', header: 'Was', width: 40, value: ({ before }) => before },
  { key: 'after', header: 'Is', width: 40, value: ({ after }) => after },
  { key: 'actionId', header: 'Action ID', width: 38, value: ({ one }) => one.id },
];
