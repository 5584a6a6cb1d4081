import type { PlanHead } from '../../rules/picture.ts';
import type { Rag } from '../../rules/reading.ts';
import { sentenceCase } from '../../rules/words.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';
import { withLists, type FormState } from '#platform/web/form-state.ts';
import type { KnownNames } from './ground.ts';
import { standsForWords } from './plan-form.ts';
import { offeredCycles } from './review-cycle.ts';

/** Begin a plan. */
export function newPlanView(
  state: FormState,
  known: KnownNames,
  order: readonly Rag[],
  submissionId: string,
) {
  return {
    ...formView(state, known, order),
    title: 'Begin a plan',
    back: { text: 'Back', href: paths.plans() },
    action: paths.newPlan(),
    version: null,
    submissionId,
    saveText: 'Begin this plan',
    cancelHref: paths.plans(),
  };
}

/** Change a plan's own head. */
export function changePlanView(
  state: FormState,
  known: KnownNames,
  order: readonly Rag[],
  plan: PlanHead,
) {
  const settings = paths.settings(plan.slug);
  return {
    ...formView(state, known, order),
    title: 'Change the plan',
    caption: planCaption(plan),
    back: { text: 'Back to settings', href: settings },
    action: paths.changePlan(plan.slug),
    version: plan.version,
    submissionId: null,
    saveText: state.both === null ? 'Save' : 'Save mine on top of theirs',
    cancelHref: settings,
  };
}

function formView(state: FormState, known: KnownNames, order: readonly Rag[]) {
  const values = withLists(state.values, ['boards']);
  return {
    errors: state.errors,
    form: { values, errors: state.errors },
    both: state.both,
    known,
    boards: known.boards.map((name) => ({ value: name, text: name })),
    cycles: offeredCycles.map(({ days, words }) => ({ value: String(days), text: words })),
    colours: order.map((colour) => ({ value: colour, text: sentenceCase(colour) })),
    standsFor: [
      { value: '', text: 'Choose one' },
      ...Object.entries(standsForWords).map(([value, text]) => ({ value, text })),
    ],
  };
}
