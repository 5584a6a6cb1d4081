import type { FormState } from '#platform/web/form-state.ts';
import { levelOf, standardsPaths } from '#standards';
import type { PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { judgementPaths } from '../answering/paths.ts';
import { objectiveName } from '../overview.view.ts';
import { paths } from '../paths.ts';
import { boxOf, type ProposeGround, type Short } from './ground.ts';

/** As many as one form holds; the others are proposed when these are added. */
export const mostProposed = 50;

const title = 'Propose actions for what falls short';

/** The plan in which actions are proposed is chosen first. */
export function choosePlanView({ picture, plans }: ProposeGround) {
  const { edition } = picture;
  const view = {
    title,
    caption: edition.title,
    back: { text: 'Back to the criteria', href: standardsPaths.edition(edition.id) },
    told: { words: null },
    lead:
      plans.length === 0
        ? 'There is no plan that you may add actions to.'
        : 'Choose the plan that the actions belong to.',
    plans: plans.map(({ plan, actions }) => ({
      title: plan.title,
      href: `${judgementPaths.propose(edition.id)}?plan=${plan.slug}`,
      note: countOf(actions.filter(({ withdrawn }) => !withdrawn).length, 'action'),
    })),
  };
  return { template: 'rooms/plans/web/answering/choose-plan.njk', view };
}

/** Each judgement that falls short with the action that it proposes, to be ticked and changed. */
export function proposeView(
  state: FormState,
  { picture, short, parties }: Omit<ProposeGround, 'plans'>,
  { plan, objectives }: Pick<PlanPicture, 'plan' | 'objectives'>,
  shown: readonly Short[],
) {
  const { edition } = picture;
  const open = short.filter(({ answered }) => !answered).length;
  const href = standardsPaths.edition(edition.id);
  const standing = objectives.filter(({ withdrawn }) => !withdrawn);
  const view = {
    title,
    caption: `${edition.title} · ${plan.title}`,
    back: { text: 'Back to the criteria', href },
    lead: leadOf(short.length, open, shown.length),
    errors: state.errors,
    form: state,
    action: `${judgementPaths.propose(edition.id)}?plan=${plan.slug}`,
    cancelHref: href,
    newObjectiveHref: standing.length === 0 ? paths.newObjective(plan.slug) : null,
    objectives: [
      { value: '', text: 'Choose an objective' },
      ...standing.map((one) => ({ value: one.id, text: objectiveName(one).slice(0, 90) })),
    ],
    parties,
    rows: shown.map(({ criterion, judgement }) => ({
      ref: criterion.ref,
      heading: `Criterion ${criterion.ref}`,
      text: criterion.text,
      href: standardsPaths.criterion(criterion.id),
      level: levelOf(edition.levels, judgement.level)?.name ?? '',
      whyNot: judgement.whyNot,
      hasNext: judgement.whatNext !== null,
      take: boxOf('take', judgement.id),
      key: boxOf('key', judgement.id),
      words: boxOf('text', judgement.id),
      due: boxOf('due', judgement.id),
      leads: boxOf('leads', judgement.id),
    })),
  };
  return { template: 'rooms/plans/web/proposing/propose.njk', view };
}

function leadOf(short: number, open: number, shown: number): string {
  if (short === 0)
    return 'No criterion is judged partly met or not met, so there is nothing to propose.';
  if (open === 0) return 'Every criterion that falls short has an action.';
  const of = `${countOf(open, 'criterion', 'criteria')} ${open === 1 ? 'falls' : 'fall'} short and ${open === 1 ? 'has' : 'have'} no action.`;
  return shown < open
    ? `${of} These are the first ${shown}: the others follow when they are added.`
    : of;
}
