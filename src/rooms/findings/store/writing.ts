import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, UserId } from '#kernel/ids.ts';

/** A row that was appended, for the audit log. */
export interface WrittenFact {
  fact: string;
  id: string;
  version?: number;
}

/** Who writes, for which authority, and from which day it holds. */
export interface Writing {
  authority: AuthorityId;
  by: UserId | null;
  effectiveOn: IsoDate;
}

/** Rows are inserted in pieces, so that no statement passes PostgreSQL's 65,535 parameters. */
export function inPieces<Row>(rows: readonly Row[], size = 500): Row[][] {
  const pieces: Row[][] = [];
  for (let from = 0; from < rows.length; from += size) pieces.push(rows.slice(from, from + size));
  return pieces;
}
