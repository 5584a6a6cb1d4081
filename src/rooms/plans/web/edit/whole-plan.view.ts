import type { PlanPicture } from '../../rules/picture.ts';
import { countOf, isOpen } from '../../rules/position.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';
import type { FormState } from '#platform/web/form-state.ts';

/** "Archive this plan", or "Bring this plan back". */
export function archiveView({ plan, actions }: PlanPicture) {
  const archives = plan.state === 'active';
  const settings = paths.settings(plan.slug);
  const open = actions.filter(isOpen).length;
  return {
    title: archives ? 'Archive this plan?' : 'Bring this plan back?',
    caption: planCaption(plan),
    back: { text: 'Back to settings', href: settings },
    about: plan.title,
    meaning: archives
      ? `Everybody who may read it now can still read it, as at any day. Nobody can give an update or change it${open === 0 ? '' : `, and ${countOf(open, 'action is', 'actions are')} still open`}. It can be brought back.`
      : 'Its leads can give updates again, and its owner can change it.',
    action: paths.archive(plan.slug),
    version: plan.version,
    archives,
    cancelHref: settings,
  };
}

/** Copy a plan forward to its next year. */
export function copyForwardView(state: FormState, picture: PlanPicture, submissionId: string) {
  const { plan } = picture;
  const settings = paths.settings(plan.slug);
  const standing = picture.actions.filter((action) => !action.withdrawn);
  return {
    title: 'Copy forward to next year',
    caption: planCaption(plan),
    back: { text: 'Back to settings', href: settings },
    action: paths.copyForward(plan.slug),
    cancelHref: settings,
    submissionId,
    errors: state.errors,
    form: state,
    which: [
      {
        value: 'open',
        text: `Only what is still to be done: ${countOf(standing.filter(isOpen).length, 'action')}`,
        hint: { text: 'Each keeps its due date' },
      },
      {
        value: 'all',
        text: `Every action, to be begun again: ${countOf(standing.length, 'action')}`,
        hint: { text: 'Those that were complete start without a date' },
      },
    ],
  };
}
