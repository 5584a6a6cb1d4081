/** Why a write was refused, beside the field where there is one. */
export interface Reason {
  field: string | null;
  text: string;
}

/** Nothing was written: the thing is not there, or this person may not know of it. */
export interface NotFound {
  kind: 'not-found';
}

/** Nothing was written: this person may see the thing, and may not do this to it. */
export interface Forbidden {
  kind: 'forbidden';
}

/** Nothing was written: every reason at once, each with what to do. */
export interface Refused {
  kind: 'refused';
  reasons: Reason[];
}

export const notFound: NotFound = { kind: 'not-found' };
export const forbidden: Forbidden = { kind: 'forbidden' };

export function refused(...reasons: Reason[]): Refused {
  return { kind: 'refused', reasons };
}
