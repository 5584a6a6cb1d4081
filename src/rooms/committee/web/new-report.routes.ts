import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate } from '#kernel/dates.ts';
import { newId, parseId, type PlanId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { anyForm, manyOf, optionalText, readForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { listParties, logRead, type Actor } from '#people';
import { readRounds, type PlanPicture } from '#plans';
import { findReports, mayDo } from '../actions/open-report.ts';
import { exportablePlans, startReport } from '../actions/start-report.ts';
import { mayStart } from '../actions/write-report.ts';
import { firstHead } from '../rules/first-head.ts';
import { depths } from '../rules/sections.ts';
import type { ReportCard } from '../store/read-report.ts';
import type { CommitteeDeps } from './deps.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { errorsOf, keyIn } from './form-state.ts';
import {
  aboutFields,
  aboutValues,
  dateValues,
  readAbout,
  type About,
  type ClosedRound,
} from './head-form.ts';
import { newReportView } from './head.view.ts';
import { paths } from './paths.ts';

const template = 'rooms/committee/web/new-report.njk';
const config = { rule: { signedIn: true } } as const;

const form = z.strictObject({
  submission: z.string().max(40),
  replaces: z.string().max(40),
  plans: manyOf(z.string().max(40)),
  depth: z.enum(depths, { error: 'Choose for whom the report is' }),
  title: optionalText(300),
  ...aboutFields,
});

/** The page on which somebody begins a report. */
export function addNewReportRoutes(app: App, deps: CommitteeDeps): void {
  app.get(
    paths.newReport(),
    {
      config,
      schema: {
        querystring: z.strictObject({
          plan: z.string().max(40).optional(),
          replaces: z.string().max(40).optional(),
        }),
      },
    },
    async (request, reply) => {
      const ground = await openGround(deps, request, request.query.replaces);
      if (ground === null) return reply.notFound();
      const { replaced, plans } = ground;
      const chosen = plans.map(({ plan }) => plan.id as string);
      const values = {
        submission: newId<'submission'>(),
        replaces: replaced?.id ?? '',
        ...(replaced === null
          ? {
              plans: chosen.filter((id) => chosen.length === 1 || id === request.query.plan),
              depth: 'members',
              since: 'day',
              public: 'yes',
              paragraphs: [],
              ...dateValues('as-at', request.today),
            }
          : {
              plans: replaced.planIds,
              depth: replaced.depth,
              title: replaced.head.title,
              ...aboutValues(replaced.head),
            }),
      };
      return reply.page(template, viewOf(fresh(values), ground));
    },
  );

  app.post(paths.newReport(), { config, schema: { body: anyForm } }, async (request, reply) => {
    const { actor, today } = request;
    const values = typedValues(request.body);
    const replaces = typeof values['replaces'] === 'string' ? values['replaces'] : '';
    const ground = await openGround(deps, request, replaces === '' ? undefined : replaces);
    if (ground === null) return reply.notFound();
    const again = (state: FormState) => reply.page(template, viewOf(state, ground), 422);
    const asLists = {
      ...values,
      plans: [values['plans'] ?? []].flat(),
      paragraphs: [values['paragraphs'] ?? []].flat(),
    };
    const read = readForm(form, request.body);
    if (!read.ok) return again(wrong(asLists, read.errors));
    const planIds = read.value.plans.flatMap((id) => parseId<'plan'>(id) ?? []);
    const about = readAbout(read.value, request.body, ground.boards, ground.rounds);
    if (!about.ok) return again(wrong(asLists, about.errors));
    const since = sinceOf(about.about, planIds, ground.finals);
    if (since === 'no-last') {
      const text =
        'There is no earlier final report of these plans to this committee. Choose a day to compare with';
      return again(wrong(asLists, [{ field: 'since', text }]));
    }
    const chosen = ground.plans.filter(({ plan }) => planIds.includes(plan.id));
    const head = firstHead(
      { ...about.about, since },
      read.value.title,
      chosen.map(({ plan }) => plan),
      actor.name,
    );
    const outcome = await startReport(deps.db, actor, today, {
      depth: read.value.depth,
      planIds,
      head,
      replacesId: ground.replaced?.id ?? null,
      submissionId: keyIn(values),
    });
    if (outcome.kind === 'forbidden') {
      const text = 'Your role does not write non-public reports';
      return again(wrong(asLists, [{ field: 'public', text }]));
    }
    if (outcome.kind === 'refused') return again(wrong(asLists, errorsOf(outcome.reasons)));
    reply.notice('The report is begun. Its first words are written from the figures.');
    return reply.redirect(paths.report(outcome.reportId), 303);
  });
}

/** How many closed rounds are offered to compare with. */
const mostRounds = 6;

interface Ground {
  plans: PlanPicture[];
  boards: { id: string; name: string }[];
  /** The latest rounds that were closed, of the plans that they may export. */
  rounds: ClosedRound[];
  /** Final reports that this person may read. */
  finals: ReportCard[];
  replaced: ReportCard | null;
}

/** What the form stands on; null where this person begins no report, or the paper is not theirs. */
async function openGround(
  { db }: CommitteeDeps,
  { actor, today }: Pick<FastifyRequest, 'actor' | 'today'>,
  replaces: string | undefined,
): Promise<Ground | null> {
  const may = mayStart(actor);
  if (!may.public && !may.nonPublic) return null;
  const ground = await readInAuthority(db, actor.authorityId, async (tx) => {
    const finals = await readableFinals(tx, actor, today);
    const replaced = finals.find(({ id }) => id === replaces) ?? null;
    if (replaces !== undefined && replaced === null) return null;
    const parties = await listParties(tx, actor.authorityId);
    const plans = await exportablePlans(tx, actor, today);
    const rounds = await readRounds(
      tx,
      actor.authorityId,
      plans.map(({ plan }) => plan.id),
      { asAt: today },
    );
    return {
      plans,
      rounds: rounds
        .flatMap(({ id, name, planId, close }) => {
          const title = plans.find(({ plan }) => plan.id === planId)?.plan.title ?? '';
          const words = `${name} (${title}), closed on ${close === null ? '' : formatDate(close.on)}`;
          return close === null ? [] : [{ id, words, closedOn: close.on }];
        })
        .slice(0, mostRounds),
      boards: parties.filter(({ kind }) => kind === 'board').map(({ id, name }) => ({ id, name })),
      finals,
      replaced,
    };
  });
  // The form begins with the title of the paper and why it is exempt: that is reading it.
  const replaced = ground?.replaced ?? null;
  if (replaced !== null && !replaced.head.isPublic) {
    await logRead(db, actor, 'read, EXM', [{ fact: 'report', id: replaced.id }]);
  }
  return ground;
}

async function readableFinals(tx: Tx, actor: Actor, today: FastifyRequest['today']) {
  const all = await findReports(tx, actor.authorityId, today);
  return all
    .filter((report) => report.ties.isFinal && mayDo(actor, 'R', report))
    .map(({ card }) => card);
}

function viewOf(state: FormState, ground: Ground) {
  return newReportView({
    state,
    plans: ground.plans.map(({ plan }) => ({ id: plan.id, title: plan.title })),
    boards: ground.boards,
    rounds: ground.rounds,
    replaces: ground.replaced === null ? null : { title: ground.replaced.head.title },
  });
}

/** The day of the last final report of the same plans to the same committee, where it is asked for. */
function sinceOf(about: About, planIds: readonly PlanId[], finals: readonly ReportCard[]) {
  if (about.since !== 'last') return about.since;
  const same = finals.filter(
    ({ head, planIds: theirs }) =>
      head.committee === about.committee &&
      head.asAt < about.asAt &&
      theirs.length === planIds.length &&
      theirs.every((id) => planIds.includes(id)),
  );
  return (
    same
      .map(({ head }) => head.asAt)
      .sort()
      .at(-1) ?? 'no-last'
  );
}
