/** Why a write was refused, beside the field where there is one. */
export interface Reason {
  field: string | null;
  text: string;
}

/** Nothing was written: it is not there, or this person may not know of it. */
export interface NotFound {
  kind: 'not-found';
}

/** Nothing was written: this person may see it, and may not do this to it. */
export interface Forbidden {
  kind: 'forbidden';
}

/** Nothing was written: the section is submitted or signed off. */
export interface Locked {
  kind: 'locked';
}

/** Nothing was written: somebody else wrote since this person looked. */
export interface Stale {
  kind: 'stale';
}

/** Nothing was written: every reason at once, each with what to do. */
export interface Refused {
  kind: 'refused';
  reasons: Reason[];
}

export const notFound: NotFound = { kind: 'not-found' };
export const forbidden: Forbidden = { kind: 'forbidden' };
export const locked: Locked = { kind: 'locked' };
export const stale: Stale = { kind: 'stale' };

export function refused(...reasons: Reason[]): Refused {
  return { kind: 'refused', reasons };
}
