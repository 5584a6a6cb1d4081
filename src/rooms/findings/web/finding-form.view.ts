import type { FormState } from '#platform/web/form-state.ts';
import { findingTitle } from '../rules/finding-words.ts';
import { findingKindName, sentenceCase } from '../rules/kind-words.ts';
import { findingKinds } from '../rules/kinds.ts';
import type { FindingPicture, SourcePicture, Theme } from '../rules/picture.ts';
import { paths } from './paths.ts';

/** What the boxes of a finding's form offer. */
export interface KnownOfFindings {
  posts: string[];
  boards: string[];
  areas: string[];
  themes: Theme[];
}

/** Add a finding to a source. */
export function newFindingView(
  state: FormState,
  source: SourcePicture,
  known: KnownOfFindings,
  submissionId: string,
) {
  const href = paths.source(source.id);
  return {
    ...formView(state, source, known),
    title: 'Add a finding',
    caption: source.title,
    back: { text: 'Back to the source', href },
    cancelHref: href,
    action: paths.newFinding(source.id),
    version: null,
    submissionId,
    asksReason: false,
    offersAnother: true,
    saveText: 'Save',
  };
}

/** Correct what a finding says. */
export function changeFindingView(
  state: FormState,
  finding: FindingPicture,
  known: KnownOfFindings,
  version: number,
) {
  const href = paths.finding(finding.id);
  return {
    ...formView(state, finding.source, known),
    title: `Correct ${findingKindName(finding.kind)} ${finding.ref ?? ''}`.trim(),
    caption: `${finding.source.title} · ${findingTitle(finding)}`,
    back: { text: 'Back to the finding', href },
    cancelHref: href,
    action: paths.changeFinding(finding.id),
    version,
    submissionId: null,
    asksReason: true,
    offersAnother: false,
    saveText: state.both === null ? 'Save' : 'Save mine on top of theirs',
  };
}

function formView(state: FormState, source: SourcePicture, known: KnownOfFindings) {
  const { values } = state;
  return {
    classification: source.classification === 'restricted' ? 'Restricted' : 'Internal',
    errors: state.errors,
    form: { ...state, values: { ...values, theme: [values.theme ?? []].flat() } },
    both: state.both,
    known,
    isRestricted: source.classification === 'restricted',
    kinds: findingKinds.map((value) => ({ value, text: sentenceCase(findingKindName(value)) })),
    themes: known.themes.map(({ id, name, meaning }) => ({
      value: id,
      text: name,
      ...(meaning === null ? {} : { hint: { text: meaning } }),
    })),
  };
}
