import type { FormState } from '#platform/web/form-state.ts';
import { stateName } from '#findings';
import type { Actor } from '#people';
import { filterActions, anyAction } from '../../rules/filter.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { progressStateOf } from '../../rules/progress-state.ts';
import { dueInWords } from '../../rules/words.ts';
import { shortText } from '../parts.ts';
import type { Answered } from './answered.ts';
import { changeable, type AnswerGround, type LinkedTo } from './ground.ts';

const mostShown = 50;

interface Asked {
  plan?: string | undefined;
  words?: string | undefined;
}

/** The actions to choose among: in plan and words asked for, those left out that answer it already. */
export function actionsToChoose(
  actor: Actor,
  { linked: before, plans }: AnswerGround,
  { plan = '', words = '' }: Asked,
): { picture: PlanPicture; action: ActionPicture }[] {
  const linked = new Set<string>(before.map(({ id }) => id));
  return plans
    .filter((picture) => plan === '' || picture.plan.slug === plan)
    .flatMap((picture) => {
      const may = new Set(changeable(actor, picture));
      return filterActions(picture, { ...anyAction, text: words }, 'plan')
        .filter((action) => may.has(action) && !linked.has(action.id))
        .map((action) => ({ picture, action }));
    });
}

/** Answer an item with an action that stands. */
export function linkView(
  state: FormState,
  { answered, same, plans }: AnswerGround,
  { plan = '', words = '' }: Asked,
  found: readonly { picture: PlanPicture; action: ActionPicture }[],
) {
  const { href, back } = answered;
  const kept = new URLSearchParams({ ...(plan && { plan }), ...(words && { words }) }).toString();
  const view = {
    title: 'Answer it with an action that stands',
    caption: captionOf(answered),
    back: { text: back, href },
    told: answered,
    filter: {
      action: answered.paths.link,
      values: { values: { plan, words }, errors: [] },
      plans: [
        { value: '', text: 'Every plan' },
        ...plans.map((one) => ({ value: one.plan.slug, text: one.plan.title })),
      ],
    },
    action: `${answered.paths.link}${kept === '' ? '' : `?${kept}`}`,
    newHref: answered.paths.add,
    lead:
      found.length === 0
        ? 'No action that you may change has these words, or all of them answer it already.'
        : `${countOf(found.length, 'action')} to choose from${found.length > mostShown ? `. The first ${mostShown} are shown: search for others` : ''}.`,
    actions: found.slice(0, mostShown).map(({ picture, action }) => ({
      value: action.id,
      text: shortText(action),
      hint: {
        text: `${picture.plan.title}. ${stateName(progressStateOf(action))}. ${action.due.to === null ? 'No due date' : `Due ${dueInWords(action.due)}`}.`,
      },
    })),
    same: same.map((one) => ({
      value: one.item.id,
      text: one.words ?? captionOf(one),
      hint: { text: captionOf(one) },
    })),
    errors: state.errors,
    form: state,
    cancelHref: href,
  };
  return { template: 'rooms/plans/web/answering/link.njk', view };
}

/** Where an action that answers an item is to be added. */
export function choosePlanView(
  answered: Answered,
  plans: readonly PlanPicture[],
  hrefOf: (slug: string) => string,
) {
  const { href, back } = answered;
  const view = {
    title: 'Answer it with a new action',
    caption: captionOf(answered),
    back: { text: back, href },
    told: answered,
    lead:
      plans.length === 0
        ? 'There is no plan that you may add an action to.'
        : 'Choose the plan that the action belongs to. Its form begins with what is known already.',
    plans: plans.map(({ plan, actions }) => ({
      title: plan.title,
      href: hrefOf(plan.slug),
      note: countOf(actions.filter(({ withdrawn }) => !withdrawn).length, 'action'),
    })),
  };
  return { template: 'rooms/plans/web/answering/choose-plan.njk', view };
}

/** Take an action from what it answers. */
export function endView(answered: Answered, linked: LinkedTo) {
  const { href, back, item } = answered;
  const from = item.kind === 'finding' ? 'finding' : 'criterion';
  const view = {
    title: `Take this action from the ${from}`,
    caption: captionOf(answered),
    back: { text: back, href },
    told: answered,
    linked,
    from,
    action: answered.paths.end(linked.id),
    cancelHref: href,
  };
  return { template: 'rooms/plans/web/answering/end.njk', view };
}

/** "Recommendation 2 of “Focused visit”" */
export function captionOf({ kind, source }: Answered): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} of ${source}`;
}
