import type { IsoDate } from '#kernel/dates.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor, ClassOfRecord } from '../rules/policy.ts';

/** A thing of a higher room, as far as the keeping of records needs to know it. */
export interface Item {
  kind: string;
  id: string;
  cls: ClassOfRecord;
  title: string;
  /** Its page. */
  href: string;
  /** Whether this person may change it, be it archived or not. */
  mayChange: boolean;
  mayExport: boolean;
}

/**
 * A kind of item, given by the room that has it. To the kind belongs the SQL function
 * `rows_of_KIND` in that room's migration.
 */
export interface ItemKind {
  /** Such as 'plan'; part of an address and of the function's name. */
  kind: string;
  /** Such as "plan". */
  name: string;
  /** The item, or null where there is none or this person may not know of it. */
  find: (tx: Tx, actor: Actor, id: string, today: IsoDate) => Promise<Item | null>;
}
