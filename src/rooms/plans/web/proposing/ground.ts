import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId, type JudgementId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { listParties } from '#people';
import {
  actionsOfCriteria,
  fallsShort,
  mayAnswer,
  readEditionFor,
  type EditionPicture,
  type FoundJudgement,
} from '#standards';
import type { PlanPicture } from '../../rules/picture.ts';
import { mayAddTo } from '../answering/ground.ts';
import type { PlanDeps } from '../deps.ts';
import { earlierDay } from '../edit/ground.ts';
import { readablePlans } from '../load-lists.ts';

/** A judgement that falls short, and whether an action answers its criterion already. */
export type Short = FoundJudgement & { answered: boolean };

/** What the page stands on that proposes actions for what falls short in an edition. */
export interface ProposeGround {
  picture: EditionPicture;
  short: Short[];
  /** Those in which this person may add actions. */
  plans: PlanPicture[];
  parties: string[];
}

/** The edition of a request, for a person who may say what answers something in it. */
export async function openProposing(
  { db }: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ProposeGround | null> {
  const { actor, asAt, today } = request;
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const { authorityId } = actor;
  const id = parseId<'framework edition'>((request.params as { edition: string }).edition);
  const ground =
    id === null
      ? null
      : await readInAuthority(db, authorityId, async (tx) => {
          const picture = await readEditionFor(tx, actor, id, today, today);
          if (picture === null) return null;
          const short = judgementsThatFallShort(picture).filter((one) => mayAnswer(actor, one));
          const isForAny = picture.edition.domains.some((domain) =>
            mayAnswer(actor, { picture, domain }),
          );
          if (!isForAny) return 'forbidden';
          const criterionIds = short.map(({ criterion }) => criterion.id);
          const answers = await actionsOfCriteria(tx, authorityId, criterionIds, today);
          const plans = await readablePlans(tx, actor, today, today);
          return {
            picture,
            short: short.map((one) => ({ ...one, answered: answers.has(one.criterion.id) })),
            plans: plans.filter((plan) => mayAddTo(actor, plan)),
            parties: (await listParties(tx, authorityId)).map(({ name }) => name),
          };
        });
  if (ground === null) {
    reply.notFound();
    return null;
  }
  if (ground === 'forbidden') {
    reply.problem(403);
    return null;
  }
  return ground;
}

/** The judgements of an edition in use that are partly met or not met, in the document's order. */
function judgementsThatFallShort(picture: EditionPicture): FoundJudgement[] {
  const { edition, judgements } = picture;
  if (edition.state === 'retired') return [];
  return edition.domains.flatMap((domain) =>
    domain.criteria.flatMap((criterion) => {
      const judgement = judgements.get(criterion.id);
      if (judgement === undefined || !fallsShort(edition.levels, judgement.level)) return [];
      return [{ judgement, criterion, domain, picture }];
    }),
  );
}

/** How the boxes of a judgement are called. */
export const boxOf = (part: 'take' | 'key' | 'text' | 'due' | 'leads', id: JudgementId): string =>
  `${part}-${id}`;
