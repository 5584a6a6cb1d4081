import type { FormState } from '#platform/web/form-state.ts';
import type { EditionHead } from '../rules/picture.ts';
import { editionCaption } from './parts.ts';
import { paths } from './paths.ts';

/** Retire an edition, or take it into use again. */
export function editionStateView(edition: EditionHead, state: FormState) {
  const retires = edition.state !== 'retired';
  const href = paths.edition(edition.id);
  return {
    title: retires ? 'Retire this edition' : 'Take this edition into use again',
    caption: `${edition.title} · ${editionCaption(edition)}`,
    back: { text: 'Back to the edition', href },
    errors: state.errors,
    form: state,
    action: paths.editionState(edition.id),
    cancelHref: href,
    version: edition.stateVersion,
    retires,
    meaning: retires
      ? 'It stays to be read, with all its judgements. Nothing in it can be judged any more.'
      : 'Its criteria can be judged again.',
    saveText: retires ? 'Retire it' : 'Take it into use',
  };
}
