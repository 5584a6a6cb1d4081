import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import {
  anyForm,
  manyOf,
  optionalText,
  readForm,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { leaveTable, type ChosenForTable, type GivenLeave } from '../../actions/leave-table.ts';
import { countOf } from '../../rules/position.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../edit/answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActiveForm } from '../edit/ground.ts';
import { paths, routePaths } from '../paths.ts';
import { tableView } from './table.view.ts';

const config = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(100) });
const template = 'rooms/plans/web/table/table.njk';
const form = z.strictObject({
  act: z.enum(['leave', 'return']),
  selected: manyOf(z.string().max(80)),
  reason: optionalText(2000),
  accept: optionalText(4000),
  'back-reason': optionalText(2000),
});

/** Which complete actions the plan's own table still shows. */
export function registerTable(app: App, deps: PlanDeps): void {
  app.get(routePaths.table, { schema: { params }, config }, async (request, reply) => {
    const ground = await openActiveForm(deps, request, reply, request.params.plan);
    if (ground === null) return reply;
    return reply.page(template, tableView(ground.picture, fresh({}), 'leave', []));
  });

  app.post(
    routePaths.table,
    { schema: { params, body: anyForm }, config },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { plan } = ground.picture;
      const values = typedValues(request.body);
      const act: GivenLeave['act'] = values.act === 'return' ? 'return' : 'leave';
      const keys = [values.selected ?? []].flat();
      const chosen = keys.map(readChosen).filter((one) => one !== null);
      const again = (state: FormState, picture: PlanPicture = ground.picture, status = 422) => {
        const ids = chosen.map(({ id }) => id);
        return reply.page(template, tableView(picture, state, act, ids), status);
      };
      const read = readForm(form, request.body);
      if (!read.ok) return again(wrong(values, read.errors));
      const reason = act === 'leave' ? read.value.reason : read.value['back-reason'];
      const errors: FieldError[] = [];
      if (chosen.length === 0 || chosen.length !== keys.length) {
        errors.push({ field: 'selected', text: 'Tick at least one action' });
      }
      if (reason === null) {
        errors.push(
          act === 'leave'
            ? { field: 'reason', text: 'Say why they leave the table' }
            : { field: 'back-reason', text: 'Say why they come back' },
        );
      }
      if (errors.length > 0 || reason === null) return again(wrong(values, errors));
      const { actor, today } = request;
      const given = { chosen, act, reason, acceptUntested: read.value.accept };
      const outcome = await leaveTable(deps.db, actor, today, plan.id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice(doneWords(act, outcome));
          return reply.redirect(paths.actions(plan.slug), 303);
        case 'stale': {
          const refs = outcome.actions.map(({ ref }) => ref).join(', ');
          const text = `Somebody wrote about ${refs} while you were looking. Nothing was saved. See below how they stand now, and save again`;
          return again(wrong(values, [{ field: 'selected', text }]), outcome.picture, 409);
        }
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

/** What a check box says, or null where it says nothing of the kind. */
function readChosen(text: string): ChosenForTable | null {
  const match = /^([0-9a-f-]{36}):(\d{1,9}):(\d{1,9})$/.exec(text);
  const id = parseId<'action'>(match?.[1] ?? '');
  if (match === null || id === null) return null;
  return { id, tableVersion: Number(match[2]), closureVersion: Number(match[3]) };
}

/** "2 actions left the table, 1 of them accepted as untested." */
function doneWords(
  act: 'leave' | 'return',
  { moved, accepted }: { moved: number; accepted: number },
): string {
  if (moved === 0) return 'Nothing needed a change: they were so already.';
  const what = act === 'leave' ? 'left the table' : 'came back to the table';
  const untested = accepted === 0 ? '' : `, ${accepted} of them accepted as untested`;
  return `${countOf(moved, 'action')} ${what}${untested}.`;
}
