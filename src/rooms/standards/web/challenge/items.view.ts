import { formatDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { html } from '#platform/web/html.ts';
import { kindNames } from '../../rules/challenge/pack-columns.ts';
import { itemKinds, type Challenge, type ChallengeItem } from '../../rules/challenge/picture.ts';
import { levelName, type ReadSection } from '../../rules/challenge/shared.ts';
import { decisionName, decisionsFor } from '../../rules/challenge/words.ts';
import type { Allowed } from './ground.ts';
import { challengePaths as paths } from './paths.ts';
import { lines } from '../parts.ts';

/** The form on which words that came by other ways are written in. */
export function sayView(challenge: Challenge, section: ReadSection, state: FormState) {
  const back = paths.section(challenge.id, section.id);
  const kinds =
    section.criteria.length === 0 ? itemKinds.filter((one) => one !== 'verdict') : itemKinds;
  return {
    title: 'Write in what they said',
    caption: section.title,
    back: { text: `Back to ${section.title}`, href: back },
    lead: `What ${challenge.reviewers} said of this section in a letter, a meeting or on the telephone.`,
    submissionId: state.values.submission_id ?? '',
    kindItems: kinds.map((kind) => ({ value: kind, text: kindNames[kind] })),
    criterionItems: [
      { value: '', text: 'The section as a whole' },
      ...section.criteria.map(({ id, ref, text }) => ({
        value: id,
        text: `${ref} ${text}`.slice(0, 100),
      })),
    ],
    levelItems: [
      { value: '', text: 'None' },
      ...section.levels.map(({ key, name }) => ({ value: key, text: name })),
    ],
    cancelHref: back,
    errors: state.errors,
    form: state,
  };
}

export interface ItemInput {
  challenge: Challenge;
  item: ChallengeItem;
  /** Null: it is shared no more. */
  section: ReadSection | null;
  allowed: Allowed;
  names: ReadonlyMap<UserId, string>;
  state: FormState;
}

/** One thing that reviewers said, with the form that answers it. */
export function itemView({ challenge, item, section, allowed, names, state }: ItemInput) {
  const { id } = challenge;
  const criterion = section?.criteria.find((one) => one.id === item.criterionId);
  const about = [section?.title, criterion?.ref].flatMap((one) => one ?? []).join(', ');
  const last = item.answers.at(-1);
  const asks = item.kind !== 'verdict' && allowed.change;
  const verdict = item.level === null || section === null ? null : levelName(section, item.level);
  const standing =
    item.kind === 'verdict'
      ? 'A verdict stands for itself.'
      : last === undefined
        ? 'It waits for your answer.'
        : `${decisionName(last.decision)} on ${formatDate(last.on)}.`;
  return {
    title: kindNames[item.kind],
    caption: about === '' ? challenge.title : about,
    back: { text: `Back to ${challenge.title}`, href: paths.challenge(id) },
    lead: `${item.saidBy ?? 'The reviewers'} said this on ${formatDate(item.saidOn)}. ${standing}`,
    quoted: html`${verdict !== null && html`<strong>${verdict}</strong><br>`}${lines(item.words ?? '')}`,
    earlier: item.answers.toReversed().map((answer) => ({
      decision: decisionName(answer.decision),
      on: formatDate(answer.on),
      by: (answer.by === null ? undefined : names.get(answer.by)) ?? 'somebody at the server',
      words: html`${lines(answer.words ?? '')}`,
    })),
    asks,
    seen: last?.version ?? 0,
    decisionItems: decisionsFor(item.kind).map((one) => ({ value: one, text: decisionName(one) })),
    wordsLabel:
      item.kind === 'question'
        ? 'The answer'
        : item.kind === 'strength'
          ? 'What you say to it (optional)'
          : 'What you say to it, and why where it is not accepted whole',
    cancelHref: paths.challenge(id),
    findingHref: item.findingId === null ? null : `/findings/${item.findingId}`,
    findingAction:
      item.kind !== 'verdict' && allowed.makeFinding && !challenge.withdrawn
        ? paths.makeFinding(id, item.id)
        : null,
    findingKind: {
      strength: 'as a strength',
      question: 'as a key question',
      challenge: 'as an area for development',
      verdict: '',
    }[item.kind],
    takeBackHref: allowed.change && item.findingId === null ? paths.takeBack(id, item.id) : null,
    errors: state.errors,
    form: state,
  };
}

/** Asks why what was said is taken back. */
export function takeBackView(challenge: Challenge, item: ChallengeItem, state: FormState) {
  const back = paths.item(challenge.id, item.id);
  return {
    title: 'Take it back',
    caption: challenge.title,
    back: { text: 'Back to what they said', href: back },
    lead: 'Take it back where it was written in wrongly. It stays in what was known before today.',
    quoted: item.words ?? '',
    button: 'Take it back',
    cancelHref: back,
    errors: state.errors,
    form: state,
  };
}
