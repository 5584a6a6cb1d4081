import type { FastifyRequest } from 'fastify';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FormValues } from '#platform/web/forms.ts';
import { mayAnswer, readJudgementFor, standardsPaths, type FoundJudgement } from '#standards';
import type { PlanDeps } from '../deps.ts';
import type { Answered, AnsweredToAdd } from './answered.ts';
import { judgementPaths } from './paths.ts';

/** The judgement that a new action is to answer; as `findingToAnswer`. */
export async function judgementToAnswer(
  { db }: PlanDeps,
  { actor, today }: FastifyRequest,
  named: FormValues[string] | undefined,
): Promise<AnsweredToAdd | null | 'absent'> {
  if (named === undefined || named === '') return null;
  const id = typeof named === 'string' ? parseId<'judgement'>(named) : null;
  if (id === null) return 'absent';
  const found = await readInAuthority(db, actor.authorityId, (tx) =>
    readJudgementFor(tx, actor, id, today, today),
  );
  if (found === null || !mayAnswer(actor, found)) return 'absent';
  return { ...toldJudgement(found), values: valuesFrom(found) };
}

/** What pages of plans say of a judgement: what its criterion asks. */
export function toldJudgement({ judgement, criterion, picture }: FoundJudgement): Answered {
  return {
    item: { kind: 'judgement', id: judgement.id },
    kind: `criterion ${criterion.ref}`,
    source: `“${picture.edition.title}”`,
    where: '',
    words: criterion.text,
    href: standardsPaths.criterion(criterion.id),
    back: 'Back to the criterion',
    paths: {
      link: judgementPaths.link(judgement.id),
      add: judgementPaths.add(judgement.id),
      end: (action) => judgementPaths.end(judgement.id, action),
    },
  };
}

function valuesFrom({ judgement }: FoundJudgement): FormValues {
  return {
    text: judgement.whatNext ?? '',
    leads: judgement.leads.map(({ name }) => name),
    due: judgement.due?.asWritten ?? '',
  };
}
