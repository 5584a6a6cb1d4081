import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { manyOf } from '#platform/web/forms.ts';
import type { Selected } from '../../actions/bulk-change.ts';
import type { BulkChange } from '../../rules/bulk-change.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { updateChoices } from '../../rules/update-choices.ts';
import { paths } from '../paths.ts';
import { keyIn } from './answers.ts';
import { readDueBox, type DueQuestion } from '#platform/web/due-box.ts';
import { namesIn } from '#platform/web/names.ts';

const typed = z.string().max(20_000).optional();

/** The whole form: what is selected, where the person came from, and what is to be changed. */
export const selectedForm = z.strictObject({
  selected: manyOf(z.string().max(120)),
  back: z.string().max(4000).optional(),
  step: z.enum(['choose', 'confirm', 'save']).optional(),
  submission_id: typed,
  what: typed,
  leads: z.union([z.string().max(4000), z.array(z.string().max(4000)).max(50)]).optional(),
  due: typed,
  'due-asked': typed,
  'due-right': typed,
  'due-reason': typed,
  'due-effect': typed,
  priority: typed,
  choice: typed,
  'what-changed': typed,
  'withdraw-reason': typed,
});

/** The fields that go along from page to page until the change is saved. */
export const changeFields = [
  'what',
  'leads',
  'due',
  'due-asked',
  'due-right',
  'due-reason',
  'due-effect',
  'priority',
  'choice',
  'what-changed',
  'withdraw-reason',
] as const;

/** `<action>:<version>:<due version>:<update version>`, as the working list sends it. */
export function selectedKey(action: ActionPicture): string {
  return [action.id, action.version, action.dueVersion, action.updateVersion].join(':');
}

/** What a check box of the working list says, or null where it says nothing of the kind. */
export function readSelected(text: string): Selected | null {
  const match = /^([0-9a-f-]{36}):(\d{1,9}):(\d{1,9}):(\d{1,9})$/.exec(text);
  const id = parseId<'action'>(match?.[1] ?? '');
  if (match === null || id === null) return null;
  const [version, dueVersion, updateVersion] = match.slice(2).map(Number);
  return {
    id,
    version: version ?? 0,
    dueVersion: dueVersion ?? 0,
    updateVersion: updateVersion ?? 0,
  };
}

/** Where to go back to: the list as it was filtered, and never another site. */
export function backToList(slug: string, given: string | undefined): string {
  const list = paths.actions(slug);
  return given !== undefined && (given === list || given.startsWith(`${list}?`)) ? given : list;
}

export type ChangeReading =
  | { ok: true; change: BulkChange }
  | { ok: false; errors: FieldError[]; question: DueQuestion | null };

/** Reads what is to be changed of every selected action. */
export function readChange(
  values: FormValues,
  picture: PlanPicture,
  today: IsoDate,
): ChangeReading {
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string'
      ? value.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim()
      : '';
  };
  const wrong = (...errors: FieldError[]): ChangeReading => ({ ok: false, errors, question: null });
  const reason = (name: string, empty: string): FieldError[] => {
    const given = text(name);
    if (given === '') return [{ field: name, text: empty }];
    return given.length > 4000
      ? [{ field: name, text: 'This has more than 4,000 characters. Shorten it.' }]
      : [];
  };
  switch (text('what')) {
    case 'lead': {
      const leads = namesIn([values.leads ?? []].flat());
      if (leads.length === 0) return wrong({ field: 'leads', text: 'Enter who leads them now' });
      return leads.some((name) => name.length > 200)
        ? wrong({ field: 'leads', text: 'A name has more than 200 characters. Shorten it.' })
        : { ok: true, change: { kind: 'lead', leads } };
    }
    case 'due': {
      const box = readDueBox(values, today, 'Enter the new date');
      const errors = [
        ...reason('due-reason', 'Say why the dates are no longer right'),
        ...reason(
          'due-effect',
          'Say what it means for children, or that it means nothing for them',
        ),
      ];
      if (!box.ok || errors.length > 0) {
        const all = [...(box.ok ? [] : box.errors), ...errors];
        return { ok: false, errors: all, question: box.question };
      }
      return {
        ok: true,
        change: {
          kind: 'due',
          due: box.due,
          reason: text('due-reason'),
          effectOnChildren: text('due-effect'),
        },
      };
    }
    case 'priority': {
      const given = text('priority');
      const priority = (['high', 'medium', 'low'] as const).find((one) => one === given);
      return priority === undefined && given !== 'none'
        ? wrong({ field: 'priority', text: 'Choose a priority' })
        : { ok: true, change: { kind: 'priority', priority: priority ?? null } };
    }
    case 'update': {
      const choice = updateChoices(picture.plan.ragScheme).find(
        (one) => one.value === text('choice'),
      );
      const errors = reason('what-changed', 'Say what has changed, or that nothing has');
      if (choice === undefined) {
        return wrong({ field: 'choice', text: 'Choose how these actions are going' }, ...errors);
      }
      if (errors.length > 0) return wrong(...errors);
      const whatChanged = text('what-changed');
      const submissionId = keyIn<'submission'>(values);
      return {
        ok: true,
        change: { kind: 'update', choice: choice.value, whatChanged, submissionId },
      };
    }
    case 'withdraw': {
      const errors = reason('withdraw-reason', 'Say why they are withdrawn');
      return errors.length > 0
        ? wrong(...errors)
        : { ok: true, change: { kind: 'withdraw', reason: text('withdraw-reason') } };
    }
    default:
      return wrong({ field: 'what', text: 'Choose what to change' });
  }
}
