import type { FastifyRequest } from 'fastify';
import type { FormValues } from '#platform/web/forms.ts';
import type { AnsweredItem } from '../../actions/answer-finding.ts';
import type { PlanDeps } from '../deps.ts';
import { findingToAnswer } from './answered-finding.ts';
import { judgementToAnswer } from './answered-judgement.ts';

/** What pages of plans say of an item that an action answers. */
export interface Answered {
  item: AnsweredItem;
  /** "recommendation 2", "criterion 1.9" */
  kind: string;
  /** "“Inspection of help and protection”", or that it is restricted. */
  source: string;
  /** ", page 4, paragraph 12"; nothing where nobody wrote it down. */
  where: string;
  /** To the letter; of a restricted finding the words that were written to be shared. */
  words: string | null;
  /** Its page, and how a link back to it is called. */
  href: string;
  back: string;
  /** Where actions that answer it are linked, added, and taken off. */
  paths: { link: string; add: string; end: (action: string) => string };
}

/** With what a form of a new action begins. */
export type AnsweredToAdd = Answered & { values: FormValues };

/**
 * What a new action is to answer, for whoever may say so: null where the form names nothing,
 * 'absent' where this person may not, or there is none.
 */
export async function itemToAnswer(
  deps: PlanDeps,
  request: FastifyRequest,
  named: FormValues,
): Promise<AnsweredToAdd | null | 'absent'> {
  return (
    (await findingToAnswer(deps, request, named['finding'])) ??
    (await judgementToAnswer(deps, request, named['judgement']))
  );
}
