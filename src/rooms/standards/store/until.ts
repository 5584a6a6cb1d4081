import type { IsoDate } from '#kernel/dates.ts';

/** Until when facts are read: those that hold by a day, and were recorded by an instant. */
export interface Until {
  asAt: IsoDate;
  /** Facts recorded after it are not read; every fact where it is not given. */
  knownAt?: Date | undefined;
}

const endOfTime = new Date('9999-12-31T00:00:00Z');

/** The instant up to which facts are read. */
export function knownBy({ knownAt }: Until): Date {
  return knownAt ?? endOfTime;
}
