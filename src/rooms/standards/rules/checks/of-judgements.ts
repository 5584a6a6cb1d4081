import { addMonths } from '#kernel/dates.ts';
import { isOwnWordAlone } from '../freshness.ts';
import { compareLevels, levelOf } from '../levels.ts';
import type { Judgement } from '../picture.ts';
import type { Check } from './check.ts';
import type { CheckedCriterion, Ground } from './ground.ts';
import { criterionHit } from './hits.ts';

type Judged = CheckedCriterion & { judgement: Judgement };

/** A check of the judgements that stand, each on a criterion of an edition in use. */
function ofJudgements(
  check: Omit<Check, 'area' | 'find'>,
  isWeak: (one: Judged, ground: Ground) => boolean,
): Check {
  return {
    ...check,
    area: 'standards',
    find: (ground) =>
      ground.criteria
        .filter((one): one is Judged => one.judgement !== null)
        .filter((one) => isWeak(one, ground))
        .map((one) => criterionHit(one)),
  };
}

const standingOf = ({ judgement, levels }: Judged) =>
  levelOf(levels, judgement.level)?.countsAs ?? null;
const isShort = (one: Judged): boolean =>
  standingOf(one) === 'partly met' || standingOf(one) === 'not met';
const hasNext = ({ judgement }: Judged): boolean => judgement.whatNext !== null;
const yearBefore = ({ today }: Ground) => addMonths(today, -12);

export const judgementChecks: readonly Check[] = [
  ofJudgements(
    {
      name: 'met-without-evidence',
      severity: 'high',
      title: 'Said to be met, and nothing is named that shows it',
      why: 'An inspector asks first for what a good judgement rests on.',
    },
    (one) => standingOf(one) === 'met' && one.judgement.restsOn.length === 0,
  ),
  ofJudgements(
    {
      name: 'own-word-alone',
      severity: 'high',
      title: 'Said to be met on the service’s own word alone',
      why: 'Data, an audit of practice, the voice of children or somebody outside should say the same.',
    },
    (one) => one.judgement.restsOn.length > 0 && isOwnWordAlone(one.judgement, one.levels),
  ),
  ofJudgements(
    {
      name: 'evidence-older-than-a-year',
      severity: 'medium',
      title: 'Rests on nothing newer than a year',
      why: 'What it rests on may no longer be so.',
    },
    ({ judgement: { restsOn } }, ground) => {
      const days = restsOn.flatMap(({ datedOn }) => datedOn ?? []);
      return days.length > 0 && days.every((day) => day < yearBefore(ground));
    },
  ),
  ofJudgements(
    {
      name: 'short-without-next-step',
      severity: 'high',
      title: 'Not fully met, and no next step',
      why: 'Say what is done next, by whom and by when.',
    },
    (one) => isShort(one) && !hasNext(one),
  ),
  ofJudgements(
    {
      name: 'next-step-without-date',
      severity: 'medium',
      title: 'A next step without a date',
      why: 'Without a date nobody can say that it is late.',
    },
    (one) => {
      const { due } = one.judgement;
      return isShort(one) && hasNext(one) && (due === null || due.precision === 'none');
    },
  ),
  ofJudgements(
    {
      name: 'next-step-without-lead',
      severity: 'medium',
      title: 'A next step that nobody leads',
      why: 'Name the post that answers for it.',
    },
    (one) => isShort(one) && hasNext(one) && one.judgement.leads.length === 0,
  ),
  ofJudgements(
    {
      name: 'next-step-overdue',
      severity: 'high',
      title: 'A next step whose date has passed',
      why: 'Judge the criterion again, or say by when it will be.',
    },
    (one, { today }) => {
      const { due, progress } = one.judgement;
      const passed = due?.to != null && due.to < today;
      return passed && progress !== 'done' && isShort(one);
    },
  ),
  {
    name: 'not-judged-for-a-year',
    area: 'standards',
    severity: 'medium',
    title: 'Not judged for a year, or never',
    why: 'A self-assessment is asked for every year.',
    find: (ground) =>
      ground.criteria
        .filter(({ judgement }) => judgement === null || judgement.effectiveOn < yearBefore(ground))
        .map((one) => criterionHit(one)),
  },
  ofJudgements(
    {
      name: 'strength-without-evidence',
      severity: 'medium',
      title: 'A strength or good practice, and nothing that shows it',
      why: 'Name what shows it, so that others can learn from it.',
    },
    ({ judgement: { result, restsOn } }) =>
      (result === 'good practice' || result === 'strength') &&
      restsOn.every(({ kind }) => kind === 'own word'),
  ),
  {
    name: 'own-verdict-above-others',
    area: 'standards',
    severity: 'high',
    title: 'Judged better by us than by peers or the inspectorate',
    why: 'Look at what they saw, or say what has changed since.',
    find: ({ criteria }) =>
      criteria.filter((one) => isAboveOthers(one)).map((one) => criterionHit(one, 'criterion')),
  },
];

/** Above the latest verdict of the peers, or that of the inspectorate; a later one counts alone. */
function isAboveOthers({ levels, judgement, verdicts }: CheckedCriterion): boolean {
  const own = levelOf(levels, judgement?.level ?? null);
  return (['peer', 'inspection'] as const).some((whose) => {
    const latest = verdicts.find((one) => one.whose === whose && one.level !== null);
    return compareLevels(own, levelOf(levels, latest?.level ?? null)) === 1;
  });
}
