import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import type { App } from '#platform/web/server.ts';
import {
  anyForm,
  optionalText,
  readForm,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import { fresh, keyIn, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { safeHref } from '#platform/web/html.ts';
import { writeRow, type GivenRow } from '../../actions/narrative/write-assessment.ts';
import { rowKinds, type RowKind } from '../../rules/narrative/assessment.ts';
import type { NarrativeDeps } from './deps.ts';
import { assessmentParams, loadAssessment } from './load.ts';
import { paths, routePaths } from './paths.ts';
import { isDrawn, rowBothTexts, rowBoxes, rowFormView, rowValues } from './row.view.ts';
import { answerWritten, errorsOf } from './section.routes.ts';

const template = 'rooms/standards/web/narrative/row-form.njk';
const config = { rule: { may: ['U', 'PLN'] } } as const;
const newParams = assessmentParams.extend({ rowKind: z.enum(rowKinds) });
const rowParams = assessmentParams.extend({ row: z.string().max(40) });
const none = () => Promise.resolve(null);

/** The forms of the tables of parts A and B. */
export function addRowRoutes(app: App, deps: NarrativeDeps): void {
  app.get(routePaths.newRow, { config, schema: { params: newParams } }, async (request, reply) => {
    const loaded = await loadAssessment(deps, request, reply, none, 'change');
    if (loaded === null) return reply;
    const { assessment } = loaded.found;
    const kind = request.params.rowKind;
    const state = fresh(rowValues(assessment, null));
    const submissionId = newId<'submission'>();
    return reply.page(template, rowFormView({ assessment, kind, row: null, state, submissionId }));
  });

  app.post(
    routePaths.newRow,
    { config, schema: { params: newParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { assessment } = loaded.found;
      const kind = request.params.rowKind;
      const values = typedValues(request.body);
      const submissionId = keyIn<'submission'>(values);
      const again = (state: FormState, status = 422) =>
        reply.page(
          template,
          rowFormView({ assessment, kind, row: null, state, submissionId }),
          status,
        );
      const form = readRowForm(request.body, kind);
      if (!form.ok) return again(wrong(values, form.errors));
      const given = { ...form.given, id: null, submissionId, withdrawn: false };
      const outcome = await writeRow(deps.db, request.actor, request.today, assessment.id, given);
      if (outcome.kind === 'refused') return again(wrong(values, errorsOf(outcome)));
      if (outcome.kind === 'done') reply.notice('It is added.');
      return answerWritten(reply, outcome, `${paths.assessment(assessment.id)}#${kind}`);
    },
  );

  app.get(routePaths.row, { config, schema: { params: rowParams } }, async (request, reply) => {
    const loaded = await loadAssessment(deps, request, reply, none, 'change');
    if (loaded === null) return reply;
    const { assessment } = loaded.found;
    const row = assessment.rows.find(({ id }) => id === request.params.row);
    if (row === undefined) return reply.notFound();
    const { kind } = row;
    const state = fresh(rowValues(assessment, row));
    const submissionId = newId<'submission'>();
    return reply.page(template, rowFormView({ assessment, kind, row, state, submissionId }));
  });

  app.post(
    routePaths.row,
    { config, schema: { params: rowParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { found, names } = loaded;
      const { assessment } = found;
      const id = parseId<'assessment item'>(request.params.row);
      const row = assessment.rows.find((one) => one.id === id);
      if (row === undefined) return reply.notFound();
      const { kind } = row;
      const values = typedValues(request.body);
      const submissionId = keyIn<'submission'>(values);
      const again = (state: FormState, status = 422, shown = row) =>
        reply.page(
          template,
          rowFormView({ assessment, kind, row: shown, state, submissionId }),
          status,
        );
      const withdrawn = values['take-out'] === 'yes';
      const form = readRowForm(request.body, kind, withdrawn);
      if (!form.ok) return again(wrong(values, form.errors));
      const given = { ...form.given, id: row.id, submissionId, withdrawn };
      const outcome = await writeRow(deps.db, request.actor, request.today, assessment.id, given);
      if (outcome.kind === 'refused') return again(wrong(values, errorsOf(outcome)));
      if (outcome.kind === 'stale') {
        const theirs = outcome.assessment.rows.find((one) => one.id === row.id);
        if (theirs === undefined) return reply.notFound();
        return again(rowBothTexts(outcome.assessment, theirs, values, names), 409, theirs);
      }
      if (outcome.kind === 'done') reply.notice(withdrawn ? 'It is taken out.' : 'It is saved.');
      return answerWritten(reply, outcome, `${paths.assessment(assessment.id)}#${kind}`);
    },
  );
}

type RowReading =
  | { ok: true; given: Omit<GivenRow, 'id' | 'submissionId' | 'withdrawn'> }
  | { ok: false; errors: FieldError[] };

const longest = { label: 300, words: 8000, dated: 200, url: 2000, sections: 300 } as const;

/** Reads the form of a row; a row that is taken out is asked for nothing. */
function readRowForm(body: Record<string, unknown>, kind: RowKind, withdrawn = false): RowReading {
  const boxes = rowBoxes[kind];
  const names = (['label', 'words', 'dated', 'url', 'sections'] as const).filter(
    (name) => name in boxes,
  );
  const schema = z.strictObject({
    version: z.string().max(20),
    submission_id: z.string().max(40).optional(),
    'take-out': z.literal('yes').optional(),
    ...(isDrawn(kind) ? { finding: z.string().max(40).optional() } : {}),
    ...Object.fromEntries(names.map((name) => [name, optionalText(longest[name])])),
  });
  const form = readForm(schema, body);
  if (!form.ok) return { ok: false, errors: form.errors };
  const value = form.value as Record<string, string | null | undefined>;
  const finding = value['finding'] ?? '';
  const findingId = parseId<'finding'>(finding);
  const errors: FieldError[] = [];
  const needs = (name: 'label' | 'words', text: string) => {
    if ((value[name] ?? null) === null) errors.push({ field: name, text });
  };
  if (kind === 'person') needs('label', 'Give the post');
  if (kind === 'document') needs('label', 'Give the title of the document');
  if (kind === 'risk') needs('words', 'Say what the risk is');
  if (kind === 'innovation') needs('words', 'Say what it is');
  if (isDrawn(kind) && findingId === null) {
    needs('words', 'Choose what it is drawn from, or write words of its own');
  }
  const url = value['url'] ?? null;
  if (url !== null && safeHref(url) === null) {
    errors.push({ field: 'url', text: 'Give an address that begins with https:// or http://' });
  }
  if (errors.length > 0 && !withdrawn) return { ok: false, errors };
  return {
    ok: true,
    given: {
      kind,
      label: value['label'] ?? null,
      words: value['words'] ?? null,
      dated: value['dated'] ?? null,
      url: url === null ? null : safeHref(url),
      findingId,
      sections: value['sections'] ?? '',
      seenVersion: versionIn(value['version'] ?? undefined),
    },
  };
}
