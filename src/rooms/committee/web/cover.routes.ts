import { anyForm, typedValues } from '#platform/web/forms.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import { formatDate } from '#kernel/dates.ts';
import { listParties, userNames, type Actor } from '#people';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { changeHead } from '../actions/write-report.ts';
import { classificationOf, type ReportHead } from '../rules/cover.ts';
import type { CommitteeDeps } from './deps.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { errorsOf } from './form-state.ts';
import { headValues, readHead } from './head-form.ts';
import { coverView } from './head.view.ts';
import { answerOf, loadReport } from './load-report.ts';
import { paths, routePaths } from './paths.ts';
import { reportParams } from './report.routes.ts';

const template = 'rooms/committee/web/cover.njk';
const config = { rule: { signedIn: true } } as const;

/** The cover table of a report, and for whom, as at when and how classified it is. */
export function addCoverRoutes(app: App, deps: CommitteeDeps): void {
  const read = (actor: Actor) => async (tx: Tx) => {
    const parties = await listParties(tx, actor.authorityId);
    return parties.filter(({ kind }) => kind === 'board').map(({ id, name }) => ({ id, name }));
  };

  app.get(
    routePaths.cover,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const loaded = await loadReport(deps, request, reply, read(request.actor), 'write');
      if (loaded === null) return reply;
      const { report, more: boards } = loaded;
      const { head, headVersion: version } = report.card;
      return reply.page(
        template,
        coverView({ state: fresh(headValues(head)), report, boards, version }),
      );
    },
  );

  app.post(
    routePaths.cover,
    { config, schema: { params: reportParams, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await loadReport(deps, request, reply, read(actor), 'write');
      if (loaded === null) return reply;
      const { report, more: boards } = loaded;
      const { id } = report.card;
      const typed = typedValues(request.body);
      const values = { ...typed, paragraphs: [typed['paragraphs'] ?? []].flat() };
      const seen = versionIn(typed['version']);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(template, coverView({ state, report, boards, version }), status);
      const form = readHead(request.body, boards);
      if (!form.ok) return again(wrong(values, form.errors));
      const outcome = await changeHead(deps.db, actor, today, id, seen, form.head);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The cover is saved.');
          return reply.redirect(paths.report(id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome.reasons)));
        case 'stale': {
          const { card } = outcome;
          const names = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            userNames(tx, actor.authorityId, [card.editorId]),
          );
          const last = { by: names.get(card.editorId) ?? null, at: card.editedAt };
          const both = bothTexts(pairs(card.head, form.head), last, paths.report(id));
          return again({ values, errors: [bothTextsError], both }, card.headVersion, 409);
        }
        case 'not-found':
        case 'forbidden':
        case 'final':
          return answerOf(reply, outcome);
      }
    },
  );
}

/** Every answer of the form, theirs beside yours. */
function pairs(theirs: ReportHead, yours: ReportHead) {
  const a = answers(theirs);
  const b = answers(yours);
  return Object.keys(a).map((label) => ({
    label,
    theirs: a[label] ?? '',
    yours: b[label] ?? '',
  }));
}

function answers(head: ReportHead): Record<string, string> {
  const { cover } = head;
  const yes = (is: boolean) => (is ? 'Yes' : 'No');
  return {
    Subject: head.title,
    Committee: head.committee,
    Meeting: head.meetingOn === null ? '' : formatDate(head.meetingOn),
    'Figures as at': formatDate(head.asAt),
    'Compared with': head.since === null ? '' : formatDate(head.since),
    'Public or non-public': classificationOf(head),
    'Why it is exempt': head.exemptionReason ?? '',
    Outcomes: cover.outcomes ?? '',
    'Extra spending': yes(cover.extraSpending),
    'How much': cover.howMuch ?? '',
    'Source of funding': cover.source ?? '',
    'Agreed with finance': cover.agreedWithFinance,
    'Report of': cover.reportOf,
    'Report author': cover.author,
    'For decision': yes(cover.forDecision),
    Appendices: cover.appendices ?? '',
    Contact: Object.values(cover.contact).filter(Boolean).join('\n'),
  };
}
