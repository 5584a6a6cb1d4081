import { z } from 'zod';
import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { TextPair } from '#platform/web/both-texts.ts';
import {
  dateBox,
  manyOf,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import type { GivenSource } from '../actions/sources.ts';
import { classificationWords, sourceKindName } from '../rules/kind-words.ts';
import { classifications, sourceKinds, type GradedArea } from '../rules/kinds.ts';
import type { SourcePicture } from '../rules/picture.ts';
import { overallInWords } from '../rules/source-words.ts';

const line = z.string().max(200, 'This has more than 200 characters. Shorten it.');
const dateNames = ['visit-from', 'visit-to', 'published', 'received'] as const;

const sourceForm = z.strictObject({
  version: z.string().max(20).optional(),
  title: requiredText('Enter the title of the source', 500),
  kind: z.enum(sourceKinds, 'Choose what kind of source it is'),
  body: optionalText(300),
  reference: optionalText(100),
  ...dateBoxes('visit-from'),
  ...dateBoxes('visit-to'),
  ...dateBoxes('published'),
  ...dateBoxes('received'),
  'overall-is': z.enum(['given', 'none given', 'not recorded'], 'Say whether one was given'),
  overall: optionalText(200),
  'grade-area': manyOf(line),
  grade: manyOf(line),
  summary: optionalText(8000),
  classification: z.enum(classifications, 'Choose who may read it'),
  reason: optionalText(2000),
});

function dateBoxes(name: string): Record<string, typeof dateBox> {
  return { [`${name}-day`]: dateBox, [`${name}-month`]: dateBox, [`${name}-year`]: dateBox };
}

export type SourceReading =
  | { ok: true; value: GivenSource & { reason: string | null } }
  | { ok: false; errors: FieldError[] };

/** Reads the form of a source: every thing that is wrong with it at once. */
export function readSourceForm(body: unknown): SourceReading {
  const form = readForm(sourceForm, body);
  const typed = typedValues(body);
  const dates = dateNames.map((name) => [name, readDateFields(typed, name)] as const);
  const errors: FieldError[] = form.ok ? [] : [...form.errors];
  const days = new Map<string, IsoDate | null>();
  for (const [name, read] of dates) {
    if (read.ok) days.set(name, read.date);
    else errors.push(read.error);
  }
  const [visitFrom, visitTo, publishedOn, receivedOn] = dateNames.map(
    (name) => days.get(name) ?? null,
  );
  if (visitFrom != null && visitTo != null && visitFrom > visitTo) {
    errors.push({ field: 'visit-to', text: 'The visit ends before it begins' });
  }
  if (typed['overall-is'] === 'given' && [typed.overall ?? ''].flat().join('').trim() === '') {
    errors.push({ field: 'overall', text: 'Write the overall judgement as its body gave it' });
  }
  const grades = gradesIn([typed['grade-area'] ?? []].flat(), [typed.grade ?? []].flat());
  if (grades.some(({ area, grade }) => area === '' || grade === '')) {
    errors.push({
      field: 'grade-area',
      text: 'Give each area its judgement, and each judgement its area',
    });
  }
  if (!form.ok || errors.length > 0) return { ok: false, errors };
  const { title, kind, body: who, reference, overall, summary, classification } = form.value;
  const overallIs = form.value['overall-is'];
  return {
    ok: true,
    value: {
      ...{ title, kind, body: who, reference, summary, classification, grades, overallIs },
      visitFrom: visitFrom ?? null,
      visitTo: visitTo ?? null,
      publishedOn: publishedOn ?? null,
      receivedOn: receivedOn ?? null,
      overall: overallIs === 'given' ? overall : null,
      reason: form.value.reason,
    },
  };
}

/** Areas with their grades; rows of which neither box was filled are left out. */
function gradesIn(areas: readonly string[], grades: readonly string[]): GradedArea[] {
  return areas
    .map((area, index) => ({ area: area.trim(), grade: (grades[index] ?? '').trim() }))
    .filter(({ area, grade }) => area !== '' || grade !== '');
}

/** What a source says, as its form shows it. */
export function sourceValues(source: SourcePicture): FormValues {
  return {
    title: source.title,
    kind: source.kind,
    body: source.body ?? '',
    reference: source.reference ?? '',
    ...dateValues('visit-from', source.visitFrom),
    ...dateValues('visit-to', source.visitTo),
    ...dateValues('published', source.publishedOn),
    ...dateValues('received', source.receivedOn),
    'overall-is': source.overallIs,
    overall: source.overall ?? '',
    'grade-area': source.grades.map(({ area }) => area),
    grade: source.grades.map(({ grade }) => grade),
    summary: source.summary ?? '',
    classification: source.classification,
  };
}

function dateValues(name: string, date: IsoDate | null): FormValues {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return {
    [`${name}-day`]: day.replace(/^0/, ''),
    [`${name}-month`]: month.replace(/^0/, ''),
    [`${name}-year`]: year,
  };
}

/** The rows of areas and grades to show: what was typed, and always some that are free. */
export function gradeRows(values: FormValues): (GradedArea & { number: number })[] {
  const areas = [values['grade-area'] ?? []].flat();
  const grades = [values.grade ?? []].flat();
  const filled = gradesIn(areas, grades);
  const free = Math.max(4 - filled.length, 2);
  return [...filled, ...Array.from({ length: free }, () => ({ area: '', grade: '' }))].map(
    (row, index) => ({ ...row, number: index + 1 }),
  );
}

/** A source as it stands beside what was given, field by field. */
export function sourcePairs(standing: SourcePicture, given: GivenSource): TextPair[] {
  const day = (date: IsoDate | null) => (date === null ? '' : formatDate(date));
  const pair = (label: string, say: (source: GivenSource) => string | null): TextPair => ({
    label,
    theirs: say(standing) ?? '',
    yours: say(given) ?? '',
  });
  return [
    pair('Title', ({ title }) => title),
    pair('Kind', ({ kind }) => sourceKindName(kind)),
    pair('Who said it', ({ body }) => body),
    pair('Reference', ({ reference }) => reference),
    pair('Visit began', ({ visitFrom }) => day(visitFrom)),
    pair('Visit ended', ({ visitTo }) => day(visitTo)),
    pair('Published', ({ publishedOn }) => day(publishedOn)),
    pair('Received', ({ receivedOn }) => day(receivedOn)),
    pair('Overall judgement', overallInWords),
    pair('Judgements by area', ({ grades }) =>
      grades.map(({ area, grade }) => `${area}: ${grade}`).join('\n'),
    ),
    pair('Summary', ({ summary }) => summary),
    pair('Classification', ({ classification }) => classificationWords[classification].name),
  ];
}
