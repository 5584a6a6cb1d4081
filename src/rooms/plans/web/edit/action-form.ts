import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import {
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import type { GivenAction } from '../../actions/change-action.ts';
import { isAgreedTest, testInWords } from '../../rules/closure-words.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import type { Due } from '../../rules/reading.ts';
import { sentenceCase } from '../../rules/words.ts';
import type { TextPair } from '#platform/web/both-texts.ts';
import { objectiveName } from '../overview.view.ts';
import { noDue, readDueBox, type DueQuestion } from '#platform/web/due-box.ts';
import { nameList } from '#platform/web/names.ts';
import { sourcePair } from './objective-form.ts';
import { sourceValues, takeSources } from './sources.ts';

const typed = z.string().max(400, 'This is too long. Shorten it.').optional().default('');
const priorities = ['high', 'medium', 'low'] as const;

const actionForm = z.strictObject({
  version: typed,
  submission_id: typed,
  finding: typed,
  judgement: typed,
  objective: requiredText('Choose the objective that this action serves', 40),
  ref: requiredText('Enter a reference, such as 1.4', 40),
  text: requiredText('Enter what is to be done', 8000),
  leads: nameList(),
  contributors: nameList(),
  priority: typed,
  due: typed,
  'due-asked': typed,
  'due-right': typed,
  measure: optionalText(),
  outcome: optionalText(),
  test: z.enum(['agreed', 'to be agreed']).optional(),
  'test-measure': optionalText(),
  'test-sample': optionalText(),
  'test-threshold': optionalText(),
  'test-by-day': dateBox,
  'test-by-month': dateBox,
  'test-by-year': dateBox,
});

export type ActionReading =
  | { ok: true; value: GivenAction; due: Due; question: DueQuestion | null }
  | { ok: false; errors: FieldError[]; question: DueQuestion | null };

const unasked = { ok: true as const, due: noDue, question: null };

/** Reads the form of an action; its due date, and that its test must be said, only of a new one. */
export function readActionForm(body: unknown, today: IsoDate, asksDue: boolean): ActionReading {
  const { rest, sources, errors: sourceErrors } = takeSources(body);
  const form = readForm(actionForm, rest);
  const due = asksDue ? readDueBox(typedValues(rest), today, null) : unasked;
  const test = form.ok ? readTest(form.value, typedValues(rest), asksDue) : unread;
  const errors = [
    ...(form.ok ? [] : form.errors),
    ...(due.ok ? [] : due.errors),
    ...test.errors,
    ...sourceErrors,
  ];
  if (!form.ok || !due.ok || errors.length > 0) {
    return { ok: false, errors, question: due.question };
  }
  const fields = form.value;
  const objectiveId = parseId<'objective'>(fields.objective);
  if (objectiveId === null) {
    const error = { field: 'objective', text: 'Choose the objective that this action serves' };
    return { ok: false, errors: [error], question: due.question };
  }
  return {
    ok: true,
    due: due.due,
    question: due.question,
    value: {
      objectiveId,
      ref: fields.ref,
      text: fields.text,
      leads: fields.leads,
      contributors: fields.contributors,
      priority: priorities.find((one) => one === fields.priority) ?? null,
      successMeasure: fields.measure,
      outcomeForChildren: fields.outcome,
      sources,
      ...(test.test === null ? {} : { test: test.test }),
    },
  };
}

const unread: TestReading = { test: null, errors: [] };

interface TestReading {
  /** Null where the form does not say: it then stays as it is. */
  test: ActionPicture['test'];
  errors: FieldError[];
}

/** How it will be tested: measure, sample, threshold and by when, or "to be agreed". */
function readTest(
  fields: z.output<typeof actionForm>,
  typedFields: FormValues,
  isAsked: boolean,
): TestReading {
  if (fields.test === 'to be agreed') return { test: 'to be agreed', errors: [] };
  if (fields.test === undefined) {
    const text = 'Say how it will be tested, or that this is to be agreed';
    return { test: null, errors: isAsked ? [{ field: 'test', text }] : [] };
  }
  const measure = fields['test-measure'];
  const threshold = fields['test-threshold'];
  const by = readDateFields(typedFields, 'test-by');
  const errors: FieldError[] = [];
  if (measure === null) errors.push({ field: 'test-measure', text: 'Say what will be measured' });
  if (threshold === null) {
    errors.push({ field: 'test-threshold', text: 'Say what result is good enough' });
  }
  if (!by.ok) errors.push(by.error);
  if (measure === null || threshold === null || !by.ok) return { test: null, errors };
  const test = { measure, sample: fields['test-sample'], threshold, byWhen: by.date };
  return { test, errors };
}

/** The test of an action, as its form shows it. */
function testValues(test: ActionPicture['test']): FormValues {
  if (!isAgreedTest(test)) return test === null ? {} : { test };
  const [year = '', month = '', day = ''] = (test.byWhen ?? '').split('-');
  return {
    test: 'agreed',
    'test-measure': test.measure,
    'test-sample': test.sample ?? '',
    'test-threshold': test.threshold,
    'test-by-day': day.replace(/^0/, ''),
    'test-by-month': month.replace(/^0/, ''),
    'test-by-year': year,
  };
}

/** What an action says, as its form shows it. */
export function actionValues(action: ActionPicture): FormValues {
  return {
    objective: action.objectiveId,
    ref: action.ref,
    text: action.text,
    leads: action.leads.map((party) => party.name),
    contributors: action.contributors.map((party) => party.name),
    priority: action.priority ?? 'none',
    measure: action.successMeasure ?? '',
    outcome: action.outcomeForChildren ?? '',
    ...testValues(action.test),
    ...sourceValues(action.sources),
  };
}

/** An action as it stands beside what was given, field by field. */
export function actionPairs(
  picture: PlanPicture,
  standing: ActionPicture,
  given: GivenAction,
): TextPair[] {
  const objective = (id: string) => {
    const found = picture.objectives.find((one) => one.id === id);
    return found === undefined ? '' : objectiveName(found);
  };
  const names = (parties: ActionPicture['leads']) => parties.map((one) => one.name).join('\n');
  return [
    {
      label: 'Objective',
      theirs: objective(standing.objectiveId),
      yours: objective(given.objectiveId),
    },
    { label: 'Reference', theirs: standing.ref, yours: given.ref },
    { label: 'Action', theirs: standing.text, yours: given.text },
    { label: 'Leads', theirs: names(standing.leads), yours: given.leads.join('\n') },
    {
      label: 'Contributors',
      theirs: names(standing.contributors),
      yours: given.contributors.join('\n'),
    },
    {
      label: 'Priority',
      theirs: sentenceCase(standing.priority ?? 'none set'),
      yours: sentenceCase(given.priority ?? 'none set'),
    },
    {
      label: 'How will we know?',
      theirs: standing.successMeasure ?? '',
      yours: given.successMeasure ?? '',
    },
    {
      label: 'Intended outcome for children',
      theirs: standing.outcomeForChildren ?? '',
      yours: given.outcomeForChildren ?? '',
    },
    {
      label: 'How will it be tested?',
      theirs: testInWords(standing.test),
      yours: testInWords(given.test ?? standing.test),
    },
    sourcePair(standing.sources, given.sources),
  ];
}
