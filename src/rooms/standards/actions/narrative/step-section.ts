import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, PartyId, UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, partiesByIds, recordFacts, type Actor, type Letter } from '#people';
import type { SectionStepKind } from '../../rules/kinds.ts';
import type { Section, SectionId } from '../../rules/narrative/assessment.ts';
import type { SectionState } from '../../rules/narrative/section-state.ts';
import { sectionHash } from './section-hash.ts';
import { appendSectionStep } from '../../store/append.ts';
import { lockAssessment } from '../../store/narrative/append.ts';
import { readSectionTexts } from '../../store/narrative/read.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from '../outcome.ts';
import { readAssessmentFor, standingTo } from './open-assessment.ts';

export interface GivenStep {
  step: SectionStepKind;
  /** Of 'handed': who is asked to write it. */
  postId: PartyId | null;
  dueOn: IsoDate | null;
  /** Why it is returned or opened again. */
  comment: string | null;
  /** The step that the person saw as the last. */
  seenVersion: number;
}

export type StepOutcome = { kind: 'done' } | { kind: 'stale' } | NotFound | Forbidden | Refused;

/** What each step takes: the letter of the permission matrix, and where the section must be. */
const rules: Readonly<
  Record<SectionStepKind, { letter: Letter; from: (state: SectionState) => boolean; act: string }>
> = {
  handed: { letter: 'G', from: ({ locked }) => !locked, act: 'handed a section out' },
  submitted: { letter: 'U', from: ({ locked }) => !locked, act: 'submitted a section' },
  returned: { letter: 'A', from: ({ state }) => state === 'submitted', act: 'returned a section' },
  'signed off': {
    letter: 'A',
    from: ({ state }) => state === 'submitted',
    act: 'signed a section off',
  },
  unlocked: {
    letter: 'A',
    from: ({ state }) => state === 'signed off',
    act: 'opened a section again',
  },
};

/** Whether this person may take this step on a section, as it is and by whom it was written. */
export function mayStep(
  actor: Actor,
  step: SectionStepKind,
  state: SectionState,
  authors: ReadonlySet<UserId>,
): boolean {
  const { letter, from } = rules[step];
  const assigned = state.postId !== null && actor.partyIds.includes(state.postId);
  const authorOfThisContent = step === 'signed off' && authors.has(actor.userId);
  return from(state) && may(actor, letter, 'PLN', { assigned, authorOfThisContent });
}

/** Whoever wrote a text of the section, or submitted it: none of them signs it off. */
export async function authorsOfSection(
  tx: Tx,
  { authorityId }: Pick<Actor, 'authorityId'>,
  today: IsoDate,
  section: Pick<Section, 'id'>,
  state: SectionState,
): Promise<Set<UserId>> {
  const texts = await readSectionTexts(tx, authorityId, today, section.id);
  const wrote = texts.flatMap(({ by }) => by ?? []);
  const submitted = state.state === 'submitted' && state.by !== null ? [state.by] : [];
  return new Set([...wrote, ...submitted]);
}

/** Takes a section one step on between those who write it and those who sign it off. */
export async function stepSection(
  db: Db,
  actor: Actor,
  today: IsoDate,
  assessmentId: AssessmentId,
  sectionId: SectionId,
  given: GivenStep,
): Promise<StepOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    await lockAssessment(tx, actor.authorityId, assessmentId);
    const found = await readAssessmentFor(tx, actor, assessmentId, today, today);
    const section = found?.assessment.sections.find(({ id }) => id === sectionId);
    const state = found?.states.get(sectionId);
    if (found == null || section === undefined || state === undefined) return notFound;
    const { step, comment } = given;
    const { letter, act } = rules[step];
    if (!may(actor, letter, 'PLN', standingTo(actor, found, sectionId))) return forbidden;
    if (state.version !== given.seenVersion) return { kind: 'stale' };
    const authors = await authorsOfSection(tx, actor, today, section, state);
    const why = await whyNot(tx, actor, given, section, state, authors);
    if (why !== null) return refused(why);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const isHashed = step === 'submitted' || step === 'signed off';
    const written = await appendSectionStep(tx, writing, {
      sectionKind: 'narrative',
      sectionId,
      roundId: null,
      version: state.version + 1,
      step,
      postId: step === 'handed' ? given.postId : null,
      dueOn: step === 'handed' ? given.dueOn : null,
      comment,
      contentHash: isHashed ? sectionHash(section) : null,
    });
    await recordFacts(tx, actor.userId, act, written);
    return { kind: 'done' };
  });
}

async function whyNot(
  tx: Tx,
  actor: Actor,
  { step, postId, comment }: GivenStep,
  section: Section,
  state: SectionState,
  authors: ReadonlySet<UserId>,
): Promise<{ field: string | null; text: string } | null> {
  if (!rules[step].from(state)) {
    return {
      field: null,
      text: 'The section is not at this step any more. Look at it as it is now',
    };
  }
  if (step === 'handed') {
    const known =
      postId !== null && (await partiesByIds(tx, actor.authorityId, [postId])).has(postId);
    return known ? null : { field: 'post', text: 'Choose who is asked to write it' };
  }
  if ((step === 'returned' || step === 'unlocked') && comment === null) {
    return { field: 'comment', text: 'Say why, for whoever writes it' };
  }
  if (step === 'submitted' && section.summary === '' && section.points.length === 0) {
    return { field: null, text: 'Nothing is written in this section yet' };
  }
  if (step === 'signed off' && authors.has(actor.userId)) {
    return { field: null, text: 'You wrote in this section, so another person signs it off' };
  }
  if (step === 'signed off' && state.contentHash !== sectionHash(section)) {
    return {
      field: null,
      text: 'One of its strengths or areas was changed in the register since it was submitted. Return it, so that it is submitted as it is now',
    };
  }
  return null;
}
