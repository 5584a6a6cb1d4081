import type { IsoDate } from '#kernel/dates.ts';

/** What of a token says whether it works. */
export interface TokenFacts {
  /** The first day on which it opens nothing. */
  endsOn: IsoDate;
  ended: object | null;
  hasSecret: boolean;
}

/** Whether the token works on that day, its person's account apart. */
export function isLiving(token: TokenFacts, on: IsoDate): boolean {
  return token.ended === null && token.hasSecret && token.endsOn > on;
}
