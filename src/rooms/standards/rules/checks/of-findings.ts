import { workingDaysBack } from '#kernel/working-days.ts';
import type { FindingPicture } from '#findings';
import type { Check } from './check.ts';
import type { Ground } from './ground.ts';
import { findingHit } from './hits.ts';

/** Within so many working days something is to come of what was accepted. */
const daysToAct = 20;

function ofFindings(
  check: Omit<Check, 'area' | 'find'>,
  isWeak: (finding: FindingPicture, ground: Ground) => boolean,
  form: Parameters<typeof findingHit>[1] = 'changeFinding',
): Check {
  return {
    ...check,
    area: 'findings',
    find: (ground) =>
      ground.findings
        .filter((finding) => isWeak(finding, ground))
        .map((finding) => findingHit(finding, form)),
  };
}

/** Something is to be done about it, as far as is known. */
const asksForWork = ({ kind, derived }: FindingPicture): boolean =>
  (kind === 'recommendation' || kind === 'area for development') &&
  derived.state !== 'no action needed';

export const findingChecks: readonly Check[] = [
  ofFindings(
    {
      name: 'recommendation-without-response',
      severity: 'high',
      title: 'Recommendations without a response',
      why: 'Say whether each is accepted, partly accepted or not accepted, and why.',
    },
    ({ kind, response }) => kind === 'recommendation' && response === null,
    'response',
  ),
  {
    name: 'accepted-without-action',
    area: 'findings',
    severity: 'high',
    title: `Accepted ${daysToAct} working days ago or more, and no action`,
    why: 'Link an action that answers it, or begin one.',
    find: ({ findings, today }) => {
      const latest = workingDaysBack(today, daysToAct);
      return findings
        .filter(
          ({ response, actions }) =>
            response !== null &&
            response.answer !== 'not accepted' &&
            response.on <= latest &&
            actions.every(({ state }) => state === 'withdrawn'),
        )
        .map((finding) => findingHit(finding, 'finding'));
    },
  },
  ofFindings(
    {
      name: 'regressed-without-new-date',
      severity: 'high',
      title: 'Slipped back, and no new date',
      why: 'Agree a new date for the action that failed again.',
    },
    ({ derived, actions }, { today }) =>
      derived.state === 'regressed' &&
      actions.some(
        ({ state, dueOn }) => state === 'regressed' && (dueOn === null || dueOn < today),
      ),
    'finding',
  ),
  ofFindings(
    {
      name: 'finding-without-lead',
      severity: 'medium',
      title: 'Findings that nobody leads',
      why: 'Name the post that answers for it.',
    },
    (finding) => asksForWork(finding) && finding.lead === null,
  ),
  ofFindings(
    {
      name: 'finding-without-theme',
      severity: 'low',
      title: 'Findings without a theme',
      why: 'By themes it is seen that something is not said for the first time.',
    },
    ({ themes }) => themes.length === 0,
  ),
  ofFindings(
    {
      name: 'finding-without-reporting-line',
      severity: 'low',
      title: 'Findings that are reported to nobody',
      why: 'Name the board or committee that is told of it.',
    },
    (finding) => asksForWork(finding) && finding.reportsTo === null,
  ),
  ofFindings(
    {
      name: 'restricted-without-words-to-share',
      severity: 'low',
      title: 'Restricted findings without words to share',
      why: 'Write what those may read who may not read the whole.',
    },
    ({ source, wordsToShare }) => source.classification === 'restricted' && wordsToShare === null,
  ),
  ofFindings(
    {
      name: 'own-strength-without-evidence',
      severity: 'medium',
      title: 'Strengths of the self-assessment without evidence',
      why: 'Give the evidence that shows it, or leave the strength out.',
    },
    ({ kind, source, id }, { shownFindings }) =>
      kind === 'strength' && source.kind === 'self-assessment' && !shownFindings.has(id),
    'finding',
  ),
];
