import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import type { IsoDate } from '#kernel/dates.ts';
import type { App } from '#platform/web/server.ts';
import { whyNoPaper } from '#platform/documents/write/paper.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import {
  anyForm,
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import { fresh, keyIn, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { sendFile } from '#platform/web/send-file.ts';
import { readableSources, readSources, type SourcePicture } from '#findings';
import { authorityById, logRead, may, type Actor } from '#people';
import { beginAssessment } from '../../actions/narrative/begin-assessment.ts';
import {
  readAssessmentFor,
  type FoundAssessment,
} from '../../actions/narrative/open-assessment.ts';
import { changeHead } from '../../actions/narrative/write-assessment.ts';
import { assessmentPaper } from '../../out/narrative/assessment-paper.ts';
import { datedPaper, paperFormats } from '../../out/narrative/paper-file.ts';
import { numbered, type Assessment, type Head } from '../../rules/narrative/assessment.ts';
import { inspectionRows } from '../../actions/narrative/inspections.ts';
import { readAssessmentHeads, type AssessmentHead } from '../../store/narrative/read.ts';
import { assessmentView } from './assessment.view.ts';
import type { NarrativeDeps } from './deps.ts';
import { listView } from './list.view.ts';
import { answerOf, assessmentParams, earlierDay, loadAssessment } from './load.ts';
import { assessmentPage } from './parts.ts';
import { paths, routePaths } from './paths.ts';
import { answerWritten, errorsOf } from './section.routes.ts';

const page = 'rooms/standards/web/narrative/page.njk';
const template = 'rooms/standards/web/narrative/head-form.njk';
const read = { rule: { may: ['R', 'PLN'] } } as const;
const create = { rule: { may: ['C', 'PLN'] } } as const;
const change = { rule: { may: ['U', 'PLN'] } } as const;
const none = () => Promise.resolve(null);
const headFields = {
  title: requiredText('Give the self-assessment a title', 300),
  period: requiredText('Give the year, for example 2026/27', 40),
  contact: optionalText(1000),
};

/** The self-assessments: the list, a new one, the document, its title and year, its papers. */
export function addAssessmentRoutes(app: App, deps: NarrativeDeps): void {
  app.get(paths.list(), { config: read }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const heads = await readableHeads(deps.db, actor, asAt, today);
    return reply.page(page, listView(heads, asAt === today && may(actor, 'C', 'PLN')));
  });

  app.get(paths.begin(), { config: create }, async (request, reply) => {
    const { actor, asAt, today } = request;
    if (asAt !== today) return reply.problem(400, earlierDay);
    const heads = await readableHeads(deps.db, actor, today, today);
    const [last] = heads;
    const values = {
      title: last?.title ?? '',
      period: '',
      contact: last?.contact ?? '',
      from: last?.id ?? 'nothing',
    };
    return reply.page(template, beginView(heads, fresh(values), newId<'submission'>()));
  });

  app.post(paths.begin(), { config: create, schema: { body: anyForm } }, async (request, reply) => {
    const { actor, today } = request;
    const heads = await readableHeads(deps.db, actor, today, today);
    const values = typedValues(request.body);
    const submissionId = keyIn<'submission'>(values);
    const again = (errors: FieldError[]) =>
      reply.page(template, beginView(heads, wrong(values, errors), submissionId), 422);
    const schema = z.strictObject({
      ...headFields,
      submission_id: z.string().max(40).optional(),
      from: z.string().max(40).optional(),
    });
    const form = readForm(schema, request.body);
    if (!form.ok) return again(form.errors);
    const { title, period, contact, from } = form.value;
    const id = parseId<'assessment'>(from ?? '');
    const given = {
      head: { title, period, contact },
      from: id === null ? ({ kind: 'nothing' } as const) : ({ kind: 'assessment', id } as const),
      submissionId,
    };
    const outcome = await beginAssessment(deps.db, actor, today, given);
    switch (outcome.kind) {
      case 'done':
        reply.notice(`${title} ${period} is begun.`);
        return reply.redirect(paths.assessment(outcome.assessmentId), 303);
      case 'refused':
        return again(outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text })));
      case 'not-found':
      case 'forbidden':
        return answerOf(reply, outcome);
    }
  });

  app.get(
    routePaths.assessment,
    { config: read, schema: { params: assessmentParams } },
    async (request, reply) => {
      const { asAt } = request;
      const loaded = await loadAssessment(deps, request, reply, (tx) => sourcesFor(tx, request));
      if (loaded === null) return reply;
      const inspections = inspectionRows(loaded.more, asAt);
      return reply.page(page, assessmentView({ ...loaded, inspections }));
    },
  );

  app.get(
    routePaths.settings,
    { config: change, schema: { params: assessmentParams } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { assessment } = loaded.found;
      return reply.page(template, settingsView(assessment, fresh(headValues(assessment))));
    },
  );

  app.post(
    routePaths.settings,
    { config: change, schema: { params: assessmentParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { found, names } = loaded;
      const { assessment } = found;
      const values = typedValues(request.body);
      const again = (state: FormState, status = 422, shown = assessment) =>
        reply.page(template, settingsView(shown, state), status);
      const form = readForm(
        z.strictObject({ ...headFields, version: z.string().max(20) }),
        request.body,
      );
      if (!form.ok) return again(wrong(values, form.errors));
      const { version, ...head } = form.value;
      const outcome = await changeHead(
        deps.db,
        request.actor,
        request.today,
        assessment.id,
        versionIn(version),
        head,
      );
      if (outcome.kind === 'refused') return again(wrong(values, errorsOf(outcome)));
      if (outcome.kind === 'stale') {
        const { assessment: theirs } = outcome;
        const { by, at } = theirs.written;
        const last = { by: by === null ? null : (names.get(by) ?? null), at };
        const pairs = [
          { label: 'Title', theirs: theirs.title, yours: head.title },
          { label: 'Year', theirs: theirs.period, yours: head.period },
          { label: 'Whom to ask', theirs: theirs.contact ?? '', yours: head.contact ?? '' },
        ];
        const both = bothTexts(pairs, last, paths.assessment(assessment.id));
        return again({ values, errors: [bothTextsError], both }, 409, theirs);
      }
      if (outcome.kind === 'done') reply.notice('The title and year are saved.');
      return answerWritten(reply, outcome, paths.assessment(assessment.id));
    },
  );

  app.get(
    routePaths.exported,
    {
      config: { ...read, fairUse: 'export' },
      schema: {
        params: assessmentParams,
        querystring: z.strictObject({ format: z.enum(paperFormats) }),
      },
    },
    async (request, reply) => {
      const { actor, asAt, now } = request;
      const loaded = await loadAssessment(
        deps,
        request,
        reply,
        async (tx) => ({
          sources: await sourcesFor(tx, request),
          authority: await authorityById(tx, actor.authorityId),
        }),
        'export',
      );
      if (loaded === null) return reply;
      const { found, more } = loaded;
      const paper = assessmentPaper(found.assessment, inspectionRows(more.sources, asAt), {
        authority: more.authority?.name ?? '',
        by: actor.name,
        at: now,
        asAt,
        status: draftStatus(found),
      });
      const { format } = request.query;
      const made = await datedPaper(format, paper);
      if (made.kind === 'cannot') {
        return reply.problem(503, {
          title: 'The file could not be made',
          text: whyNoPaper(made.why),
        });
      }
      await logRead(deps.db, actor, `exported as ${format}`, [
        { fact: 'assessment', id: found.assessment.id },
      ]);
      return sendFile(reply, made);
    },
  );
}

/** "Draft" until every section of part C is signed off. */
function draftStatus({ assessment, states }: FoundAssessment): string | null {
  const sections = numbered(assessment);
  const off = sections.every(({ id }) => states.get(id)?.state === 'signed off');
  return sections.length > 0 && off ? null : 'Draft';
}

/** The assessments that this person may read, asked of each: today's assignments decide. */
async function readableHeads(
  db: Db,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
): Promise<AssessmentHead[]> {
  return await readInAuthority(db, actor.authorityId, async (tx) => {
    const heads = await readAssessmentHeads(tx, actor.authorityId, asAt);
    if (may(actor, 'R', 'PLN')) return heads;
    const readable: AssessmentHead[] = [];
    for (const head of heads) {
      const found = await readAssessmentFor(tx, actor, head.id, today, today);
      if (found !== null) readable.push(head);
    }
    return readable;
  });
}

function headValues({ title, period, contact }: Head) {
  return { title, period, contact: contact ?? '' };
}

/** The form that begins a self-assessment, from last year's where there is one. */
export function beginView(
  heads: readonly AssessmentHead[],
  state: FormState,
  submissionId: string,
) {
  return {
    title: 'Begin a self-assessment',
    back: { text: 'All self-assessments', href: paths.list() },
    action: paths.begin(),
    cancelHref: paths.list(),
    button: 'Begin it',
    submissionId,
    version: null,
    from:
      heads.length === 0
        ? []
        : [
            ...heads
              .slice(0, 5)
              .map(({ id, title, period }) => ({ value: id, text: `${title} ${period}` })),
            { value: 'nothing', text: 'Nothing: an empty document' },
          ],
    errors: state.errors,
    form: state,
    both: state.both,
  };
}

function settingsView(assessment: Assessment, state: FormState) {
  return {
    ...assessmentPage(assessment, 'Title and year', true),
    action: paths.settings(assessment.id),
    cancelHref: paths.assessment(assessment.id),
    button: 'Save',
    submissionId: null,
    version: assessment.written.version,
    from: [],
    errors: state.errors,
    form: state,
    both: state.both,
  };
}

/** The sources of which the summary of inspections may tell this person. */
async function sourcesFor(
  tx: Tx,
  { actor, asAt, today }: FastifyRequest,
): Promise<SourcePicture[]> {
  const sources = may(actor, 'R', 'PLN')
    ? await readSources(tx, actor.authorityId, asAt)
    : (await readableSources(tx, actor, { asAt, today })).map(({ source }) => source);
  return sources;
}
