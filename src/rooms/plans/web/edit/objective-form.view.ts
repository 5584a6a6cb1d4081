import type { ObjectivePicture, PlanPicture } from '../../rules/picture.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { KnownNames } from './ground.ts';
import { placesFor } from './objective-form.ts';
import { sourceRows } from './sources.ts';

/** Add an objective. */
export function newObjectiveView(
  state: FormState,
  known: KnownNames,
  picture: PlanPicture,
  submissionId: string,
  beforeAction = false,
) {
  const { slug } = picture.plan;
  return {
    ...formView(state, known, picture),
    title: 'Add an objective',
    lead: beforeAction
      ? 'An action serves an objective, and this plan has none yet. Add the first one here, then its actions.'
      : null,
    action: paths.newObjective(slug),
    version: null,
    submissionId,
    places: [],
    saveText: 'Add this objective',
  };
}

/** Change an objective, move it, withdraw it. `version` is the one that a save would follow. */
export function changeObjectiveView(
  state: FormState,
  known: KnownNames,
  picture: PlanPicture,
  objective: ObjectivePicture,
  version: number,
) {
  const { slug } = picture.plan;
  return {
    ...formView(state, known, picture),
    title: 'Change an objective',
    lead: null,
    action: paths.changeObjective(slug, objective.id),
    version,
    submissionId: null,
    places: placesFor(picture, objective.id),
    saveText: state.both === null ? 'Save' : 'Save mine on top of theirs',
  };
}

function formView(state: FormState, known: KnownNames, picture: PlanPicture) {
  const settings = paths.settings(picture.plan.slug);
  return {
    caption: planCaption(picture.plan),
    back: { text: 'Back to settings', href: settings },
    cancelHref: settings,
    errors: state.errors,
    form: state,
    both: state.both,
    known,
    sections: [...new Set(picture.objectives.flatMap((one) => one.section ?? []))],
    ...sourcesView(state),
  };
}

/** The rows of sources, and how many are open: the filled ones and one more. */
export function sourcesView(state: FormState) {
  const sources = sourceRows(state.values);
  const filled = sources.findLastIndex((row) => row.title + row.words + row.page !== '') + 1;
  return { sources, sourcesShown: filled + 1 };
}
