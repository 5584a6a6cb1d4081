import type { IsoDate } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { accessTo, dayOfSource, readFindings, readSources, type KnowsItems } from '#findings';
import { may, noteRead, recordFacts, type Actor } from '#people';
import {
  evaluate,
  type EvaluationGround,
  type QuestionNumber,
  type Statement,
} from './self-evaluation.ts';
import {
  appendEvaluationWords,
  findOrAddEvaluation,
  lockAssessment,
} from '../../store/narrative/append.ts';
import { readEvaluationWords } from '../../store/narrative/read.ts';
import type { SelfEvaluationId, Written } from '../../rules/narrative/assessment.ts';
import { readEditionsFor } from '../open-edition.ts';
import { forbidden, type Forbidden } from '../outcome.ts';

/** A year's self-evaluation as it stands on a day. */
export interface Evaluation {
  year: number;
  statements: Record<QuestionNumber, Statement[]>;
  /** The words that people added, by question. */
  words: ReadonlyMap<number, { id: SelfEvaluationId; words: string | null; written: Written }>;
}

/** Whether this person reads the self-evaluation: it speaks of everything, and so is for no assigned ones. */
export function mayReadEvaluation(actor: Actor): boolean {
  return may(actor, 'R', 'PLN');
}

/**
 * The self-evaluation of a year as at a day: drawn from what this person may read, restricted
 * findings left out for everybody, so that its page and paper are the same for all.
 */
export async function readEvaluation(
  tx: Tx,
  actor: Actor,
  year: number,
  asAt: IsoDate,
  today: IsoDate,
  knows: KnowsItems | undefined,
): Promise<Evaluation> {
  const findings = (await readFindings(tx, actor.authorityId, asAt, 'all')).filter(
    (finding) =>
      finding.source.classification !== 'restricted' && accessTo(actor, finding) === 'whole',
  );
  const actionIds = [...new Set(findings.flatMap(({ actions }) => actions.map(({ id }) => id)))];
  const open = knows === undefined ? new Set<string>() : await knows(tx, actor, actionIds, today);
  const sources = (await readSources(tx, actor.authorityId, asAt)).filter(
    (source) =>
      source.classification !== 'restricted' && !source.withdrawn && dayOfSource(source) <= asAt,
  );
  const editions = await readEditionsFor(tx, actor, asAt, today);
  const ground: EvaluationGround = {
    asAt,
    findings: findings.map((finding) => ({
      ...finding,
      actions: finding.actions.filter(({ id }) => open.has(id)),
    })),
    sources,
    editions: editions.filter(({ edition }) => edition.state === 'in use'),
  };
  noteRead(
    actor,
    findings.map(({ id }) => ({ fact: 'finding', id })),
  );
  const words = await readEvaluationWords(tx, actor.authorityId, asAt, year);
  return { year, statements: evaluate(ground), words };
}

export type WriteWordsOutcome =
  | { kind: 'done' }
  /** Somebody saved first: theirs stands, nothing of this was written. */
  | { kind: 'stale'; theirs: { words: string | null; written: Written } | null }
  | Forbidden;

/** Writes the words that stand beside the statements of one question; null takes them out. */
export async function writeEvaluationWords(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: { year: number; question: QuestionNumber; words: string | null; seenVersion: number },
): Promise<WriteWordsOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if (!may(actor, 'U', 'PLN')) return forbidden;
    const { year, question, words } = given;
    await lockAssessment(tx, actor.authorityId, `self-evaluation ${year}`);
    const last = (await readEvaluationWords(tx, actor.authorityId, today, year)).get(question);
    if ((last?.words ?? null) === words) return { kind: 'done' };
    const version = last?.written.version ?? 0;
    if (version !== given.seenVersion) return { kind: 'stale', theirs: last ?? null };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const evaluation = await findOrAddEvaluation(tx, writing, year);
    const written = await appendEvaluationWords(
      tx,
      writing,
      evaluation.id,
      question,
      version + 1,
      words,
    );
    await recordFacts(tx, actor.userId, 'wrote in the self-evaluation', [
      ...evaluation.written,
      ...written,
    ]);
    return { kind: 'done' };
  });
}
