import type { FormState } from '#platform/web/form-state.ts';
import { stateName, type FindingPicture, type LinkedAction } from '#findings';
import type { Actor } from '#people';
import { filterActions, anyAction } from '../../rules/filter.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { progressStateOf } from '../../rules/progress-state.ts';
import { dueInWords } from '../../rules/words.ts';
import { shortText } from '../parts.ts';
import { toldFinding } from './answered-finding.ts';
import { changeable, type AnswerGround } from './ground.ts';
import { answeringPaths } from './paths.ts';

const mostShown = 50;

interface Asked {
  plan?: string | undefined;
  words?: string | undefined;
}

/** The actions to choose among: in plan and words asked for, those left out that answer it already. */
export function actionsToChoose(
  actor: Actor,
  { finding, plans }: AnswerGround,
  { plan = '', words = '' }: Asked,
): { picture: PlanPicture; action: ActionPicture }[] {
  const linked = new Set<string>(finding.actions.map(({ id }) => id));
  return plans
    .filter((picture) => plan === '' || picture.plan.slug === plan)
    .flatMap((picture) => {
      const may = new Set(changeable(actor, picture));
      return filterActions(picture, { ...anyAction, text: words }, 'plan')
        .filter((action) => may.has(action) && !linked.has(action.id))
        .map((action) => ({ picture, action }));
    });
}

/** Answer a finding with an action that stands. */
export function linkView(
  state: FormState,
  { finding, same, plans }: AnswerGround,
  { plan = '', words = '' }: Asked,
  found: readonly { picture: PlanPicture; action: ActionPicture }[],
) {
  const href = answeringPaths.finding(finding.id);
  const kept = new URLSearchParams({ ...(plan && { plan }), ...(words && { words }) }).toString();
  const view = {
    title: 'Answer it with an action that stands',
    caption: captionOf(finding),
    back: { text: 'Back to the finding', href },
    told: toldFinding(finding),
    filter: {
      action: answeringPaths.linkFinding(finding.id),
      values: { values: { plan, words }, errors: [] },
      plans: [
        { value: '', text: 'Every plan' },
        ...plans.map((one) => ({ value: one.plan.slug, text: one.plan.title })),
      ],
    },
    action: `${answeringPaths.linkFinding(finding.id)}${kept === '' ? '' : `?${kept}`}`,
    newHref: answeringPaths.newForFinding(finding.id),
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
    same: same.map((one) => {
      const { kind, source, words: said } = toldFinding(one);
      return { value: one.id, text: said ?? `A ${kind}`, hint: { text: `A ${kind} of ${source}` } };
    }),
    errors: state.errors,
    form: state,
    cancelHref: href,
  };
  return { template: 'rooms/plans/web/answering/link.njk', view };
}

/** Where an action that answers a finding is to be added. */
export function choosePlanView(
  finding: FindingPicture,
  plans: readonly PlanPicture[],
  hrefOf: (slug: string) => string,
) {
  const href = answeringPaths.finding(finding.id);
  const view = {
    title: 'Answer it with a new action',
    caption: captionOf(finding),
    back: { text: 'Back to the finding', href },
    told: toldFinding(finding),
    lead:
      plans.length === 0
        ? 'There is no plan that you may add an action to.'
        : 'Choose the plan that the action belongs to. Its form begins with these words, their lead and their source.',
    plans: plans.map(({ plan, actions }) => ({
      title: plan.title,
      href: hrefOf(plan.slug),
      note: countOf(actions.filter(({ withdrawn }) => !withdrawn).length, 'action'),
    })),
  };
  return { template: 'rooms/plans/web/answering/choose-plan.njk', view };
}

/** Take an action from a finding. */
export function endView(finding: FindingPicture, linked: LinkedAction) {
  const href = answeringPaths.finding(finding.id);
  const view = {
    title: 'Take this action from the finding',
    caption: captionOf(finding),
    back: { text: 'Back to the finding', href },
    told: toldFinding(finding),
    linked,
    action: answeringPaths.endFinding(finding.id, linked.id),
    cancelHref: href,
  };
  return { template: 'rooms/plans/web/answering/end.njk', view };
}

function captionOf(finding: FindingPicture): string {
  const { kind, source } = toldFinding(finding);
  return `A ${kind} of ${source}`;
}
