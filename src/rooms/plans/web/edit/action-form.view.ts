import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { objectiveName } from '../overview.view.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';
import type { DueQuestion } from '#platform/web/due-box.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { KnownNames } from './ground.ts';
import { nameBoxes } from '#platform/web/names.ts';
import { priorityItems } from './priorities.ts';
import type { Answered } from '../answering/answered.ts';
import { sourcesView } from './objective-form.view.ts';

/** Add an action; one that is to answer something shows it. */
export function newActionView(
  state: FormState,
  known: KnownNames,
  picture: PlanPicture,
  submissionId: string,
  question: DueQuestion | null,
  answers: Answered | null = null,
) {
  const { slug } = picture.plan;
  const back = answers?.href ?? paths.actions(slug);
  return {
    ...formView(state, known, picture),
    title: 'Add an action',
    caption: planCaption(picture.plan),
    back: {
      text: answers === null ? 'Back to the actions' : answers.back,
      href: back,
    },
    answers,
    cancelHref: back,
    action: paths.newAction(slug),
    version: null,
    submissionId,
    asksDue: true,
    question,
    saveText: 'Add this action',
  };
}

/** Change what an action says, who leads it, where it comes from. */
export function changeActionView(
  state: FormState,
  known: KnownNames,
  picture: PlanPicture,
  action: ActionPicture,
  version: number,
) {
  const { slug } = picture.plan;
  const href = paths.action(slug, action.id);
  return {
    ...formView(state, known, picture),
    title: `Change action ${action.ref}`,
    caption: picture.plan.title,
    back: { text: 'Back to the action', href },
    cancelHref: href,
    action: paths.changeAction(slug, action.id),
    version,
    submissionId: null,
    asksDue: false,
    question: null,
    saveText: state.both === null ? 'Save' : 'Save mine on top of theirs',
  };
}

function formView(state: FormState, known: KnownNames, picture: PlanPicture) {
  return {
    errors: state.errors,
    form: state,
    both: state.both,
    known,
    objectives: [
      { value: '', text: 'Choose an objective' },
      ...picture.objectives
        .filter((one) => !one.withdrawn || one.id === state.values.objective)
        .map((one) => ({ value: one.id, text: shortened(objectiveName(one)) })),
    ],
    priorities: priorityItems,
    leadBoxes: nameBoxes(state.values.leads),
    contributorBoxes: nameBoxes(state.values.contributors),
    ...sourcesView(state),
  };
}

function shortened(text: string): string {
  return text.length > 90 ? `${text.slice(0, 90).trimEnd()}…` : text;
}
