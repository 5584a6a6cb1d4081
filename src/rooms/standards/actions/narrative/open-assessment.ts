import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, noteRead, type Actor, type CircumstancesOfRecord, type Letter } from '#people';
import type { Assessment, SectionId } from '../../rules/narrative/assessment.ts';
import { sectionState, type SectionState } from '../../rules/narrative/section-state.ts';
import { lockAssessment } from '../../store/narrative/append.ts';
import { readAssessment } from '../../store/narrative/read.ts';
import { readSectionSteps } from '../../store/read-sections.ts';
import {
  forbidden,
  locked,
  notFound,
  type Forbidden,
  type Locked,
  type NotFound,
} from '../outcome.ts';

/** An assessment, with where each of its sections is between writing and signing off. */
export interface FoundAssessment {
  assessment: Assessment;
  states: ReadonlyMap<SectionId, SectionState>;
}

/** The assessment as it stood at the end of a day, whoever asks; null where there is none. */
export async function findAssessment(
  tx: Tx,
  { authorityId }: Pick<Actor, 'authorityId'>,
  id: AssessmentId,
  asAt: IsoDate,
): Promise<FoundAssessment | null> {
  const assessment = await readAssessment(tx, authorityId, asAt, id);
  if (assessment === null) return null;
  const ids = assessment.sections.map((section) => section.id);
  const steps = await readSectionSteps(tx, authorityId, ids, { asAt });
  const bySection = Map.groupBy(steps, ({ sectionId }) => sectionId);
  return {
    assessment,
    states: new Map(ids.map((one) => [one, sectionState(bySection.get(one) ?? [])])),
  };
}

/**
 * How a person stands to an assessment, or to one of its sections. Assigned: a section, or this one,
 * was handed to a post that they hold. A guest reads what a peer challenge shares, not this.
 */
export function standingTo(
  actor: Pick<Actor, 'partyIds'>,
  found: Pick<FoundAssessment, 'states'>,
  section?: SectionId,
): CircumstancesOfRecord {
  const states = section === undefined ? [...found.states.values()] : [found.states.get(section)];
  return {
    assigned: states.some(
      (state) => state?.postId != null && actor.partyIds.includes(state.postId),
    ),
  };
}

/** The assessment as this person may read it as at a day; null where they may not know of it. */
export async function readAssessmentFor(
  tx: Tx,
  actor: Actor,
  id: AssessmentId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<FoundAssessment | null> {
  const now = await findAssessment(tx, actor, id, today);
  if (now === null || !may(actor, 'R', 'PLN', standingTo(actor, now))) return null;
  const found = asAt === today ? now : await findAssessment(tx, actor, id, asAt);
  if (found !== null) noteRead(actor, [{ fact: 'assessment', id }]);
  return found;
}

/**
 * Opens an assessment for writing, or one section of it: locks it, reads it as it stands today and
 * asks whether this person may. A section that is submitted or signed off takes no change.
 */
export async function openAssessment(
  tx: Tx,
  actor: Actor,
  id: AssessmentId,
  letter: Letter,
  today: IsoDate,
  section?: SectionId,
): Promise<({ kind: 'open' } & FoundAssessment) | NotFound | Forbidden | Locked> {
  await lockAssessment(tx, actor.authorityId, id);
  const found = await readAssessmentFor(tx, actor, id, today, today);
  if (found === null) return notFound;
  if (section !== undefined && !found.states.has(section)) return notFound;
  if (!may(actor, letter, 'PLN', standingToWrite(actor, found, section))) return forbidden;
  if (section !== undefined && found.states.get(section)?.locked === true) return locked;
  return { kind: 'open', ...found };
}

/** Whoever was handed one section writes in it, and in nothing else of the document. */
export function standingToWrite(
  actor: Pick<Actor, 'partyIds'>,
  found: Pick<FoundAssessment, 'states'>,
  section?: SectionId,
): CircumstancesOfRecord {
  return section === undefined ? {} : standingTo(actor, found, section);
}
