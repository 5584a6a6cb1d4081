import type { FormState } from '#platform/web/form-state.ts';
import { findingTitle } from '../rules/finding-words.ts';
import { answerName } from '../rules/kind-words.ts';
import { answers } from '../rules/kinds.ts';
import type { FindingPicture } from '../rules/picture.ts';
import { paths } from './paths.ts';

/** What the council answers to a finding. */
export function responseView(state: FormState, finding: FindingPicture, version: number) {
  const href = paths.finding(finding.id);
  return {
    title: finding.response === null ? 'Respond to this finding' : 'Change the response',
    caption: `${finding.source.title} · ${findingTitle(finding)}`,
    classification: finding.source.classification === 'restricted' ? 'Restricted' : 'Internal',
    back: { text: 'Back to the finding', href },
    cancelHref: href,
    action: paths.response(finding.id),
    errors: state.errors,
    form: state,
    both: state.both,
    words: finding.words,
    version: String(version),
    answers: answers.map((value) => ({ value, text: answerName(value) })),
    saveText: state.both === null ? 'Save the response' : 'Save mine on top of theirs',
  };
}
