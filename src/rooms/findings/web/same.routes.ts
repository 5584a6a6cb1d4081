import { z } from 'zod';
import { anyForm, manyOf, readForm } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { answerTogether, sayPair } from '../actions/pairs.ts';
import { maySayTheSame } from '../actions/surroundings.ts';
import { countOf } from '../rules/kind-words.ts';
import { answerRefusal } from './answers.ts';
import type { FindingDeps } from './deps.ts';
import { findingIdIn, groundOf } from './finding.routes.ts';
import { loadFinding } from './load.ts';
import { paths, routePaths } from './paths.ts';
import { sameView } from './same.view.ts';

const changes = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ finding: z.string().max(40) });
const verdictForm = z.strictObject({
  other: z.string().max(40),
  verdict: z.enum(['same', 'different']),
});
const answersForm = z.strictObject({
  action: z.string().max(40),
  finding: manyOf(z.string().max(40)),
});

/** What may say the same as a finding, the two answers, and one action for a whole group. */
export function addSameRoutes(app: App, deps: FindingDeps): void {
  app.get(routePaths.same, { config: changes, schema: { params } }, async (request, reply) => {
    const ground = await groundOf(deps, request, reply, 'change', () => Promise.resolve(null));
    if (ground === null) return reply;
    const { actor, asAt, today } = request;
    const loaded = await loadFinding(deps, request, reply, (tx) =>
      maySayTheSame(tx, actor, { asAt, today }, ground.finding),
    );
    if (loaded === null) return reply;
    const { csrf } = request.shell;
    const { finding, allowed } = ground;
    const view = sameView(loaded.more, { finding, csrf }, allowed.add);
    return reply.page('rooms/findings/web/page.njk', view);
  });

  app.post(
    routePaths.same,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'change', () => Promise.resolve(null));
      if (ground === null) return reply;
      const form = readForm(verdictForm, request.body);
      const other = form.ok ? findingIdIn(form.value.other) : null;
      if (!form.ok) return reply.problem(400);
      if (other === null) return reply.notFound();
      const { actor, today } = request;
      const { finding } = ground;
      const { verdict } = form.value;
      const outcome = await sayPair(deps.db, actor, today, [finding.id, other], verdict);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice(
        verdict === 'same'
          ? 'They say the same: one action can answer both.'
          : 'They do not say the same. They are not suggested again.',
      );
      return reply.redirect(paths.finding(finding.id), 303);
    },
  );

  app.post(
    routePaths.answerTogether,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'change', () => Promise.resolve(null));
      if (ground === null) return reply;
      const form = readForm(answersForm, request.body);
      if (!form.ok) return reply.problem(400);
      const answered = form.value.finding.map(findingIdIn);
      const ids = answered.flatMap((id) => id ?? []);
      if (ids.length !== answered.length) return reply.notFound();
      const { actor, today } = request;
      const { finding } = ground;
      const given = { findingId: finding.id, actionId: form.value.action, answered: ids };
      const outcome = await answerTogether(deps.db, actor, today, given, deps.knows);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`${countOf(outcome.answered, 'finding')} more answered by this action.`);
          return reply.redirect(paths.finding(finding.id), 303);
        case 'refused':
          return reply.problem(422, {
            title: 'Choose the findings that it answers too',
            text: 'Go back, tick at least one of them, and send it again.',
          });
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}
