import type { IsoDate } from '#kernel/dates.ts';
import type { EditionId, PartyId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import {
  may,
  partiesByIds,
  recordFacts,
  whyNot,
  type Actor,
  type FactRef,
  type Refusal,
} from '#people';
import { authorsOf, type DomainSection } from '../rules/domain-sections.ts';
import type { SectionStepKind } from '../rules/kinds.ts';
import type { Domain, DomainId } from '../rules/picture.ts';
import { appendRound, appendSectionStep, lockEdition } from '../store/append.ts';
import { readJudgementHistory } from '../store/read-judgements.ts';
import { readRounds } from '../store/read-sections.ts';
import { domainHash } from './domain-hash.ts';
import {
  openEdition,
  readEditionFor,
  standingToDomain,
  type EditionPicture,
} from './open-edition.ts';
import {
  forbidden,
  notFound,
  refused,
  stale,
  type Forbidden,
  type NotFound,
  type Refused,
  type Stale,
} from './outcome.ts';

type Outcome = { kind: 'done' } | NotFound | Forbidden | Refused | Stale;

/** Opens a self-assessment against an edition: every section begins anew, and none is locked. */
export async function openRound(
  db: Db,
  actor: Actor,
  today: IsoDate,
  editionId: EditionId,
  name: string,
): Promise<Outcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openEdition(tx, actor, editionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    if (opened.picture.edition.state === 'retired') {
      return refused({ field: 'name', text: 'This edition is retired' });
    }
    const rounds = await readRounds(tx, actor.authorityId, [editionId], { asAt: today });
    if (rounds[0]?.name === name) return { kind: 'done' };
    if (rounds.some((round) => round.name === name)) {
      return refused({ field: 'name', text: `There was a self-assessment “${name}” already` });
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const { written } = await appendRound(tx, writing, editionId, name);
    await recordFacts(tx, actor.userId, 'opened a self-assessment', written);
    return { kind: 'done' };
  });
}

/** A step that a person asks for, with what it needs. */
export type GivenStep =
  | { step: 'handed'; postId: PartyId; dueOn: IsoDate | null; comment: string | null }
  | { step: 'submitted'; comment: string | null }
  | { step: 'returned' | 'unlocked'; comment: string }
  /** `seenHash`: what the signer looked at. */
  | { step: 'signed off'; comment: string | null; seenHash: string };

/** What a person may do with a section now. */
export interface SectionRights {
  hand: boolean;
  submit: boolean;
  return: boolean;
  unlock: boolean;
  /** Why they may not sign it off; empty when they may. */
  notSign: Refusal[] | 'not submitted';
}

/** What this person may do with a section as it stands. */
export async function sectionRights(
  tx: Tx,
  actor: Actor,
  picture: EditionPicture,
  domain: Domain,
): Promise<SectionRights> {
  const section = sectionOf(picture, domain.id);
  const standing = standingToDomain(actor, picture, domain.id);
  const inUse = picture.edition.state !== 'retired' && section.round !== null;
  const { state } = section;
  const signs = may(actor, 'A', 'PLN', standing);
  return {
    hand: inUse && !section.locked && may(actor, 'G', 'PLN', standing),
    submit: inUse && !section.locked && section.postId !== null && may(actor, 'U', 'PLN', standing),
    return: inUse && state === 'submitted' && signs,
    unlock: inUse && state === 'signed off' && signs,
    notSign:
      inUse && state === 'submitted'
        ? whyNot(actor, 'A', 'PLN', {
            ...standing,
            authorOfThisContent: (await authors(tx, actor, section, domain)).has(actor.userId),
          })
        : 'not submitted',
  };
}

/**
 * Takes a step of a section. Rule 3 binds the signature: nobody signs off a section in which they
 * wrote a judgement, or which they submitted themselves.
 */
export async function takeStep(
  db: Db,
  actor: Actor,
  today: IsoDate,
  editionId: EditionId,
  domainId: DomainId,
  seenVersion: number,
  given: GivenStep,
): Promise<Outcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    await lockEdition(tx, actor.authorityId, editionId);
    const picture = await readEditionFor(tx, actor, editionId, today, today);
    const domain = picture?.edition.domains.find(({ id }) => id === domainId);
    if (picture === null || domain === undefined) return notFound;
    const section = sectionOf(picture, domainId);
    if (section.version !== seenVersion) return stale;
    const rights = await sectionRights(tx, actor, picture, domain);
    const hash = domainHash(domain.criteria, picture.judgements);
    switch (given.step) {
      case 'handed':
        if (!rights.hand) return forbidden;
        if (!(await isPost(tx, actor, given.postId))) {
          return refused({ field: 'post', text: 'Choose one of the posts in the list' });
        }
        return append(tx, actor, today, section, domainId, {
          step: 'handed',
          postId: given.postId,
          dueOn: given.dueOn,
          comment: given.comment,
          contentHash: null,
        });
      case 'submitted':
        if (!rights.submit) return forbidden;
        return next(tx, actor, today, section, domainId, 'submitted', given.comment, hash);
      case 'returned':
        if (!rights.return) return forbidden;
        return next(tx, actor, today, section, domainId, 'returned', given.comment, null);
      case 'unlocked':
        if (!rights.unlock) return forbidden;
        return next(tx, actor, today, section, domainId, 'unlocked', given.comment, null);
      case 'signed off':
        if (rights.notSign === 'not submitted' || rights.notSign.length > 0) return forbidden;
        if (given.seenHash !== hash) return stale;
        return next(tx, actor, today, section, domainId, 'signed off', given.comment, hash);
    }
  });
}

async function isPost(tx: Tx, actor: Actor, id: PartyId): Promise<boolean> {
  return (await partiesByIds(tx, actor.authorityId, [id])).get(id)?.kind === 'post';
}

function sectionOf({ sections }: EditionPicture, id: DomainId): DomainSection {
  const section = sections.get(id);
  if (section === undefined) throw new Error('A domain without a section');
  return section;
}

async function authors(tx: Tx, actor: Actor, section: DomainSection, domain: Domain) {
  const ids = domain.criteria.map(({ id }) => id);
  const until = { asAt: '9999-12-31' as IsoDate };
  const history = await readJudgementHistory(tx, actor.authorityId, ids, until);
  return authorsOf(section, domain.criteria, history);
}

/** A step that leaves the section with the post that has it. */
function next(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  section: DomainSection,
  domainId: DomainId,
  step: SectionStepKind,
  comment: string | null,
  contentHash: string | null,
) {
  const { postId, dueOn } = section;
  return append(tx, actor, today, section, domainId, {
    step,
    postId,
    dueOn,
    comment,
    contentHash,
  });
}

async function append(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  section: DomainSection,
  domainId: DomainId,
  step: {
    step: SectionStepKind;
    postId: PartyId | null;
    dueOn: IsoDate | null;
    comment: string | null;
    contentHash: string | null;
  },
): Promise<{ kind: 'done' }> {
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const written: FactRef[] = await appendSectionStep(tx, writing, {
    sectionKind: 'domain',
    sectionId: domainId,
    roundId: section.round?.id ?? null,
    version: section.version + 1,
    ...step,
  });
  await recordFacts(tx, actor.userId, `section ${step.step}`, written);
  return { kind: 'done' };
}
