import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import { formatDate } from '#kernel/dates.ts';
import { dueInWords } from '#kernel/due/due-in-words.ts';
import { parseId } from '#kernel/ids.ts';
import type { TextPair } from '#platform/web/both-texts.ts';
import { parseWrittenDate } from '#platform/web/dates-written.ts';
import { readDueBox, type DueQuestion } from '#platform/web/due-box.ts';
import {
  optionalText,
  readForm,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import { nameList } from '#platform/web/names.ts';
import type { GivenJudgement } from '../actions/judge.ts';
import { progresses, restKinds, results } from '../rules/kinds.ts';
import type { Level } from '../rules/levels.ts';
import type { Judgement, Rest } from '../rules/picture.ts';
import { levelName, progressNames, restNames, resultNames } from '../rules/words.ts';

const short = z.string().max(400, 'This is too long. Shorten it.').optional().default('');

const judgeForm = z.strictObject({
  version: short,
  progress: z.enum(progresses, 'Say how far the work on it is'),
  level: short,
  result: short,
  how: optionalText(8000),
  why: optionalText(8000),
  next: optionalText(8000),
  due: short,
  'due-asked': short,
  'due-right': short,
  leads: nameList(),
});

/** As many things as a judgement can rest on. */
export const mostRests = 12;
const restParts = ['kind', 'words', 'dated', 'source', 'kept'] as const;
const restField = /^rest-(\d{1,2})-(kind|words|dated|source|kept)$/;

export type JudgeReading =
  | { ok: true; value: GivenJudgement; question: DueQuestion | null }
  | { ok: false; errors: FieldError[]; question: DueQuestion | null };

/** What the form knows of sources: their titles as they can be typed, and of each its id. */
export type SourceOfTitle = (title: string) => Rest['sourceId'];

/** Reads the form of a judgement. `before` gives back what a row rested on that no box shows. */
export function readJudgeForm(
  body: unknown,
  today: IsoDate,
  before: readonly Rest[],
  sourceOf: SourceOfTitle,
): JudgeReading {
  const all = body !== null && typeof body === 'object' ? Object.entries(body) : [];
  const rows = typedValues(Object.fromEntries(all.filter(([name]) => isRestField(name))));
  const rest = Object.fromEntries(all.filter(([name]) => !isRestField(name)));
  const form = readForm(judgeForm, rest);
  const due = readDueBox(typedValues(rest), today, null);
  const rests = readRests(rows, today, before, sourceOf);
  const errors = [...(form.ok ? [] : form.errors), ...(due.ok ? [] : due.errors), ...rests.errors];
  if (!form.ok || !due.ok || errors.length > 0) {
    return { ok: false, errors, question: due.question };
  }
  const { value } = form;
  return {
    ok: true,
    question: due.question,
    value: {
      progress: value.progress,
      level: value.level === '' || value.level === 'none' ? null : value.level,
      result: results.find((one) => one === value.result) ?? null,
      howMet: value.how,
      whyNot: value.why,
      whatNext: value.next,
      due: due.due.asWritten === '' ? null : due.due,
      leads: value.leads,
      restsOn: rests.rests,
    },
  };
}

function isRestField(name: string): boolean {
  const number = Number(restField.exec(name)?.[1] ?? 0);
  return number >= 1 && number <= mostRests;
}

function readRests(
  values: FormValues,
  today: IsoDate,
  before: readonly Rest[],
  sourceOf: SourceOfTitle,
): { rests: Rest[]; errors: FieldError[] } {
  const rests: Rest[] = [];
  const errors: FieldError[] = [];
  for (let n = 1; n <= mostRests; n += 1) {
    const [kind = '', words = '', dated = '', source = '', kept = ''] = restParts.map((part) => {
      const value = values[`rest-${n}-${part}`];
      return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
    });
    if ([kind, words, dated, source].every((text) => text === '')) continue;
    const known = restKinds.find((one) => one === kind);
    if (known === undefined) {
      errors.push({ field: `rest-${n}-kind`, text: `Say what kind of thing number ${n} is` });
      continue;
    }
    if (words.length > 2000) {
      errors.push({
        field: `rest-${n}-words`,
        text: 'This has more than 2,000 characters. Shorten it.',
      });
    }
    const day = dated === '' ? null : parseWrittenDate(dated);
    if (day !== null && !day.ok) errors.push({ field: `rest-${n}-dated`, text: day.why });
    else if (day !== null && day.date > today) {
      errors.push({ field: `rest-${n}-dated`, text: `${formatDate(day.date)} is in the future` });
    }
    const sourceId = source === '' ? null : sourceOf(source);
    if (source !== '' && sourceId === null) {
      const text = `No source here is called “${source.slice(0, 80)}”. Register it first, or write it into the words`;
      errors.push({ field: `rest-${n}-source`, text });
    }
    const old = /^\d{1,2}$/.test(kept) ? before[Number(kept)] : undefined;
    rests.push({
      kind: known,
      words: words === '' ? null : words,
      datedOn: day?.ok === true ? day.date : null,
      evidenceId: old?.evidenceId ?? null,
      sourceId,
      findingId: old?.findingId ?? null,
    });
  }
  return { rests, errors };
}

/** What stands, as the form shows it; of a criterion that nobody judged, the work has not started. */
export function judgeValues(
  judgement: Judgement | undefined,
  titleOf: (rest: Rest) => string,
): FormValues {
  if (judgement === undefined) return { progress: 'not started', level: 'none', result: 'none' };
  const rests = judgement.restsOn.slice(0, mostRests).flatMap((rest, index) => {
    const n = index + 1;
    return [
      [`rest-${n}-kind`, rest.kind],
      [`rest-${n}-words`, rest.words ?? ''],
      [`rest-${n}-dated`, rest.datedOn === null ? '' : formatDate(rest.datedOn)],
      [`rest-${n}-source`, titleOf(rest)],
      [`rest-${n}-kept`, String(index)],
    ];
  });
  return {
    progress: judgement.progress,
    level: judgement.level ?? 'none',
    result: judgement.result ?? 'none',
    how: judgement.howMet ?? '',
    why: judgement.whyNot ?? '',
    next: judgement.whatNext ?? '',
    due: judgement.due?.asWritten ?? '',
    leads: judgement.leads.map(({ name }) => name),
    ...(Object.fromEntries(rests) as FormValues),
  };
}

/** What stands beside what was given, field by field. */
export function judgePairs(
  standing: Judgement,
  given: GivenJudgement,
  levels: readonly Level[],
): TextPair[] {
  const due = (one: { due: GivenJudgement['due'] }) =>
    one.due === null ? '' : dueInWords(one.due);
  const rests = (all: readonly Rest[]) =>
    all
      .map(({ kind, words, datedOn }) =>
        [restNames[kind], words, datedOn === null ? null : formatDate(datedOn)]
          .filter((part) => part !== null)
          .join(', '),
      )
      .join('\n');
  return [
    {
      label: 'How far is the work?',
      theirs: progressNames[standing.progress],
      yours: progressNames[given.progress],
    },
    {
      label: 'Level',
      theirs: levelName(levels, standing.level),
      yours: levelName(levels, given.level),
    },
    {
      label: 'Kind of result',
      theirs: standing.result === null ? '' : resultNames[standing.result],
      yours: given.result === null ? '' : resultNames[given.result],
    },
    { label: 'How it is met', theirs: standing.howMet ?? '', yours: given.howMet ?? '' },
    { label: 'Why not fully', theirs: standing.whyNot ?? '', yours: given.whyNot ?? '' },
    { label: 'What comes next', theirs: standing.whatNext ?? '', yours: given.whatNext ?? '' },
    { label: 'By when', theirs: due(standing), yours: due(given) },
    {
      label: 'Who does it',
      theirs: standing.leads.map(({ name }) => name).join('\n'),
      yours: given.leads.join('\n'),
    },
    { label: 'On what it rests', theirs: rests(standing.restsOn), yours: rests(given.restsOn) },
  ];
}

/** The id that a page sent along; null where it is none. */
export function idIn<Kind extends string>(typed: FormValues[string] | undefined) {
  return typeof typed === 'string' ? parseId<Kind>(typed) : null;
}
