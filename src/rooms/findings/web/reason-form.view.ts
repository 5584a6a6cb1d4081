import type { FormState } from '#platform/web/form-state.ts';
import type { FindingPicture, SourcePicture } from '../rules/picture.ts';
import { findingTitle } from '../rules/finding-words.ts';
import { paths } from './paths.ts';

/** "I looked through it again." */
export function lookView(state: FormState, source: SourcePicture) {
  const href = paths.source(source.id);
  return {
    ...common(state),
    title: 'I looked through it again',
    caption: source.title,
    back: { text: 'Back to the source', href },
    cancelHref: href,
    about: 'Say that you read this source again and that what stands of it here is still so.',
    meaning: 'Sources that nobody has looked at for a year are named among the checks.',
    action: paths.lookAtSource(source.id),
    hidden: [],
    question: 'What did you see? (optional)',
    hint: 'Do not name a child',
    saveText: 'I looked through it again',
    isWarning: false,
  };
}

/** Withdraw a source, or bring it back. */
export function withdrawSourceView(
  state: FormState,
  source: SourcePicture,
  withdraws: boolean,
  version: number,
) {
  const href = paths.source(source.id);
  return {
    ...common(state),
    title: withdraws ? 'Withdraw this source' : 'Bring this source back',
    caption: source.title,
    back: { text: 'Back to the source', href },
    cancelHref: href,
    about: withdraws
      ? 'A source that was registered by mistake, or that its body took back, is withdrawn.'
      : 'This source counts again from today.',
    meaning: withdraws ? 'It stays to be read with its findings, and is counted nowhere.' : null,
    action: paths.withdrawSource(source.id),
    ...withdrawing(state, withdraws, version),
  };
}

/** Withdraw a finding, or bring it back. */
export function withdrawFindingView(
  state: FormState,
  finding: FindingPicture,
  withdraws: boolean,
  version: number,
) {
  const href = paths.finding(finding.id);
  return {
    ...common(state),
    title: withdraws ? 'Withdraw this finding' : 'Bring this finding back',
    caption: `${finding.source.title} · ${findingTitle(finding)}`,
    back: { text: 'Back to the finding', href },
    cancelHref: href,
    about: `“${finding.words}”`,
    meaning: withdraws
      ? 'A finding that was entered by mistake, or that its source took back, is withdrawn. It stays to be read, and is counted nowhere.'
      : 'It counts again from today.',
    action: paths.withdrawFinding(finding.id),
    ...withdrawing(state, withdraws, version),
  };
}

function withdrawing(state: FormState, withdraws: boolean, version: number) {
  const verb = withdraws ? 'Withdraw it' : 'Bring it back';
  return {
    hidden: [
      { name: 'version', value: String(version) },
      { name: 'withdrawn', value: withdraws ? 'yes' : 'no' },
    ],
    question: withdraws ? 'Why is it withdrawn?' : 'Why is it brought back?',
    hint: null,
    saveText: state.both === null ? verb : `${verb} all the same`,
    isWarning: withdraws,
  };
}

function common(state: FormState) {
  return { errors: state.errors, form: state, both: state.both };
}
