import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { deriveState, type FindingPicture, type LinkedAction, type SourcePicture } from '#findings';
import type { Actor, GrantableRole } from '#people';
import { toldTo } from '../../actions/tell-checks.ts';
import type { Challenge } from '../challenge/picture.ts';
import { metLevels } from '../levels.ts';
import type { Judgement, Rest, Verdict } from '../picture.ts';
import type { CheckedCriterion, Ground } from './ground.ts';
import { checks, runChecks } from './index.ts';
import { filterChecks, printedChecks } from './told.ts';

const today = '2026-03-04' as IsoDate;
const ago = (days: number) => addDays(today, -days);
const lead = { id: newId<'party'>(), kind: 'post', name: 'Service Manager' };
const board = { id: newId<'party'>(), kind: 'board', name: 'Improvement board' };

const rest: Rest = {
  kind: 'data',
  words: 'Monthly return',
  datedOn: ago(30),
  evidenceId: null,
  sourceId: null,
  findingId: null,
};
function judged(
  more: Partial<Judgement> = {},
  verdicts: Partial<Verdict>[] = [],
): CheckedCriterion {
  const criterionId = newId<'criterion'>();
  return {
    criterion: {
      id: criterionId,
      editionId: newId(),
      domainId: newId(),
      ref: '1.10',
      position: 1,
      text: 'Children are seen alone',
      descriptors: {},
    },
    levels: metLevels,
    judgement: {
      id: newId(),
      criterionId,
      version: 1,
      effectiveOn: ago(30),
      recordedAt: new Date('2026-02-01T10:00:00Z'),
      by: null,
      progress: 'done',
      level: 'fully-met',
      result: null,
      howMet: 'They are',
      whyNot: null,
      whatNext: null,
      due: null,
      leads: [],
      restsOn: [rest],
      ...more,
    },
    verdicts: verdicts.map((one) => ({
      id: newId(),
      criterionId,
      whose: 'peer' as const,
      level: 'fully-met',
      words: null,
      saidOn: ago(10),
      sourceId: null,
      by: null,
      ...one,
    })),
  };
}
const due = (to: IsoDate) => ({ asWritten: to, from: to, to, precision: 'day' as const });
/** Partly met, with all that is asked of such a judgement. */
const short = (more: Partial<Judgement> = {}): CheckedCriterion =>
  judged({
    level: 'partially-met',
    progress: 'in progress',
    whatNext: 'A second look',
    due: due(addDays(today, 30)),
    leads: [{ id: lead.id, name: lead.name }],
    ...more,
  });

const source = (more: Partial<SourcePicture> = {}): SourcePicture => ({
  id: newId(),
  kind: 'inspection',
  title: 'Letter',
  body: 'Ofsted',
  reference: null,
  visitFrom: null,
  visitTo: null,
  publishedOn: ago(60),
  receivedOn: null,
  overall: null,
  overallIs: 'none given',
  grades: [],
  summary: null,
  classification: 'internal',
  withdrawn: false,
  version: 1,
  addedOn: ago(60),
  lookedOn: ago(60),
  ...more,
});
const action = (more: Partial<LinkedAction> = {}): LinkedAction => ({
  linkId: newId(),
  linkedOn: ago(50),
  id: newId(),
  label: 'Visit weekly',
  place: 'Improvement plan, 1.1',
  href: '/plans/improvement/actions/x',
  withinId: newId(),
  partyIds: [],
  state: 'in progress',
  since: ago(40),
  dueOn: addDays(today, 30),
  firstDueOn: null,
  toldOn: ago(40),
  ...more,
});
function finding(more: Partial<FindingPicture> = {}): FindingPicture {
  const given = {
    id: newId<'finding'>(),
    source: source(),
    kind: 'recommendation' as const,
    ref: '2',
    position: 1,
    words: 'Visit in time',
    page: null,
    paragraph: null,
    area: null,
    lead,
    reportsTo: board,
    wordsToShare: null,
    withdrawn: false,
    version: 1,
    addedOn: ago(60),
    themes: [{ id: newId<'theme'>(), name: 'Visits' }],
    response: { answer: 'accepted' as const, reason: null, on: ago(50) },
    responseVersion: 1,
    actions: [action()],
    ...more,
  };
  const { kind, withdrawn, response, actions } = given;
  return {
    ...given,
    derived: deriveState({ kind, withdrawn, answer: response?.answer ?? null, actions }),
  };
}
const told = (more: Partial<Ground['actions'][number]> = {}): Ground['actions'][number] => ({
  kind: 'action',
  id: newId(),
  label: 'Visit weekly',
  place: 'Improvement plan, 1.1',
  href: '/plans/improvement/actions/x',
  withinId: newId(),
  partyIds: [],
  state: 'in progress',
  dueOn: addDays(today, 30),
  firstDueOn: null,
  on: ago(40),
  recordedAt: new Date('2026-02-01T10:00:00Z'),
  version: 1,
  since: ago(40),
  ...more,
});
const section = (more: Partial<Ground['sections'][number]> = {}): Ground['sections'][number] => ({
  id: newId(),
  title: '8. Early help',
  href: '/standards/assessments/x/sections/y',
  postId: lead.id,
  dueOn: addDays(today, 5),
  locked: false,
  ...more,
});
const challenge = (answers: number): Challenge => ({
  id: newId(),
  sourceId: newId(),
  version: 1,
  title: 'Front door',
  reviewers: 'Harbour Council',
  asked: null,
  opensOn: ago(10),
  closesOn: today,
  positionOn: ago(10),
  shared: [],
  withdrawn: false,
  reason: null,
  items: [
    {
      id: newId(),
      sectionId: newId(),
      criterionId: null,
      kind: 'challenge',
      words: 'Why?',
      level: null,
      saidBy: null,
      submissionId: newId(),
      saidOn: ago(5),
      findingId: null,
      answers: Array.from({ length: answers }, () => ({
        version: 1,
        decision: 'accepted' as const,
        words: null,
        on: ago(1),
        by: null,
      })),
    },
  ],
});
const evidence = (goodUntil: IsoDate | null): Ground['evidence'][number] => ({
  id: newId(),
  title: 'Return of January',
  goodUntil,
  withdrawn: false,
  restricted: false,
});

/** Everything of every kind, and nothing of it missing or weak. */
function sound(more: Partial<Ground> = {}): Ground {
  const strength = finding({
    kind: 'strength',
    response: null,
    actions: [],
    source: source({ kind: 'self-assessment' }),
  });
  const findings = [finding(), strength, ...(more.findings ?? [])];
  const sources = [...findings.map((one) => one.source), ...(more.sources ?? [])];
  return {
    today,
    criteria: [
      judged(),
      short(),
      judged({ level: 'not-applicable', restsOn: [] }),
      judged({}, [{ level: 'fully-met' }, { whose: 'inspection', level: 'fully-met' }]),
      ...(more.criteria ?? []),
    ],
    sections: [section(), ...(more.sections ?? [])],
    findings,
    sources,
    evidence: [evidence(null), evidence(today), ...(more.evidence ?? [])],
    shownFindings: new Set([strength.id, ...(more.shownFindings ?? [])]),
    withDocument: new Set(
      sources.filter(({ title }) => title !== 'No document').map(({ id }) => id),
    ),
    actions: [
      told(),
      told({ state: 'done', since: ago(89), dueOn: ago(100) }),
      told({ state: 'better for children', since: ago(500), dueOn: ago(600) }),
      ...(more.actions ?? []),
    ],
    challenges: [challenge(1), ...(more.challenges ?? [])],
  };
}

const restricted = source({ classification: 'restricted' });
/** For each check: what must be added for it to find one thing, and no other check any. */
const weak: Record<string, Partial<Ground>> = {
  'met-without-evidence': { criteria: [judged({ restsOn: [] })] },
  'own-word-alone': { criteria: [judged({ restsOn: [{ ...rest, kind: 'own word' }] })] },
  'evidence-older-than-a-year': {
    criteria: [judged({ restsOn: [{ ...rest, datedOn: ago(366) }] })],
  },
  'short-without-next-step': { criteria: [short({ whatNext: null })] },
  'next-step-without-date': { criteria: [short({ due: null })] },
  'next-step-without-lead': { criteria: [short({ leads: [] })] },
  'next-step-overdue': { criteria: [short({ due: due(ago(1)) })] },
  'not-judged-for-a-year': { criteria: [judged({ effectiveOn: ago(366) })] },
  'strength-without-evidence': {
    criteria: [short({ result: 'good practice', restsOn: [{ ...rest, kind: 'own word' }] })],
  },
  'own-verdict-above-others': {
    criteria: [judged({}, [{ level: 'partially-met' }, { level: 'fully-met', saidOn: ago(900) }])],
  },
  'section-without-owner': { sections: [section({ postId: null, dueOn: null })] },
  'section-overdue': { sections: [section({ dueOn: ago(1) })] },
  'action-overdue': { actions: [told({ dueOn: ago(1) })] },
  'action-done-and-not-tested': { actions: [told({ state: 'done', since: ago(90) })] },
  'challenge-without-answer': { challenges: [challenge(0)] },
  'recommendation-without-response': { findings: [finding({ response: null })] },
  'accepted-without-action': {
    // 4 February to 4 March 2026 are 20 working days.
    findings: [
      finding({
        actions: [],
        response: { answer: 'accepted', reason: null, on: '2026-02-04' as IsoDate },
      }),
    ],
  },
  'regressed-without-new-date': {
    findings: [finding({ actions: [action({ state: 'regressed', dueOn: ago(3) })] })],
  },
  'finding-without-lead': { findings: [finding({ lead: null })] },
  'finding-without-theme': { findings: [finding({ themes: [] })] },
  'finding-without-reporting-line': { findings: [finding({ reportsTo: null })] },
  'restricted-without-words-to-share': { findings: [finding({ source: restricted })] },
  'own-strength-without-evidence': {
    findings: [
      finding({
        kind: 'strength',
        response: null,
        actions: [],
        source: source({ kind: 'self-assessment' }),
      }),
    ],
  },
  'source-not-looked-at': { findings: [finding({ source: source({ lookedOn: ago(366) }) })] },
  'source-without-findings': { sources: [source()] },
  'source-without-document': { findings: [finding({ source: source({ title: 'No document' }) })] },
  'source-without-body-or-date': { findings: [finding({ source: source({ body: null }) })] },
  'evidence-out-of-date': { evidence: [evidence(ago(1))] },
};
const found = (ground: Ground) =>
  runChecks(ground).flatMap(({ check, hits }) => hits.map(() => check.name));

describe('the checks', () => {
  it('are twenty at least, each with a name of its own and a case below', () => {
    expect(checks.length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(weak).sort()).toEqual(checks.map(({ name }) => name).sort());
  });

  it('find nothing where nothing is missing or weak', () => {
    expect(found(sound())).toEqual([]);
  });

  it.each(Object.entries(weak))('%s finds what it is for, and nothing else does', (name, more) => {
    expect(found(sound(more))).toEqual([name]);
  });

  it('count a year, 90 days and 20 working days to the day', () => {
    expect(found(sound({ criteria: [judged({ effectiveOn: '2025-03-04' as IsoDate })] }))).toEqual(
      [],
    );
    const on = '2026-02-05' as IsoDate;
    const answer = { answer: 'accepted' as const, reason: null, on };
    expect(found(sound({ findings: [finding({ actions: [], response: answer })] }))).toEqual([]);
  });

  it('take the latest verdict of others, and compare what can be compared alone', () => {
    const later = judged({}, [{ level: 'fully-met' }, { level: 'not-met', saidOn: ago(900) }]);
    const words = judged({}, [{ level: null, words: 'Mixed' }]);
    const none = judged({ level: 'not-applicable' }, [{ level: 'not-met' }]);
    expect(found(sound({ criteria: [later, words, none] }))).toEqual([]);
    const inspected = judged({}, [
      { level: 'fully-met' },
      { whose: 'inspection', level: 'not-met' },
    ]);
    expect(found(sound({ criteria: [inspected] }))).toEqual(['own-verdict-above-others']);
  });
});

describe('what is told of the checks', () => {
  const actor = (roles: GrantableRole[], partyIds: Actor['partyIds'] = []): Actor => ({
    authorityId: newId(),
    userId: newId(),
    name: 'Somebody',
    roles,
    partyIds,
  });
  const secret = finding({ source: restricted, words: 'A secret', lead });
  const ground = sound({ findings: [secret, finding({ themes: [], lead: null })] });
  const names = (who: Actor) =>
    toldTo(who, runChecks(ground)).flatMap(({ check, hits }) => hits.map(() => check.name));

  it('shows restricted ones to those alone who may read them, and never their words', () => {
    expect(names(actor(['qa-manager']))).toContain('restricted-without-words-to-share');
    expect(names(actor(['report-author']))).toEqual([
      'finding-without-lead',
      'finding-without-theme',
    ]);
    expect(names(actor(['report-author'], [lead.id]))).toContain(
      'restricted-without-words-to-share',
    );
    expect(names(actor(['peer-reviewer']))).toEqual([]);
    expect(names(actor(['action-lead']))).toEqual([]);
    expect(JSON.stringify(printedChecks(runChecks(ground)))).not.toContain('secret');
  });

  it('filters by severity, area and name, and prints check, severity, item and link', () => {
    const results = runChecks(ground);
    const some = filterChecks(results, { severity: 'low', area: 'findings', check: null });
    expect(some.every(({ check }) => check.severity === 'low' && check.area === 'findings')).toBe(
      true,
    );
    const one = filterChecks(results, {
      severity: null,
      area: null,
      check: 'finding-without-lead',
    });
    expect(printedChecks(one)).toEqual([
      {
        check: 'finding-without-lead',
        severity: 'medium',
        item: { kind: 'finding', id: expect.any(String) as string, text: '2 Visit in time' },
        link: expect.stringMatching(/^\/findings\/[-0-9a-f]+\/change$/) as string,
      },
    ]);
  });
});
