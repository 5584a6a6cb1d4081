import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { readContent, type FoundReport } from '../actions/open-report.ts';
import { writeSection, type WriteSectionOutcome } from '../actions/write-report.ts';
import { firstWords } from '../rules/first-words.ts';
import { sectionOf, type Section } from '../rules/sections.ts';
import type { CommitteeDeps } from './deps.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { errorsOf } from './form-state.ts';
import { answerOf, loadReport, namesOf } from './load-report.ts';
import { paths, routePaths } from './paths.ts';
import { reportParams } from './report.routes.ts';
import { sectionView, versionsView, wordsView } from './words.view.ts';

const page = 'rooms/committee/web/page.njk';
const template = 'rooms/committee/web/section.njk';
const config = { rule: { signedIn: true } } as const;
const params = reportParams.extend({ section: z.string().max(40) });
const form = z.strictObject({
  version: z.string().max(20),
  words: requiredText('Write the words of this section, or let the system write them anew', 20_000),
});
const anewForm = z.strictObject({ version: z.string().max(20) });

/** The words of a report: each section, its form, and its earlier texts. */
export function addWordsRoutes(app: App, deps: CommitteeDeps): void {
  const read = (request: FastifyRequest) => async (tx: Tx, report: FoundReport) => {
    const { actor } = request;
    const content = await readContent(tx, actor.authorityId, report);
    const names = await namesOf(
      tx,
      actor,
      content.versions.map(({ by }) => by),
    );
    return { content, names };
  };

  app.get(
    routePaths.words,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const loaded = await loadReport(deps, request, reply, read(request), 'draft');
      if (loaded === null) return reply;
      const { report, allowed, more } = loaded;
      return reply.page(page, wordsView({ report, allowed, ...more }));
    },
  );

  app.get(routePaths.section, { config, schema: { params } }, async (request, reply) => {
    const loaded = await loadReport(deps, request, reply, read(request), 'write');
    if (loaded === null) return reply;
    const section = sectionOf(request.params.section);
    if (section === null) return reply.notFound();
    const { report, more } = loaded;
    const { content } = more;
    const words = content.words.sections.find(({ key }) => key === section.key)?.words ?? '';
    const version = versionOf(content.versions, section);
    return reply.page(
      template,
      sectionView({ report, content, section, state: fresh({ words }), version }),
    );
  });

  app.post(
    routePaths.section,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadReport(deps, request, reply, read(request), 'write');
      if (loaded === null) return reply;
      const section = sectionOf(request.params.section);
      if (section === null) return reply.notFound();
      const { report, more } = loaded;
      const { content } = more;
      const values = typedValues(request.body);
      const seen = versionIn(values['version']);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(template, sectionView({ report, content, section, state, version }), status);
      const typed = readForm(form, request.body);
      if (!typed.ok) return again(wrong(values, typed.errors));
      const body = typed.value.words;
      const given = { section: section.key, body, seenVersion: seen };
      const outcome = await writeSection(
        deps.db,
        request.actor,
        request.today,
        report.card.id,
        given,
      );
      switch (outcome.kind) {
        case 'done':
          reply.notice(`“${section.title}” is saved.`);
          return reply.redirect(`${paths.words(report.card.id)}#${section.key}`, 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome.reasons)));
        case 'stale':
          return again(
            staleState(outcome, section, content, more.names, values, report),
            outcome.version,
            409,
          );
        case 'not-found':
        case 'forbidden':
        case 'final':
          return answerOf(reply, outcome);
      }
    },
  );

  app.post(
    routePaths.anew,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadReport(deps, request, reply, () => Promise.resolve(null), 'write');
      if (loaded === null) return reply;
      const section = sectionOf(request.params.section);
      if (section === null) return reply.notFound();
      const { id } = loaded.report.card;
      const typed = readForm(anewForm, request.body);
      const seenVersion = typed.ok ? versionIn(typed.value.version) : 0;
      const given = { section: section.key, body: null, seenVersion };
      const outcome = await writeSection(deps.db, request.actor, request.today, id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`“${section.title}” has the system’s words again.`);
          return reply.redirect(`${paths.words(id)}#${section.key}`, 303);
        case 'stale':
        case 'refused':
          return reply.problem(409, {
            title: 'Somebody wrote here since you looked',
            text: 'Nothing was changed. Go back and look at the words as they stand now.',
          });
        case 'not-found':
        case 'forbidden':
        case 'final':
          return answerOf(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.versions,
    {
      config,
      schema: {
        params,
        querystring: z.strictObject({
          a: z.string().max(10).optional(),
          b: z.string().max(10).optional(),
        }),
      },
    },
    async (request, reply) => {
      const loaded = await loadReport(deps, request, reply, read(request), 'draft');
      if (loaded === null) return reply;
      const section = sectionOf(request.params.section);
      const { report, allowed, more } = loaded;
      const history = more.content.versions.filter((one) => one.section === section?.key);
      if (section === null || history.length === 0) return reply.notFound();
      const latest = history.at(-1)?.version ?? 0;
      const b = request.query.b === undefined ? latest : versionIn(request.query.b);
      const a =
        request.query.a === undefined ? Math.max(latest - 1, 0) : versionIn(request.query.a);
      return reply.page(page, versionsView({ report, allowed, ...more, section, history, a, b }));
    },
  );
}

function versionOf(
  versions: readonly { section: string; version: number }[],
  section: Section,
): number {
  return versions.findLast((one) => one.section === section.key)?.version ?? 0;
}

/** Both texts: what somebody saved, and what this person wrote meanwhile. */
function staleState(
  outcome: Extract<WriteSectionOutcome, { kind: 'stale' }>,
  section: Section,
  content: Awaited<ReturnType<typeof readContent>>,
  names: Awaited<ReturnType<typeof namesOf>>,
  values: FormState['values'],
  { card }: FoundReport,
): FormState {
  const { theirs } = outcome;
  const purpose = { forDecision: card.head.cover.forDecision };
  const system = firstWords(section.key, content.figures, purpose);
  const pair = {
    label: 'Words of this section',
    theirs: theirs?.body ?? system,
    yours: typeof values['words'] === 'string' ? values['words'] : '',
  };
  const last =
    theirs === null
      ? null
      : { by: theirs.by === null ? null : (names.get(theirs.by) ?? null), at: theirs.at };
  const both = bothTexts([pair], last, `${paths.words(card.id)}#${section.key}`);
  return { values, errors: [bothTextsError], both };
}
