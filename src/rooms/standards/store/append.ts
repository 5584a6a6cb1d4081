import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type AuthorityId,
  type CriterionId,
  type EditionId,
  type FrameworkId,
  type JudgementId,
  type PartyId,
  type SourceId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from '#people';
import type {
  EditionState,
  MapRelation,
  SectionKind,
  SectionStepKind,
  Whose,
} from '../rules/kinds.ts';
import type { Level } from '../rules/levels.ts';
import type { Writing } from '#findings';
import type { AssessmentRoundId, DomainId, JudgementContent, VerdictId } from '../rules/picture.ts';
import './tables.ts';

export type { Writing };

/** A judgement to be appended: its leads by their ids alone. */
export interface NewJudgement extends Omit<JudgementContent, 'leads'> {
  criterionId: CriterionId;
  version: number;
  leadIds: readonly PartyId[];
}

export interface NewEdition {
  /** Null: the first edition of a new framework. */
  frameworkId: FrameworkId | null;
  followsId: EditionId | null;
  label: string;
  title: string;
  publisher: string | null;
  publishedOn: IsoDate | null;
  levels: readonly Level[];
  note: string | null;
  state: EditionState;
  /** In the order of the document. */
  domains: readonly {
    ref: string | null;
    title: string;
    criteria: readonly {
      ref: string;
      text: string;
      descriptors: Readonly<Record<string, string>>;
      /** Which of the edition before it is. */
      from: readonly { id: CriterionId; relation: MapRelation }[];
    }[];
  }[];
}

/** Rows are inserted in pieces, so that no statement passes PostgreSQL's 65,535 parameters. */
const rowsAtOnce = 500;

/**
 * One writer at a time in an edition, to the end of the transaction: what is read after this call
 * cannot change before the write.
 */
export async function lockEdition(tx: Tx, authority: AuthorityId, id: EditionId): Promise<void> {
  await lock(tx, `${authority} ${id}`);
}

/** As `lockEdition`, for the list of a framework's editions. */
export async function lockFramework(
  tx: Tx,
  authority: AuthorityId,
  id: FrameworkId,
): Promise<void> {
  await lock(tx, `${authority} ${id}`);
}

async function lock(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 5))`.execute(tx);
}

/** Appends an edition with its domains, criteria, and what became of those of the edition before. */
export async function appendEdition(
  tx: Tx,
  writing: Writing,
  edition: NewEdition,
): Promise<{ frameworkId: FrameworkId; editionId: EditionId; written: FactRef[] }> {
  const of = { authority_id: writing.authority, recorded_by: writing.by };
  const written: FactRef[] = [];
  const frameworkId = edition.frameworkId ?? newId<'framework'>();
  if (edition.frameworkId === null) {
    await tx
      .insertInto('framework')
      .values({ ...of, id: frameworkId })
      .execute();
    written.push({ fact: 'framework', id: frameworkId });
  }
  const editionId = newId<'framework edition'>();
  await tx
    .insertInto('framework_edition')
    .values({
      ...of,
      id: editionId,
      framework_id: frameworkId,
      follows_id: edition.followsId,
      label: edition.label,
      title: edition.title,
      publisher: edition.publisher,
      published_on: edition.publishedOn,
      levels: JSON.stringify(edition.levels),
      note: edition.note,
    })
    .execute();
  written.push({ fact: 'framework_edition', id: editionId });
  const domains = edition.domains.map((domain, position) => ({
    ...of,
    id: newId<'domain'>(),
    edition_id: editionId,
    ref: domain.ref,
    title: domain.title,
    position,
  }));
  await inPieces(domains, (piece) => tx.insertInto('domain').values(piece).execute());
  const given = edition.domains.flatMap((domain, index) =>
    domain.criteria.map((criterion) => ({ ...criterion, domainId: at(domains, index).id })),
  );
  const criteria = given.map((criterion, position) => ({
    ...of,
    id: newId<'criterion'>(),
    edition_id: editionId,
    domain_id: criterion.domainId,
    ref: criterion.ref,
    position,
    text: criterion.text,
    descriptors: JSON.stringify(criterion.descriptors),
  }));
  await inPieces(criteria, (piece) => tx.insertInto('criterion').values(piece).execute());
  const maps = given.flatMap((criterion, index) =>
    criterion.from.map((from) => ({
      ...of,
      id: newId<'criterion map'>(),
      criterion_id: at(criteria, index).id,
      from_id: from.id,
      relation: from.relation,
    })),
  );
  await inPieces(maps, (piece) => tx.insertInto('criterion_map').values(piece).execute());
  written.push(
    ...domains.map(({ id }) => ({ fact: 'domain', id })),
    ...criteria.map(({ id }) => ({ fact: 'criterion', id })),
    ...maps.map(({ id }) => ({ fact: 'criterion_map', id })),
    ...(await appendEditionState(tx, writing, editionId, 1, edition.state, null)),
  );
  return { frameworkId, editionId, written };
}

/** Appends whether an edition is a draft, in use or retired. */
export async function appendEditionState(
  tx: Tx,
  writing: Writing,
  editionId: EditionId,
  version: number,
  state: EditionState,
  reason: string | null,
): Promise<FactRef[]> {
  const id = newId<'edition state'>();
  await tx
    .insertInto('framework_edition_state')
    .values({
      authority_id: writing.authority,
      id,
      edition_id: editionId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      state,
      reason,
    })
    .execute();
  return [{ fact: 'framework_edition_state', id, version }];
}

/** Appends judgements, each with its leads and what it rests on. Answers their ids in the same order. */
export async function appendJudgements(
  tx: Tx,
  writing: Writing,
  judgements: readonly NewJudgement[],
): Promise<{ ids: JudgementId[]; written: FactRef[] }> {
  const of = { authority_id: writing.authority };
  const rows = judgements.map((one) => ({
    ...of,
    id: newId<'judgement'>(),
    criterion_id: one.criterionId,
    version: one.version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    progress: one.progress,
    level: one.level,
    result: one.result,
    how_met: one.howMet,
    why_not: one.whyNot,
    what_next: one.whatNext,
    due_as_written: one.due?.asWritten ?? null,
    due_from: one.due?.from ?? null,
    due_to: one.due?.to ?? null,
    due_precision: one.due?.precision ?? null,
  }));
  await inPieces(rows, (piece) => tx.insertInto('judgement').values(piece).execute());
  const leads = judgements.flatMap((one, index) =>
    [...new Set(one.leadIds)].map((party, position) => ({
      ...of,
      judgement_id: at(rows, index).id,
      party_id: party,
      position,
    })),
  );
  await inPieces(leads, (piece) => tx.insertInto('judgement_lead').values(piece).execute());
  const rests = judgements.flatMap((one, index) =>
    one.restsOn.map((rest, position) => ({
      ...of,
      id: newId<'judgement rest'>(),
      judgement_id: at(rows, index).id,
      position,
      kind: rest.kind,
      words: rest.words,
      dated_on: rest.datedOn,
      evidence_id: rest.evidenceId,
      source_id: rest.sourceId,
      finding_id: rest.findingId,
      recorded_by: writing.by,
    })),
  );
  await inPieces(rests, (piece) => tx.insertInto('judgement_rest').values(piece).execute());
  return {
    ids: rows.map(({ id }) => id),
    written: [
      ...rows.map(({ id, version }) => ({ fact: 'judgement', id, version })),
      ...rests.map(({ id }) => ({ fact: 'judgement_rest', id })),
    ],
  };
}

/** Appends what others said on criteria. */
export async function appendVerdicts(
  tx: Tx,
  writing: Writing,
  verdicts: readonly {
    criterionId: CriterionId;
    whose: Whose;
    level: string | null;
    words: string | null;
    saidOn: IsoDate;
    sourceId: SourceId | null;
  }[],
): Promise<{ ids: VerdictId[]; written: FactRef[] }> {
  const rows = verdicts.map((one) => ({
    authority_id: writing.authority,
    id: newId<'verdict'>(),
    criterion_id: one.criterionId,
    whose: one.whose,
    level: one.level,
    words: one.words,
    said_on: one.saidOn,
    source_id: one.sourceId,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
  }));
  await inPieces(rows, (piece) => tx.insertInto('verdict').values(piece).execute());
  return {
    ids: rows.map(({ id }) => id),
    written: rows.map(({ id }) => ({ fact: 'verdict', id })),
  };
}

/** Appends that a verdict was written down wrongly. */
export async function appendVerdictEnd(
  tx: Tx,
  writing: Writing,
  verdictId: VerdictId,
  reason: string,
): Promise<FactRef[]> {
  const id = newId<'verdict end'>();
  await tx
    .insertInto('verdict_end')
    .values({
      authority_id: writing.authority,
      id,
      verdict_id: verdictId,
      reason,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
    })
    .execute();
  return [{ fact: 'verdict_end', id }];
}

/** Appends that a self-assessment against an edition begins. */
export async function appendRound(
  tx: Tx,
  writing: Writing,
  editionId: EditionId,
  name: string,
): Promise<{ id: AssessmentRoundId; written: FactRef[] }> {
  const id = newId<'assessment round'>();
  await tx
    .insertInto('assessment_round')
    .values({
      authority_id: writing.authority,
      id,
      edition_id: editionId,
      name,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
    })
    .execute();
  return { id, written: [{ fact: 'assessment_round', id }] };
}

/** Appends a step of a section: a domain within its round, or a section of a narrative. */
export async function appendSectionStep(
  tx: Tx,
  writing: Writing,
  step: {
    sectionKind: SectionKind;
    sectionId: DomainId | string;
    roundId: AssessmentRoundId | null;
    version: number;
    step: SectionStepKind;
    postId: PartyId | null;
    dueOn: IsoDate | null;
    comment: string | null;
    contentHash: string | null;
  },
): Promise<FactRef[]> {
  const id = newId<'section step'>();
  await tx
    .insertInto('section_step')
    .values({
      authority_id: writing.authority,
      id,
      section_kind: step.sectionKind,
      section_id: step.sectionId,
      round_id: step.roundId,
      version: step.version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      step: step.step,
      post_id: step.postId,
      due_on: step.dueOn,
      comment: step.comment,
      content_hash: step.contentHash,
    })
    .execute();
  return [{ fact: 'section_step', id, version: step.version }];
}

async function inPieces<Row>(
  rows: readonly Row[],
  insert: (piece: Row[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await insert(rows.slice(start, start + rowsAtOnce));
  }
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError(`No value at ${index}`);
  return value;
}
