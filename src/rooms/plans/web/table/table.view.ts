import { formatDate } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { isEffectUnshown } from '../../rules/closure.ts';
import { countTable } from '../../rules/movement.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { sentenceCase } from '../../rules/words.ts';
import { fresh, type FormState } from '#platform/web/form-state.ts';
import { leadCell, planCaption, shortText } from '../parts.ts';
import { paths } from '../paths.ts';

/** `<action>:<table version>:<closure version>` */
export function chosenKey(action: ActionPicture): string {
  return [action.id, action.tableVersion, action.closureVersion].join(':');
}

/** Which complete actions the plan's own table shows, and which have left it. */
export function tableView(
  picture: PlanPicture,
  state: FormState,
  act: 'leave' | 'return',
  chosen: readonly string[],
) {
  const { plan } = picture;
  const complete = picture.actions.filter(
    ({ status, withdrawn }) => status === 'complete' && !withdrawn,
  );
  const table = countTable(picture.actions);
  const none = fresh({});
  const off = table.total - table.shown;
  return {
    title: `The table of ${plan.title}`,
    caption: planCaption(plan),
    back: { text: 'Back to movement', href: paths.movement(plan.slug) },
    wide: true,
    standing: `The table shows ${table.shown} of ${countOf(table.total, 'action')}: ${table.shownComplete} complete and ${table.outstanding} outstanding. ${off === 0 ? 'None has left it.' : `${countOf(off, 'complete action')} ${off === 1 ? 'has' : 'have'} left it.`}`,
    leaving: rows(
      complete.filter(({ onTable }) => onTable),
      'leave',
      chosen,
    ),
    returning: rows(
      complete.filter(({ onTable }) => !onTable),
      'return',
      chosen,
    ),
    action: paths.table(plan.slug),
    cancelHref: paths.movement(plan.slug),
    errors: state.errors,
    leaveForm: act === 'leave' ? state : none,
    returnForm: act === 'return' ? state : none,
  };
}

function rows(
  actions: readonly ActionPicture[],
  act: 'leave' | 'return',
  chosen: readonly string[],
): Html | null {
  if (actions.length === 0) return null;
  return dataTable({
    caption: act === 'leave' ? 'Complete actions on the table' : 'Complete actions off the table',
    hiddenCaption: true,
    columns: [
      { text: 'Select', hiddenHeading: true, width: 'narrow' },
      { text: 'Action', width: 'wide' },
      { text: 'Lead' },
      { text: 'Complete since' },
      { text: 'Effect on children' },
    ],
    rowHeading: 1,
    groups: [
      {
        rows: actions.map((action) => [
          html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="selected" value="${chosenKey(action)}" id="select-${action.id}"${chosen.includes(action.id) && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="select-${action.id}"><span class="govuk-visually-hidden">Select ${action.ref}</span></label></div></div>`,
          shortText(action),
          leadCell(action),
          action.closure.completion === null ? '' : formatDate(action.closure.completion.since),
          isEffectUnshown(action) ? 'Not tested yet' : sentenceCase(action.closure.reached),
        ]),
      },
    ],
  });
}
