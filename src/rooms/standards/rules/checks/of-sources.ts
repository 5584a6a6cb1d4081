import { addMonths } from '#kernel/dates.ts';
import type { SourcePicture } from '#findings';
import type { Check } from './check.ts';
import type { Ground } from './ground.ts';
import { evidenceHit, sourceHit } from './hits.ts';

function ofSources(
  check: Omit<Check, 'area' | 'find'>,
  isWeak: (source: SourcePicture, ground: Ground) => boolean,
  form: Parameters<typeof sourceHit>[1] = 'changeSource',
): Check {
  return {
    ...check,
    area: 'sources',
    find: (ground) =>
      ground.sources
        .filter((source) => isWeak(source, ground))
        .map((source) => sourceHit(source, form)),
  };
}

const hasNoDate = ({ visitFrom, visitTo, publishedOn, receivedOn }: SourcePicture): boolean =>
  visitFrom === null && visitTo === null && publishedOn === null && receivedOn === null;

export const sourceChecks: readonly Check[] = [
  ofSources(
    {
      name: 'source-not-looked-at',
      severity: 'medium',
      title: 'Not looked at for a year',
      why: 'Look it through again: has what it asked for been done?',
    },
    ({ lookedOn }, { today }) => lookedOn < addMonths(today, -12),
    'lookAtSource',
  ),
  {
    name: 'source-without-findings',
    area: 'sources',
    severity: 'medium',
    title: 'Sources of which no finding is written down',
    why: 'Write down what it found, in its own words.',
    find: ({ sources, findings }) => {
      const found = new Set(findings.map(({ source }) => source.id));
      return sources.filter(({ id }) => !found.has(id)).map((one) => sourceHit(one, 'source'));
    },
  },
  ofSources(
    {
      name: 'source-without-document',
      severity: 'low',
      title: 'Sources without their document',
      why: 'Keep the document with it, so that its words can be checked.',
    },
    // What is written here is its own document.
    ({ id, kind }, { withDocument }) =>
      !withDocument.has(id) && kind !== 'self-assessment' && kind !== 'peer challenge',
    'source',
  ),
  ofSources(
    {
      name: 'source-without-body-or-date',
      severity: 'low',
      title: 'Sources that do not say who said it, or when',
      why: 'Enter its body and one of its dates.',
    },
    // What is written here has the day on which it was begun.
    (source) =>
      source.kind !== 'self-assessment' &&
      source.kind !== 'peer challenge' &&
      (source.body === null || hasNoDate(source)),
  ),
  {
    name: 'evidence-out-of-date',
    area: 'sources',
    severity: 'medium',
    title: 'Evidence that is out of date',
    why: 'Give a newer file or link, or take it out of use.',
    find: ({ evidence, today }) =>
      evidence
        .filter(({ goodUntil, withdrawn }) => !withdrawn && goodUntil !== null && goodUntil < today)
        .map(evidenceHit),
  },
];
