import type { IsoDate } from '#kernel/dates.ts';
import type { CriterionId, SourceId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import type { Whose } from '../rules/kinds.ts';
import { levelOf } from '../rules/levels.ts';
import type { VerdictId } from '../rules/picture.ts';
import { appendVerdictEnd, appendVerdicts } from '../store/append.ts';
import { readVerdicts } from '../store/read-judgements.ts';
import { openCriterion } from './open-edition.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

export interface GivenVerdict {
  whose: Whose;
  level: string | null;
  words: string | null;
  saidOn: IsoDate;
  sourceId: SourceId | null;
}

/**
 * Writes down what peers or an inspectorate said on a criterion. Whoever may change the plan-like
 * records of the whole authority does: a section's writers would otherwise keep their own score.
 */
export async function sayVerdict(
  db: Db,
  actor: Actor,
  today: IsoDate,
  criterionId: CriterionId,
  given: GivenVerdict,
): Promise<{ kind: 'done' } | NotFound | Forbidden | Refused> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openCriterion(tx, actor, criterionId, today);
    // What others said is no part of a section: it is written down while the section is locked too.
    if (opened.kind !== 'open' && opened.kind !== 'locked') return opened;
    if (!may(actor, 'U', 'PLN')) return forbidden;
    if (opened.kind === 'open' && given.level !== null) {
      if (levelOf(opened.picture.edition.levels, given.level) === null) {
        return refused({ field: 'level', text: 'Choose one of the levels of this framework' });
      }
    }
    if (given.level === null && given.words === null) {
      return refused({ field: 'words', text: 'Choose a level, or enter what they said' });
    }
    if (given.saidOn > today) return refused({ field: 'said', text: 'This day is in the future' });
    const before = await readVerdicts(tx, actor.authorityId, [criterionId], { asAt: today });
    const same = before.some(
      (one) =>
        one.whose === given.whose &&
        one.level === given.level &&
        one.words === given.words &&
        one.saidOn === given.saidOn,
    );
    if (same) return { kind: 'done' };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const { written } = await appendVerdicts(tx, writing, [{ criterionId, ...given }]);
    await recordFacts(tx, actor.userId, 'wrote down a verdict', written);
    return { kind: 'done' };
  });
}

/** Takes back a verdict that was written down wrongly; it stays in the history of earlier days. */
export async function takeVerdictBack(
  db: Db,
  actor: Actor,
  today: IsoDate,
  criterionId: CriterionId,
  verdictId: VerdictId,
  reason: string,
): Promise<{ kind: 'done' } | NotFound | Forbidden | Refused> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openCriterion(tx, actor, criterionId, today);
    if (opened.kind !== 'open' && opened.kind !== 'locked') return opened;
    if (!may(actor, 'U', 'PLN')) return forbidden;
    const standing = await readVerdicts(tx, actor.authorityId, [criterionId], { asAt: today });
    if (!standing.some(({ id }) => id === verdictId)) return notFound;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await appendVerdictEnd(tx, writing, verdictId, reason);
    await recordFacts(tx, actor.userId, 'took a verdict back', written);
    return { kind: 'done' };
  });
}
