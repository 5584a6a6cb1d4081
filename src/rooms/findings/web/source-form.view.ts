import type { FormState } from '#platform/web/form-state.ts';
import { ofstedGrades } from '../rules/grades.ts';
import { classificationWords, sourceKindHints, sourceKindName } from '../rules/kind-words.ts';
import { sourceKinds, type Classification } from '../rules/kinds.ts';
import type { SourcePicture } from '../rules/picture.ts';
import { paths } from './paths.ts';
import { gradeRows } from './source-form.ts';

/** Register a source. `offered`: the classifications that this person may give one. */
export function newSourceView(state: FormState, offered: readonly Classification[]) {
  return {
    ...formView(state, offered),
    title: 'Register a source',
    caption: 'Findings',
    lead: null,
    back: { text: 'Back to the sources', href: paths.sources() },
    cancelHref: paths.sources(),
    action: paths.newSource(),
    version: null,
    asksReason: false,
    saveText: 'Register this source',
  };
}

/** Change a source, or register one that a plan named. */
export function changeSourceView(
  state: FormState,
  source: SourcePicture,
  offered: readonly Classification[],
  version: number,
) {
  const href = paths.source(source.id);
  const isNew = source.version === 0;
  return {
    ...formView(state, offered),
    title: isNew ? 'Register this source' : 'Change this source',
    caption: source.title,
    lead: isNew
      ? 'A plan named this source. Say what it is, so that its findings can be kept.'
      : null,
    back: { text: 'Back to the source', href },
    cancelHref: href,
    action: paths.changeSource(source.id),
    version,
    asksReason: !isNew,
    saveText:
      state.both === null
        ? isNew
          ? 'Register this source'
          : 'Save'
        : 'Save mine on top of theirs',
  };
}

function formView(state: FormState, offered: readonly Classification[]) {
  return {
    errors: state.errors,
    form: state,
    both: state.both,
    kinds: sourceKinds.map((kind) => {
      const hint = sourceKindHints[kind];
      return {
        value: kind,
        text: sourceKindName(kind),
        ...(hint === undefined ? {} : { hint: { text: hint } }),
      };
    }),
    classifications: offered.map((value) => ({
      value,
      text: classificationWords[value].name,
      hint: { text: classificationWords[value].meaning },
    })),
    grades: ofstedGrades,
    gradeRows: gradeRows(state.values),
  };
}
