import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { withdrawAction } from '../../actions/change-action.ts';
import { lastWritten } from '../../store/last-written.ts';
import { readHistory } from '../../store/read-history.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, versionIn } from './answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActionForm } from './ground.ts';
import { withdrawView } from './withdraw.view.ts';

const template = 'rooms/plans/web/edit/withdraw.njk';
const config = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(120), action: z.string().max(40) });
const whyNeeded = 'Say why, so that people who read the plan later know';
const form = z.strictObject({
  version: z.string().max(20),
  withdrawn: z.enum(['yes', 'no']),
  reason: requiredText(whyNeeded),
});

/** The page that withdraws an action, or brings it back. */
export function addWithdrawRoutes(app: App, deps: PlanDeps): void {
  app.get(routePaths.withdraw, { config, schema: { params } }, async (request, reply) => {
    const ground = await openActionForm(deps, request, reply, request.params, 'owner');
    if (ground === null) return reply;
    const { picture, action } = ground;
    const view = withdrawView(fresh({}), picture, action, !action.withdrawn, action.version);
    return reply.page(template, view);
  });

  app.post(
    routePaths.withdraw,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openActionForm(deps, request, reply, request.params, 'owner');
      if (ground === null) return reply;
      const { picture, action } = ground;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      // What was asked when the page was opened, whatever became of the action since.
      const withdraws = values.withdrawn !== 'no';
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(template, withdrawView(state, picture, action, withdraws, version), status);
      const read = readForm(form, request.body);
      if (!read.ok) return again(wrong(values, read.errors));
      const { reason } = read.value;
      const given = { withdrawn: withdraws, reason };
      const href = paths.action(picture.plan.slug, action.id);
      const outcome = await withdrawAction(deps.db, actor, today, action.id, seen, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            withdraws ? `Action ${action.ref} is withdrawn.` : `Action ${action.ref} is back.`,
          );
          return reply.redirect(href, 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const { last, theirs } = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
            const { authorityId } = actor;
            const history = await readHistory(tx, authorityId, { actionId: action.id }, today);
            return {
              last: await lastWritten(tx, authorityId, { kind: 'action', id: action.id }),
              theirs: history.versions.at(-1),
            };
          });
          const state = (withdrawn: boolean) => (withdrawn ? 'Withdrawn' : 'In the plan');
          const pairs = [
            { label: 'Action', theirs: outcome.action.text, yours: action.text },
            {
              label: 'In the plan?',
              theirs: state(outcome.action.withdrawn),
              yours: state(withdraws),
            },
            { label: 'Why', theirs: theirs?.reason ?? '', yours: reason },
          ];
          const both = bothTexts(pairs, last, href);
          const { version } = outcome.action;
          return again({ values, errors: [bothTextsError], both }, version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}
