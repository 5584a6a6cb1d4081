import { addDays } from '#kernel/dates.ts';
import { progressOf } from '../challenge/picture.ts';
import type { Check } from './check.ts';
import { actionHit, challengeHit, sectionHit } from './hits.ts';

/** An action that is done is tested within so many days. */
const daysToTest = 90;

export const workChecks: readonly Check[] = [
  {
    name: 'section-without-owner',
    area: 'sections',
    severity: 'medium',
    title: 'Sections that nobody was asked to write',
    why: 'Hand each to a post, with a date.',
    find: ({ sections }) => sections.filter(({ postId }) => postId === null).map(sectionHit),
  },
  {
    name: 'section-overdue',
    area: 'sections',
    severity: 'high',
    title: 'Sections that are overdue',
    why: 'Ask whoever writes it, or hand it to somebody else.',
    find: ({ sections, today }) =>
      sections
        .filter(({ dueOn, locked }) => !locked && dueOn !== null && dueOn < today)
        .map(sectionHit),
  },
  {
    name: 'action-overdue',
    area: 'actions',
    severity: 'high',
    title: 'Actions that are overdue',
    why: 'Give an update, or ask for another date.',
    find: ({ actions, today }) =>
      actions
        .filter(
          ({ state, dueOn }) =>
            (state === 'planned' || state === 'in progress' || state === 'regressed') &&
            dueOn !== null &&
            dueOn < today,
        )
        .map(actionHit),
  },
  {
    name: 'action-done-and-not-tested',
    area: 'actions',
    severity: 'medium',
    title: `Done for ${daysToTest} days or more, and its effect is not tested`,
    why: 'Done is not improved: show that practice changed, or say why it stays untested.',
    find: ({ actions, today }) =>
      actions
        .filter(({ state, since }) => state === 'done' && since <= addDays(today, -daysToTest))
        .map(actionHit),
  },
  {
    name: 'challenge-without-answer',
    area: 'challenges',
    severity: 'high',
    title: 'Peer challenges that wait for an answer',
    why: 'Answer each strength, question and challenge.',
    find: ({ challenges }) =>
      challenges.flatMap((challenge) => {
        const { waiting } = progressOf(challenge.items);
        return waiting === 0 || challenge.withdrawn ? [] : [challengeHit(challenge, waiting)];
      }),
  },
];
