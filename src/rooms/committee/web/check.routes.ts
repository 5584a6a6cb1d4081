import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import type { PlanId } from '#kernel/ids.ts';
import type { Actor } from '#people';
import {
  movementOf,
  movementSentences,
  readHistory,
  readPicture,
  readPlanFor,
  suggestedQuestions,
} from '#plans';
import { hashesOf, readContent, type FoundReport } from '../actions/open-report.ts';
import { readFigures } from '../actions/read-figures.ts';
import {
  comparedFigures,
  correctionsOf,
  differingFigures,
  namedActions,
} from '../rules/compare.ts';
import type { ReportFigures } from '../rules/figures.ts';
import { checkView, toldView } from './check.view.ts';
import type { CommitteeDeps } from './deps.ts';
import { loadReport } from './load-report.ts';
import { routePaths } from './paths.ts';
import { reportParams } from './report.routes.ts';

const template = 'rooms/committee/web/page.njk';
const config = { rule: { signedIn: true } } as const;

/** What a final paper can be held against: its own facts, and what has become of what it said. */
export function addCheckRoutes(app: App, deps: CommitteeDeps): void {
  app.get(
    routePaths.check,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await loadReport(deps, request, reply, (tx, report) =>
        readCheck(tx, actor, report, today),
      );
      if (loaded === null) return reply;
      const { report, allowed, more } = loaded;
      if (more === null) return reply.notFound();
      return reply.page(template, checkView({ report, allowed, ...more }));
    },
  );

  app.get(routePaths.told, { config, schema: { params: reportParams } }, async (request, reply) => {
    const { actor, today } = request;
    const loaded = await loadReport(deps, request, reply, (tx, report) =>
      readContent(tx, actor.authorityId, report),
    );
    if (loaded === null) return reply;
    const { report, allowed, more: content } = loaded;
    if (content.knownAt === null) return reply.notFound();
    const said = content.figures;
    const { now, since, closed } = await readInAuthority(deps.db, actor.authorityId, (tx) =>
      readSince(tx, actor, report, said, today),
    );
    const figures =
      closed.length === 0 ? comparedFigures({ ...said, plans: standing(said) }, now) : [];
    const actions = namedActions(said, now);
    const { asAt } = said;
    return reply.page(
      template,
      toldView({ report, allowed, asAt, today, figures, actions, since, closed }),
    );
  });
}

/**
 * The paper's figures counted again as they were known then, and as they are known now. What was
 * recorded later was never in the paper: it is told of those plans alone that this person may read.
 */
async function readCheck(
  tx: Tx,
  actor: Actor,
  report: FoundReport,
  today: Parameters<typeof readPlanFor>[4],
) {
  const content = await readContent(tx, actor.authorityId, report);
  const { knownAt, figures } = content;
  if (knownAt === null) return null;
  const { asAt, since } = figures;
  const asked = { planIds: report.card.planIds, asAt, since };
  const again = await readFigures(tx, actor.authorityId, { ...asked, knownAt });
  const open: PlanId[] = [];
  for (const planId of report.card.planIds) {
    if ((await readPlanFor(tx, actor, planId, asAt, today)) !== null) open.push(planId);
  }
  const isOpen = ({ id }: { id: string }) => open.some((one) => one === id);
  const now = await readFigures(tx, actor.authorityId, { ...asked, planIds: open });
  const closed = again.plans.filter((plan) => !isOpen(plan)).map(({ title }) => title);
  const same = hashesOf(content.words, again).figures === content.hashes.figures;
  return {
    asAt,
    knownAt,
    plansAreThere: again.plans.length === figures.plans.length,
    same,
    closed,
    // Figures of the whole would tell of the plans that are closed.
    differing: closed.length === 0 ? differingFigures(figures, now) : [],
    corrections: correctionsOf({ ...figures, plans: figures.plans.filter(isOpen) }, now),
  };
}

/** What has moved since the paper's day, in those of its plans that this person may read today. */
async function readSince(
  tx: Tx,
  actor: Actor,
  report: FoundReport,
  said: ReportFigures,
  today: Parameters<typeof readPlanFor>[4],
) {
  const open: PlanId[] = [];
  const since: Parameters<typeof toldView>[0]['since'][number][] = [];
  for (const planId of report.card.planIds) {
    const after = await readPlanFor(tx, actor, planId, today, today);
    if (after === null) continue;
    open.push(planId);
    const before = await readPicture(tx, actor.authorityId, planId, said.asAt);
    const facts = await readHistory(tx, actor.authorityId, { planId }, today);
    const movement = movementOf(before, after, facts, said.asAt);
    since.push({
      title: after.plan.title,
      sentences: movementSentences(movement, before, after),
      questions: suggestedQuestions(movement, before, after),
    });
  }
  // How things stand is compared; what moved is told over its own time, in the sentences above.
  const now = await readFigures(tx, actor.authorityId, {
    planIds: open,
    asAt: today,
    since: null,
  });
  const closed = said.plans
    .filter(({ id }) => !open.some((one) => one === id))
    .map(({ title }) => title);
  return { now, since, closed };
}

/** The plans without what moved in them, which another time cannot be set against. */
function standing(said: ReportFigures): ReportFigures['plans'] {
  return said.plans.map((plan) => ({ ...plan, movement: null }));
}
