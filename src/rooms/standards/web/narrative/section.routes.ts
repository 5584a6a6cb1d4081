import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { newId, parseId, type FindingId } from '#kernel/ids.ts';
import type { App } from '#platform/web/server.ts';
import {
  anyForm,
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import { fresh, keyIn, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import type { GivenPoint } from '../../actions/narrative/points.ts';
import {
  confirmSection,
  takeOutSection,
  writeSection,
  type GivenSection,
  type WriteOutcome,
} from '../../actions/narrative/write-assessment.ts';
import { sectionName, type PointKind, type Section } from '../../rules/narrative/assessment.ts';
import { readSectionTexts } from '../../store/narrative/read.ts';
import type { NarrativeDeps } from './deps.ts';
import { answerOf, assessmentParams, loadAssessment, sectionIn, sectionParams } from './load.ts';
import { paths, routePaths } from './paths.ts';
import { sectionBothTexts, sectionFormView, sectionValues, textsView } from './section.view.ts';

const page = 'rooms/standards/web/narrative/page.njk';
const template = 'rooms/standards/web/narrative/section-form.njk';
const read = { rule: { may: ['R', 'PLN'] } } as const;
const change = { rule: { may: ['U', 'PLN'] } } as const;
const none = () => Promise.resolve(null);
const versionForm = z.strictObject({ version: z.string().max(20) });

/** The pages of one section: reading it, changing it, its earlier texts. */
export function addSectionRoutes(app: App, deps: NarrativeDeps): void {
  app.get(
    routePaths.newSection,
    { config: change, schema: { params: assessmentParams } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const state = fresh(sectionValues(null));
      const submissionId = newId<'submission'>();
      return reply.page(
        template,
        sectionFormView({ found: loaded.found, section: null, state, submissionId }),
      );
    },
  );

  app.post(
    routePaths.newSection,
    { config: change, schema: { params: assessmentParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { found } = loaded;
      const values = typedValues(request.body);
      const submissionId = keyIn<'submission'>(values);
      const again = (state: FormState, status = 422) =>
        reply.page(
          template,
          sectionFormView({ found, section: null, state, submissionId }),
          status,
        );
      const form = readSectionForm(request.body, null);
      if (!form.ok) return again(wrong(values, form.errors));
      const { id } = found.assessment;
      const given = { ...form.given, submissionId };
      const outcome = await writeSection(deps.db, request.actor, request.today, id, given);
      if (outcome.kind === 'refused') return again(wrong(values, errorsOf(outcome)));
      if (outcome.kind === 'done') reply.notice(`${sectionName(given)} is added.`);
      return answerWritten(reply, outcome, `${paths.assessment(id)}#part-c`);
    },
  );

  app.get(
    routePaths.texts,
    { config: read, schema: { params: sectionParams } },
    async (request, reply) => {
      const { actor, asAt } = request;
      const id = parseId<'section'>(request.params.section);
      const loaded = await loadAssessment(deps, request, reply, (tx) =>
        id === null ? Promise.resolve([]) : readSectionTexts(tx, actor.authorityId, asAt, id),
      );
      if (loaded === null) return reply;
      const section = sectionIn(reply, loaded.found, request.params.section);
      if (section === null) return reply;
      const { found, names, more: texts } = loaded;
      return reply.page(page, textsView({ found, section, texts, names }));
    },
  );

  app.get(
    routePaths.changeSection,
    { config: change, schema: { params: sectionParams } },
    async (request, reply) => {
      const opened = await openSection(deps, request, reply);
      if (opened === null) return reply;
      const { found, section } = opened;
      const state = fresh(sectionValues(section));
      const submissionId = newId<'submission'>();
      return reply.page(template, sectionFormView({ found, section, state, submissionId }));
    },
  );

  app.post(
    routePaths.changeSection,
    { config: change, schema: { params: sectionParams, body: anyForm } },
    async (request, reply) => {
      const opened = await openSection(deps, request, reply);
      if (opened === null) return reply;
      const { found, section, names } = opened;
      const { id } = found.assessment;
      const values = typedValues(request.body);
      const submissionId = keyIn<'submission'>(values);
      const again = (state: FormState, status = 422) =>
        reply.page(template, sectionFormView({ found, section, state, submissionId }), status);
      const form = readSectionForm(request.body, section);
      if (!form.ok) return again(wrong(values, form.errors));
      const given = { ...form.given, submissionId };
      const outcome = await writeSection(deps.db, request.actor, request.today, id, given);
      if (outcome.kind === 'refused') return again(wrong(values, errorsOf(outcome)));
      if (outcome.kind === 'stale') {
        const theirs = outcome.assessment.sections.find((one) => one.id === section.id);
        if (theirs === undefined) return reply.notFound();
        const state = sectionBothTexts(outcome.assessment, theirs, values, names);
        const shown = { ...found, assessment: outcome.assessment };
        return reply.page(
          template,
          sectionFormView({ found: shown, section: theirs, state, submissionId }),
          409,
        );
      }
      if (outcome.kind === 'done') reply.notice(`${sectionName(given)} is saved.`);
      return answerWritten(reply, outcome, paths.section(id, section.id));
    },
  );

  const posts = [
    { path: routePaths.confirmSection, deed: confirmSection, said: 'holds as it stands' },
    { path: routePaths.takeOutSection, deed: takeOutSection, said: 'is taken out' },
  ] as const;
  for (const { path, deed, said } of posts) {
    app.post(
      path,
      { config: change, schema: { params: sectionParams, body: anyForm } },
      async (request, reply) => {
        const opened = await openSection(deps, request, reply);
        if (opened === null) return reply;
        const { found, section } = opened;
        const { id } = found.assessment;
        const typed = readForm(versionForm, request.body);
        const version = typed.ok ? versionIn(typed.value.version) : 0;
        const outcome = await deed(deps.db, request.actor, request.today, id, section.id, version);
        if (outcome.kind === 'done') reply.notice(`${sectionName(section)} ${said}.`);
        const isGone = deed === takeOutSection;
        return answerWritten(
          reply,
          outcome,
          isGone ? `${paths.assessment(id)}#part-c` : paths.section(id, section.id),
        );
      },
    );
  }
}

/** The section of a request, for a person who may write in it now; null once it was answered. */
async function openSection(
  deps: NarrativeDeps,
  request: Parameters<typeof loadAssessment>[1],
  reply: FastifyReply,
) {
  const params = request.params as { section: string };
  const id = parseId<'section'>(params.section);
  const loaded = await loadAssessment(deps, request, reply, none, id ?? 'change');
  if (loaded === null) return null;
  const section = sectionIn(reply, loaded.found, params.section);
  if (section === null) return null;
  if (loaded.found.states.get(section.id)?.locked === true) {
    answerOf(reply, { kind: 'locked' });
    return null;
  }
  return { ...loaded, section };
}

type Refused = Extract<WriteOutcome, { kind: 'refused' }>;

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf({ reasons }: Refused): FieldError[] {
  return reasons.map(({ field, text }) => ({ field: field ?? '', text }));
}

/** Answers a write that no form shows again. */
export function answerWritten(
  reply: FastifyReply,
  outcome: WriteOutcome,
  href: string,
): FastifyReply {
  switch (outcome.kind) {
    case 'done':
      return reply.redirect(href, 303);
    case 'stale':
    case 'refused':
      return reply.problem(409, {
        title: 'Somebody wrote here since you looked',
        text: 'Nothing was changed. Go back and look at it as it stands now.',
      });
    case 'not-found':
    case 'forbidden':
    case 'locked':
      return answerOf(reply, outcome);
  }
}

type FormReading =
  { ok: true; given: Omit<GivenSection, 'submissionId'> } | { ok: false; errors: FieldError[] };

const pointBox = /^(?:point|seen)-([0-9a-f-]{36})$/;
const longestPoint = 8000;

/** Reads the form of a section; a box of a point that somebody took out meanwhile is no error. */
function readSectionForm(body: Record<string, unknown>, section: Section | null): FormReading {
  const isNumbered = section === null || section.kind === 'numbered';
  const boxes = Object.keys(body).filter((name) => isNumbered && pointBox.test(name));
  const base = {
    version: z.string().max(20),
    submission_id: z.string().max(40).optional(),
    title: requiredText('Give the section a title', 300),
    summary: optionalText(60_000),
  };
  const schema = isNumbered
    ? z.strictObject({
        ...base,
        number: requiredText('Give the section a number', 10).refine(
          (number) => number === '' || /^[1-9][0-9]{0,2}[a-z]?$/.test(number),
          'A number such as 8, 12 or 8a',
        ),
        'new-strength': optionalText(longestPoint * 4),
        'new-area': optionalText(longestPoint * 4),
        ...Object.fromEntries(boxes.map((name) => [name, optionalText(longestPoint)])),
      })
    : z.strictObject(base);
  const form = readForm(schema, body);
  if (!form.ok) return { ok: false, errors: form.errors };
  const value: Record<string, string | null | undefined> = form.value;
  const kindOf = new Map<string, PointKind>(
    section?.points.map(({ findingId, kind }) => [findingId, kind]),
  );
  const standing = boxes.flatMap((name): GivenPoint[] => {
    const id = pointBox.exec(name)?.[1] as FindingId | undefined;
    const kind = id === undefined ? undefined : kindOf.get(id);
    if (id === undefined || kind === undefined || !name.startsWith('point-')) return [];
    return [{ findingId: id, kind, words: value[name] ?? '' }];
  });
  const added = (name: string, kind: PointKind): GivenPoint[] =>
    (value[name] ?? '')
      .split(/\n\s*\n/)
      .map((words) => words.trim())
      .filter((words) => words !== '')
      .map((words) => ({ findingId: null, kind, words }));
  const news = [...added('new-strength', 'strength'), ...added('new-area', 'area for development')];
  const long = news.find(({ words }) => words.length > longestPoint);
  if (long !== undefined) {
    const field = long.kind === 'strength' ? 'new-strength' : 'new-area';
    return {
      ok: false,
      errors: [{ field, text: 'One of these has more than 8,000 characters. Shorten it.' }],
    };
  }
  return {
    ok: true,
    given: {
      id: section?.id ?? null,
      number: value['number'] ?? null,
      title: value['title'] ?? '',
      summary: value['summary'] ?? '',
      points: [...standing, ...news],
      seenVersion: versionIn(value['version'] ?? undefined),
      seenPoints: new Map(
        boxes
          .filter((name) => name.startsWith('seen-'))
          .map((name) => [name.slice(5) as FindingId, versionIn(value[name] ?? undefined)]),
      ),
    },
  };
}
