import type { IsoDate } from '#kernel/dates.ts';
import type { CriterionId, EditionId, PartyId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  may,
  noteRead,
  partiesByIds,
  type Actor,
  type CircumstancesOfRecord,
  type Letter,
} from '#people';
import { domainSection, type DomainSection } from '../rules/domain-sections.ts';
import type {
  AssessmentRound,
  Criterion,
  Domain,
  DomainId,
  Edition,
  Judgement,
  PartyRef,
} from '../rules/picture.ts';
import { lockEdition } from '../store/append.ts';
import { criteriaByIds, readEdition, readEditionHeads } from '../store/read-editions.ts';
import { readJudgements } from '../store/read-judgements.ts';
import { readRounds, readSectionSteps } from '../store/read-sections.ts';
import {
  forbidden,
  locked,
  notFound,
  refused,
  type Forbidden,
  type Locked,
  type NotFound,
  type Refused,
} from './outcome.ts';

/** An edition with what the authority says of itself, as at a day. */
export interface EditionPicture {
  edition: Edition;
  asAt: IsoDate;
  judgements: ReadonlyMap<CriterionId, Judgement>;
  /** The self-assessment that was opened last. */
  round: AssessmentRound | null;
  sections: ReadonlyMap<DomainId, DomainSection>;
  /** The posts to which sections were handed. */
  posts: ReadonlyMap<PartyId, PartyRef>;
}

/** The edition as it stood at the end of a day, whoever asks; null where there is none. */
export async function findEdition(
  tx: Tx,
  { authorityId }: Pick<Actor, 'authorityId'>,
  id: EditionId,
  asAt: IsoDate,
): Promise<EditionPicture | null> {
  const edition = await readEdition(tx, authorityId, id, { asAt });
  if (edition === null) return null;
  const criteria = edition.domains.flatMap((domain) => domain.criteria);
  const judgements = await readJudgements(
    tx,
    authorityId,
    criteria.map((one) => one.id),
    { asAt },
  );
  const [round = null] = await readRounds(tx, authorityId, [id], { asAt });
  const domainIds = edition.domains.map((domain) => domain.id);
  const steps = Map.groupBy(
    await readSectionSteps(tx, authorityId, domainIds, { asAt }),
    ({ sectionId }) => sectionId,
  );
  const sections = new Map(
    domainIds.map((domain) => [domain, domainSection(round, steps.get(domain) ?? [])]),
  );
  const posts = await partiesByIds(
    tx,
    authorityId,
    [...sections.values()].flatMap(({ postId }) => postId ?? []),
  );
  return { edition, asAt, judgements, round, sections, posts };
}

/**
 * How a person stands to an edition as a reader: assigned where one of its sections was handed to a
 * post of theirs, or a judgement names one of them as who is to act.
 */
export function standingToEdition(
  { partyIds }: Pick<Actor, 'partyIds'>,
  { sections, judgements }: Pick<EditionPicture, 'sections' | 'judgements'>,
): CircumstancesOfRecord {
  const acts = (id: PartyId | null) => id !== null && partyIds.includes(id);
  return {
    assigned:
      [...sections.values()].some(({ postId }) => acts(postId)) ||
      [...judgements.values()].some(({ leads }) => leads.some(({ id }) => acts(id))),
  };
}

/** How a person stands to one domain as a writer: assigned where it was handed to their post. */
export function standingToDomain(
  { partyIds }: Pick<Actor, 'partyIds'>,
  { sections }: Pick<EditionPicture, 'sections'>,
  domainId: DomainId,
): CircumstancesOfRecord {
  const postId = sections.get(domainId)?.postId ?? null;
  return { assigned: postId !== null && partyIds.includes(postId) };
}

/** The edition as this person may read it as at a day; null where they may not know of it. */
export async function readEditionFor(
  tx: Tx,
  actor: Actor,
  id: EditionId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<EditionPicture | null> {
  const picture = await findEdition(tx, actor, id, asAt);
  if (picture === null) return null;
  // Permissions are always today's.
  const now = asAt === today ? picture : await findEdition(tx, actor, id, today);
  if (now === null || !may(actor, 'R', 'PLN', standingToEdition(actor, now))) return null;
  noteRead(actor, [{ fact: 'framework_edition', id }]);
  return picture;
}

/** Every edition that this person may read as at a day, those in use first. */
export async function readEditionsFor(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
): Promise<EditionPicture[]> {
  const heads = await readEditionHeads(tx, actor.authorityId, { asAt });
  const pictures: EditionPicture[] = [];
  for (const { id } of heads) {
    const picture = await readEditionFor(tx, actor, id, asAt, today);
    if (picture !== null) pictures.push(picture);
  }
  return pictures;
}

export interface OpenCriterion {
  kind: 'open';
  picture: EditionPicture;
  domain: Domain;
  criterion: Criterion;
}

/** A criterion with its edition, as this person may read it as at a day; null where they may not. */
export async function readCriterionFor(
  tx: Tx,
  actor: Actor,
  id: CriterionId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<Omit<OpenCriterion, 'kind'> | null> {
  const [criterion] = await criteriaByIds(tx, actor.authorityId, [id]);
  if (criterion === undefined) return null;
  const picture = await readEditionFor(tx, actor, criterion.editionId, asAt, today);
  const domain = picture?.edition.domains.find((one) => one.id === criterion.domainId);
  if (picture === null || domain === undefined) return null;
  noteRead(actor, [{ fact: 'criterion', id }]);
  return { picture, domain, criterion };
}

/**
 * Opens a criterion for writing: locks its edition, and asks whether this person may, and whether
 * its section is open. What is read here cannot change before the transaction ends.
 */
export async function openCriterion(
  tx: Tx,
  actor: Actor,
  id: CriterionId,
  today: IsoDate,
): Promise<OpenCriterion | NotFound | Forbidden | Locked | Refused> {
  const [criterion] = await criteriaByIds(tx, actor.authorityId, [id]);
  if (criterion === undefined) return notFound;
  await lockEdition(tx, actor.authorityId, criterion.editionId);
  const opened = await readCriterionFor(tx, actor, id, today, today);
  if (opened === null) return notFound;
  const { picture, domain } = opened;
  if (!may(actor, 'U', 'PLN', standingToDomain(actor, picture, domain.id))) return forbidden;
  if (picture.edition.state === 'retired') {
    return refused({
      field: null,
      text: 'This edition is retired, so nothing in it can be judged.',
    });
  }
  if (picture.sections.get(domain.id)?.locked === true) return locked;
  return { kind: 'open', ...opened };
}

/** Opens an edition for a deed on the whole of it, or on one domain of it. */
export async function openEdition(
  tx: Tx,
  actor: Actor,
  id: EditionId,
  letter: Letter,
  today: IsoDate,
): Promise<{ kind: 'open'; picture: EditionPicture } | NotFound | Forbidden> {
  await lockEdition(tx, actor.authorityId, id);
  const picture = await readEditionFor(tx, actor, id, today, today);
  if (picture === null) return notFound;
  return may(actor, letter, 'PLN') ? { kind: 'open', picture } : forbidden;
}
