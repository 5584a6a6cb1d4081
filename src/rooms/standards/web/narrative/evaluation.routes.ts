import { z } from 'zod';
import type { App } from '#platform/web/server.ts';
import type { UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { whyNoPaper } from '#platform/documents/write/paper.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { anyForm, optionalText, readForm, typedValues } from '#platform/web/forms.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { sendFile } from '#platform/web/send-file.ts';
import { authorityById, logRead, may, userNames } from '#people';
import {
  mayReadEvaluation,
  readEvaluation,
  writeEvaluationWords,
} from '../../actions/narrative/evaluate.ts';
import { evaluationPaper } from '../../out/narrative/evaluation-paper.ts';
import { datedPaper, paperFormats } from '../../out/narrative/paper-file.ts';
import type { QuestionNumber } from '../../actions/narrative/self-evaluation.ts';
import { readEvaluationWords, readEvaluationYears } from '../../store/narrative/read.ts';
import type { NarrativeDeps } from './deps.ts';
import { evaluationView, questionText } from './evaluation.view.ts';
import { earlierDay } from './load.ts';
import { paths, routePaths } from './paths.ts';

const page = 'rooms/standards/web/narrative/page.njk';
const template = 'rooms/standards/web/narrative/evaluation-words.njk';
const read = { rule: { may: ['R', 'PLN'] } } as const;
const change = { rule: { may: ['U', 'PLN'] } } as const;
const yearParams = z.strictObject({ year: z.string().regex(/^20\d\d$/) });
const questionParams = yearParams.extend({ question: z.enum(['1', '2', '3']) });
const form = z.strictObject({ version: z.string().max(20), words: optionalText(20_000) });

/** The annual self-evaluation: its page, the words that people add, its papers. */
export function addEvaluationRoutes(app: App, deps: NarrativeDeps): void {
  app.get(paths.evaluations(), { config: read }, (request, reply) =>
    mayReadEvaluation(request.actor)
      ? reply.redirect(paths.evaluation(request.asAt.slice(0, 4)), 303)
      : reply.notFound(),
  );

  app.get(
    routePaths.evaluation,
    { config: read, schema: { params: yearParams } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      if (!mayReadEvaluation(actor)) return reply.notFound();
      const year = Number(request.params.year);
      const view = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
        const evaluation = await readEvaluation(tx, actor, year, asAt, today, deps.knows);
        const writers = [...evaluation.words.values()].flatMap(({ written }) => written.by ?? []);
        const written = await readEvaluationYears(tx, actor.authorityId);
        const years = [...new Set([Number(today.slice(0, 4)), ...written])].sort((a, b) => b - a);
        return {
          evaluation,
          years,
          names: await userNames(tx, actor.authorityId, [...new Set<UserId>(writers)]),
          mayWrite: asAt === today && may(actor, 'U', 'PLN'),
          mayExport: may(actor, 'E', 'PLN'),
        };
      });
      return reply.page(page, evaluationView(view));
    },
  );

  app.get(
    routePaths.evaluationWords,
    { config: change, schema: { params: questionParams } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      if (!may(actor, 'U', 'PLN'))
        return mayReadEvaluation(actor) ? reply.problem(403) : reply.notFound();
      if (asAt !== today) return reply.problem(400, earlierDay);
      const { year, question } = given(request.params);
      const words = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readEvaluationWords(tx, actor.authorityId, today, year),
      );
      const last = words.get(question);
      const state = fresh({ words: last?.words ?? '' });
      return reply.page(template, wordsView(year, question, state, last?.written.version ?? 0));
    },
  );

  app.post(
    routePaths.evaluationWords,
    { config: change, schema: { params: questionParams, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      if (!may(actor, 'U', 'PLN'))
        return mayReadEvaluation(actor) ? reply.problem(403) : reply.notFound();
      const { year, question } = given(request.params);
      const values = typedValues(request.body);
      const typed = readForm(form, request.body);
      const seen = versionIn(values['version']);
      if (!typed.ok)
        return reply.page(
          template,
          wordsView(year, question, wrong(values, typed.errors), seen),
          422,
        );
      const { words } = typed.value;
      const outcome = await writeEvaluationWords(deps.db, actor, today, {
        year,
        question,
        words,
        seenVersion: seen,
      });
      const back = `${paths.evaluation(year)}#question-${question}`;
      switch (outcome.kind) {
        case 'done':
          reply.notice(`Your words to question ${question} are saved.`);
          return reply.redirect(back, 303);
        case 'forbidden':
          return reply.problem(403);
        case 'stale': {
          const { theirs } = outcome;
          const by = theirs?.written.by ?? null;
          const names =
            by === null
              ? new Map<UserId, string>()
              : await readInAuthority(deps.db, actor.authorityId, (tx) =>
                  userNames(tx, actor.authorityId, [by]),
                );
          const last =
            theirs === null
              ? null
              : { by: by === null ? null : (names.get(by) ?? null), at: theirs.written.at };
          const pair = { label: 'Your words', theirs: theirs?.words ?? '', yours: words ?? '' };
          const state: FormState = {
            values,
            errors: [bothTextsError],
            both: bothTexts([pair], last, back),
          };
          return reply.page(
            template,
            wordsView(year, question, state, theirs?.written.version ?? 0),
            409,
          );
        }
      }
    },
  );

  app.get(
    routePaths.evaluationExport,
    {
      config: { ...read, fairUse: 'export' },
      schema: { params: yearParams, querystring: z.strictObject({ format: z.enum(paperFormats) }) },
    },
    async (request, reply) => {
      const { actor, asAt, today, now } = request;
      if (!mayReadEvaluation(actor)) return reply.notFound();
      if (!may(actor, 'E', 'PLN')) return reply.problem(403);
      const year = Number(request.params.year);
      const { evaluation, authority } = await readInAuthority(
        deps.db,
        actor.authorityId,
        async (tx) => ({
          evaluation: await readEvaluation(tx, actor, year, asAt, today, deps.knows),
          authority: await authorityById(tx, actor.authorityId),
        }),
      );
      const { format } = request.query;
      const paper = evaluationPaper(evaluation, {
        authority: authority?.name ?? '',
        by: actor.name,
        at: now,
        asAt,
      });
      const made = await datedPaper(format, paper);
      if (made.kind === 'cannot') {
        return reply.problem(503, {
          title: 'The file could not be made',
          text: whyNoPaper(made.why),
        });
      }
      const ids = [...evaluation.words.values()].map(({ id }) => ({ fact: 'self_evaluation', id }));
      await logRead(deps.db, actor, `exported the self-evaluation as ${format}`, ids.slice(0, 1));
      return sendFile(reply, made);
    },
  );
}

function given(params: z.output<typeof questionParams>): {
  year: number;
  question: QuestionNumber;
} {
  const numbers = { 1: 1, 2: 2, 3: 3 } as const;
  return { year: Number(params.year), question: numbers[params.question] };
}

function wordsView(year: number, question: QuestionNumber, state: FormState, version: number) {
  return {
    title: questionText(question),
    caption: `Self-evaluation ${year}`,
    back: {
      text: 'Back to the self-evaluation',
      href: `${paths.evaluation(year)}#question-${question}`,
    },
    action: paths.evaluationWords(year, question),
    cancelHref: `${paths.evaluation(year)}#question-${question}`,
    version,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}
