import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import {
  dateBox,
  manyOf,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormReading,
  type FormValues,
} from '#platform/web/forms.ts';
import type { GivenPlan } from '../../actions/change-plan.ts';
import { defaultScheme } from '../../rules/default-scheme.ts';
import type { PlanHead, RagColour } from '../../rules/picture.ts';
import type { Rag } from '../../rules/reading.ts';
import type { TextPair } from '#platform/web/both-texts.ts';
import { periodInWords } from '../parts.ts';
import { namesIn } from '#platform/web/names.ts';
import { offeredCycles, reviewCycleInWords } from './review-cycle.ts';

/** What is kept with the form: the plan that it begins, or the version that it changes. */
export interface PlanFormKeys {
  version: string;
  submission_id: string;
}

export const standsForWords: Record<RagColour['standsFor'], string> = {
  'not started': 'Not started',
  'on track': 'In progress, on track',
  'at risk': 'In progress, at risk',
  'off track': 'In progress, off track',
  complete: 'Complete',
};
const standings = Object.keys(standsForWords) as RagColour['standsFor'][];
const colours: Rag[] = ['red', 'amber', 'green', 'blue'];
const typed = z.string().max(4000, 'This is too long. Shorten it.').optional().default('');
const used = z.literal('yes').optional();

const planForm = z.strictObject({
  version: typed,
  submission_id: typed,
  title: requiredText('Enter a title', 300),
  'from-day': dateBox,
  'from-month': dateBox,
  'from-year': dateBox,
  'to-day': dateBox,
  'to-month': dateBox,
  'to-year': dateBox,
  owner: optionalText(200),
  boards: manyOf(z.string().max(200, 'This is too long. Shorten it.')),
  'more-boards': typed,
  'review-cycle': typed,
  'review-days': typed,
  'red-used': used,
  'red-name': typed,
  'red-meaning': typed,
  'red-stands-for': typed,
  'amber-used': used,
  'amber-name': typed,
  'amber-meaning': typed,
  'amber-stands-for': typed,
  'green-used': used,
  'green-name': typed,
  'green-meaning': typed,
  'green-stands-for': typed,
  'blue-used': used,
  'blue-name': typed,
  'blue-meaning': typed,
  'blue-stands-for': typed,
});
type PlanFields = z.output<typeof planForm>;

/** Reads the form of a plan's head. The colours come in the order in which the page has them. */
export function readPlanForm(
  body: unknown,
  order: readonly Rag[],
): FormReading<GivenPlan & PlanFormKeys> {
  const form = readForm(planForm, body);
  if (!form.ok) return form;
  const fields = form.value;
  const errors: FieldError[] = [];
  const from = readDateFields(fields, 'from');
  const to = readDateFields(fields, 'to');
  for (const date of [from, to]) if (!date.ok) errors.push(date.error);
  if (from.ok && to.ok && from.date !== null && to.date !== null && to.date < from.date) {
    errors.push({ field: 'to', text: 'The last day must be the same as or after the first day' });
  }
  const boards = namesIn([...fields.boards, fields['more-boards']]);
  if (boards.some((board) => board.length > 200)) {
    const text = 'The name of a board has more than 200 characters. Shorten it.';
    errors.push({ field: 'more-boards', text });
  }
  const cycle = readCycle(fields);
  if (!cycle.ok) errors.push(cycle.error);
  const scheme = readScheme(fields, order);
  errors.push(...scheme.errors);
  if (errors.length > 0 || !from.ok || !to.ok || !cycle.ok) {
    return { ok: false, errors, values: typedValues(body) };
  }
  return {
    ok: true,
    value: {
      title: fields.title,
      periodFrom: from.date,
      periodTo: to.date,
      owner: fields.owner,
      boards,
      reviewCycleDays: cycle.days,
      ragScheme: scheme.colours,
      version: fields.version,
      submission_id: fields.submission_id,
    },
  };
}

/** The order in which the page has the colours: those of the plan's scheme as they stand there. */
export function colourOrder(scheme: readonly RagColour[]): Rag[] {
  const standing = scheme.map((one) => one.colour);
  return [...standing, ...colours.filter((colour) => !standing.includes(colour))];
}

/** What a new plan's form begins with. */
export function newPlanValues(): FormValues {
  return { 'review-cycle': 'none', ...schemeValues(defaultScheme) };
}

/** What a plan's head says, as its form shows it. */
export function planValues(plan: PlanHead): FormValues {
  const offered = offeredCycles.some((cycle) => cycle.days === plan.reviewCycleDays);
  const days = plan.reviewCycleDays;
  return {
    title: plan.title,
    ...dateValues('from', plan.periodFrom),
    ...dateValues('to', plan.periodTo),
    owner: plan.owner?.name ?? '',
    boards: plan.boards.map((board) => board.name),
    'review-cycle': days === null ? 'none' : offered ? String(days) : 'other',
    'review-days': days === null || offered ? '' : String(days),
    ...schemeValues(plan.ragScheme),
  };
}

/** A date in its three boxes. */
export function dateValues(name: string, date: IsoDate | null): FormValues {
  const [year = '', month = '', day = ''] = date?.split('-') ?? [];
  return {
    [`${name}-day`]: day.replace(/^0/, ''),
    [`${name}-month`]: month.replace(/^0/, ''),
    [`${name}-year`]: year,
  };
}

/** A plan's head as it stands beside what was given, field by field. */
export function planPairs(standing: PlanHead, given: GivenPlan): TextPair[] {
  const scheme = (one: readonly RagColour[]) =>
    one
      .map((c) => `${c.name} (${c.colour}): ${c.meaning}. ${standsForWords[c.standsFor]}`)
      .join('\n');
  const period = (from: IsoDate | null, to: IsoDate | null) => periodInWords(from, to) ?? '';
  return [
    { label: 'Title', theirs: standing.title, yours: given.title },
    {
      label: 'Period',
      theirs: period(standing.periodFrom, standing.periodTo),
      yours: period(given.periodFrom, given.periodTo),
    },
    { label: 'Owner', theirs: standing.owner?.name ?? '', yours: given.owner ?? '' },
    {
      label: 'Overseen by',
      theirs: standing.boards.map((board) => board.name).join('\n'),
      yours: [...given.boards].sort((a, b) => a.localeCompare(b, 'en-GB')).join('\n'),
    },
    {
      label: 'Review cycle',
      theirs: reviewCycleInWords(standing.reviewCycleDays),
      yours: reviewCycleInWords(given.reviewCycleDays),
    },
    { label: 'Colours', theirs: scheme(standing.ragScheme), yours: scheme(given.ragScheme) },
  ];
}

function schemeValues(scheme: readonly RagColour[]): FormValues {
  return Object.fromEntries(
    colours.flatMap((colour) => {
      const own = scheme.find((one) => one.colour === colour);
      const shown = own ?? defaultScheme.find((one) => one.colour === colour);
      return [
        [`${colour}-used`, own === undefined ? '' : 'yes'],
        [`${colour}-name`, shown?.name ?? ''],
        [`${colour}-meaning`, shown?.meaning ?? ''],
        [`${colour}-stands-for`, shown?.standsFor ?? ''],
      ];
    }),
  );
}

function readCycle(
  fields: PlanFields,
): { ok: true; days: number | null } | { ok: false; error: FieldError } {
  const choice = fields['review-cycle'];
  if (choice === '' || choice === 'none') return { ok: true, days: null };
  if (offeredCycles.some(({ days }) => String(days) === choice)) {
    return { ok: true, days: Number(choice) };
  }
  const days = fields['review-days'].trim();
  return /^\d{1,3}$/.test(days) && Number(days) > 0
    ? { ok: true, days: Number(days) }
    : { ok: false, error: { field: 'review-days', text: 'Enter a number of days from 1 to 999' } };
}

function readScheme(
  fields: PlanFields,
  order: readonly Rag[],
): { colours: RagColour[]; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const read: RagColour[] = [];
  for (const colour of order) {
    if (fields[`${colour}-used`] === undefined) continue;
    const name = fields[`${colour}-name`].trim().replace(/\s+/g, ' ');
    const meaning = fields[`${colour}-meaning`].trim().replace(/\s+/g, ' ');
    const standsFor = standings.find((one) => one === fields[`${colour}-stands-for`]);
    if (name === '' || name.length > 40) {
      const text = `Enter what this plan calls ${colour}, in 40 characters or fewer`;
      errors.push({ field: `${colour}-name`, text });
    }
    if (meaning === '' || meaning.length > 200) {
      const text = `Say what ${colour} means in this plan, in 200 characters or fewer`;
      errors.push({ field: `${colour}-meaning`, text });
    }
    if (standsFor === undefined) {
      errors.push({ field: `${colour}-stands-for`, text: `Choose what ${colour} stands for` });
    } else read.push({ colour, name, meaning, standsFor });
  }
  if (read.length === 0 && errors.length === 0) {
    const first = order[0] ?? 'red';
    errors.push({
      field: `${first}-used`,
      text: `Use at least one colour, such as ${first}`,
    });
  }
  return { colours: read, errors };
}
