import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { sessionLife } from '../rules/session-life.ts';
import {
  endSessionsBegunBefore,
  forgetFormsKeptBy,
  forgetGuessesBefore,
  forgetLinksEndedBy,
} from '../store/old-sign-ins.ts';

/** How long guesses at sign-in, and forms that came too late, are kept. */
const dayMs = 24 * 60 * 60_000;

/** The daily job that tidies up after sign-ins: no fact, so nothing is logged; doing it twice is harmless. */
export function tidySignIns(db: Db, authorityId: AuthorityId, now: Date): Promise<void> {
  return inAuthority(db, authorityId, async (tx) => {
    const dayAgo = new Date(now.getTime() - dayMs);
    await forgetGuessesBefore(tx, authorityId, dayAgo);
    await forgetFormsKeptBy(tx, authorityId, dayAgo);
    await forgetLinksEndedBy(tx, authorityId, now);
    // A day after it ran out, a session holds nothing any more that its person could send late.
    const begun = new Date(dayAgo.getTime() - sessionLife.wholeMs);
    await endSessionsBegunBefore(tx, authorityId, begun, now);
  });
}
