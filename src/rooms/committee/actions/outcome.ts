/** Why a write was refused, beside the field where there is one. */
export interface Reason {
  field: string | null;
  text: string;
}

/** Nothing was written: the report is not there, or this person may not know of it. */
export interface NotFound {
  kind: 'not-found';
}

/** Nothing was written: this person may read the report, and may not do this to it. */
export interface Forbidden {
  kind: 'forbidden';
}

/** Nothing was written: every reason at once, each with what to do. */
export interface Refused {
  kind: 'refused';
  reasons: Reason[];
}

/** Nothing was written: what is final takes no more words. */
export interface Final {
  kind: 'final';
}

export const notFound: NotFound = { kind: 'not-found' };
export const forbidden: Forbidden = { kind: 'forbidden' };
export const final: Final = { kind: 'final' };

export function refused(...reasons: Reason[]): Refused {
  return { kind: 'refused', reasons };
}
