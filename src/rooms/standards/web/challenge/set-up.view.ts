import type { FormState } from '#platform/web/form-state.ts';
import type { Challenge } from '../../rules/challenge/picture.ts';
import type { Shareable } from '../../store/challenge/shared.ts';
import { challengePaths as paths } from './paths.ts';

/** The form that sets a challenge up, or changes this one. */
export function setUpView(
  challenge: Challenge | null,
  shareable: readonly Shareable[],
  state: FormState,
) {
  const back =
    challenge === null
      ? { text: 'Back to peer challenges', href: paths.list() }
      : { text: `Back to ${challenge.title}`, href: paths.challenge(challenge.id) };
  return {
    title: challenge === null ? 'Set up a peer challenge' : 'Change this challenge',
    caption: challenge === null ? 'Standards' : challenge.title,
    back,
    lead:
      challenge === null
        ? 'You choose what another authority reads. They say strengths, questions and challenges, and you answer each.'
        : 'When you save, they read the position of today.',
    groups: shareable.map(({ within, sections }) => ({
      within,
      items: sections.map(({ kind, id, title }) => ({ value: `${kind}:${id}`, text: title })),
    })),
    submissionId: state.values.submission_id ?? '',
    seen: state.values.seen ?? '',
    button: challenge === null ? 'Set up, and look through it' : 'Save',
    cancelHref: back.href,
    errors: state.errors,
    form: state,
  };
}

/** Asks why a challenge is withdrawn. */
export function withdrawView(challenge: Challenge, state: FormState) {
  return {
    title: 'Withdraw this challenge',
    caption: challenge.title,
    back: { text: `Back to ${challenge.title}`, href: paths.challenge(challenge.id) },
    lead: 'From then on no guest reads anything of it, and no pack is taken in. What was said and answered stays.',
    quoted: null,
    button: 'Withdraw it',
    cancelHref: paths.challenge(challenge.id),
    errors: state.errors,
    form: state,
  };
}
