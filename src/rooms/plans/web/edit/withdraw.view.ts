import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { shortText } from '../parts.ts';
import { paths } from '../paths.ts';
import type { FormState } from '#platform/web/form-state.ts';

/** Withdraw an action, or bring it back. */
export function withdrawView(
  state: FormState,
  picture: PlanPicture,
  action: ActionPicture,
  withdraws: boolean,
  version: number,
) {
  const href = paths.action(picture.plan.slug, action.id);
  return {
    title: withdraws ? `Withdraw action ${action.ref}` : `Bring action ${action.ref} back`,
    caption: picture.plan.title,
    back: { text: 'Back to the action', href },
    about: shortText(action),
    meaning: withdraws
      ? 'It will no longer be done, and is counted in no figure. It stays in the plan’s history with your reason, and can be brought back.'
      : 'It is to be done again, with the leads, the date and the updates that it had.',
    question: withdraws ? 'Why is it withdrawn?' : 'Why is it brought back?',
    action: paths.withdraw(picture.plan.slug, action.id),
    cancelHref: href,
    withdraws,
    version,
    errors: state.errors,
    form: state,
    both: state.both,
    saveText: withdraws ? 'Withdraw this action' : 'Bring this action back',
  };
}
