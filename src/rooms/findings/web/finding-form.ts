import { z } from 'zod';
import { parseId, type ThemeId } from '#kernel/ids.ts';
import type { TextPair } from '#platform/web/both-texts.ts';
import {
  manyOf,
  optionalText,
  readForm,
  requiredText,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import type { GivenFinding } from '../actions/findings.ts';
import { findingKindName, sentenceCase } from '../rules/kind-words.ts';
import { findingKinds } from '../rules/kinds.ts';
import type { FindingPicture, Theme } from '../rules/picture.ts';

const fields = {
  kind: z.enum(findingKinds, 'Choose what kind of finding it is'),
  words: requiredText('Copy the words of the source', 8000),
  ref: optionalText(40),
  page: optionalText(40),
  paragraph: optionalText(40),
  area: optionalText(200),
  lead: optionalText(200),
  'reports-to': optionalText(200),
  theme: manyOf(z.string().max(40)),
  'words-to-share': optionalText(4000),
};
const newForm = z.strictObject({
  ...fields,
  submission_id: z.string().max(40).optional(),
  // 'another': the same form again, for the next finding.
  then: z.enum(['another']).optional(),
});
const changeForm = z.strictObject({
  ...fields,
  version: z.string().max(20),
  reason: requiredText('Say why it is corrected', 2000),
});

export type FindingReading<More> =
  { ok: true; value: GivenFinding; more: More } | { ok: false; errors: FieldError[] };

/** Reads the form of a new finding. */
export function readNewFinding(body: unknown): FindingReading<{ another: boolean }> {
  const form = readForm(newForm, body);
  if (!form.ok) return form;
  return { ok: true, value: givenIn(form.value), more: { another: form.value.then === 'another' } };
}

/** Reads the form that corrects a finding. */
export function readChangedFinding(body: unknown): FindingReading<{ reason: string }> {
  const form = readForm(changeForm, body);
  if (!form.ok) return form;
  return { ok: true, value: givenIn(form.value), more: { reason: form.value.reason } };
}

function givenIn(value: Omit<z.output<typeof newForm>, 'submission_id' | 'then'>): GivenFinding {
  const { kind, words, ref, page, paragraph, area, lead, theme } = value;
  return {
    ...{ kind, words, ref, page, paragraph, area, lead },
    reportsTo: value['reports-to'],
    themeIds: theme.flatMap((id): ThemeId[] => {
      const parsed = parseId<'theme'>(id);
      return parsed === null ? [] : [parsed];
    }),
    wordsToShare: value['words-to-share'],
  };
}

/** What a finding says, as its form shows it. */
export function findingValues(finding: FindingPicture): FormValues {
  return {
    kind: finding.kind,
    words: finding.words,
    ref: finding.ref ?? '',
    page: finding.page ?? '',
    paragraph: finding.paragraph ?? '',
    area: finding.area ?? '',
    lead: finding.lead?.name ?? '',
    'reports-to': finding.reportsTo?.name ?? '',
    theme: finding.themes.map(({ id }) => id),
    'words-to-share': finding.wordsToShare ?? '',
  };
}

/** What the next finding of a source most often shares with the one before. */
export function nextValues(given: GivenFinding): FormValues {
  return {
    kind: given.kind,
    page: given.page ?? '',
    'reports-to': given.reportsTo ?? '',
    theme: [],
  };
}

/** A finding as it stands beside what was given, field by field. */
export function findingPairs(
  standing: FindingPicture,
  given: GivenFinding,
  themes: readonly Theme[],
): TextPair[] {
  const nameOf = (id: ThemeId) => themes.find((one) => one.id === id)?.name ?? '';
  const pair = (label: string, theirs: string | null | undefined, yours: string | null) => ({
    label,
    theirs: theirs ?? '',
    yours: yours ?? '',
  });
  const kind = (one: GivenFinding['kind']) => sentenceCase(findingKindName(one));
  return [
    pair('Kind', kind(standing.kind), kind(given.kind)),
    pair('Its own words', standing.words, given.words),
    pair('Number', standing.ref, given.ref),
    pair('Page', standing.page, given.page),
    pair('Paragraph', standing.paragraph, given.paragraph),
    pair('Area', standing.area, given.area),
    pair('Lead post', standing.lead?.name, given.lead),
    pair('Reported to', standing.reportsTo?.name, given.reportsTo),
    pair(
      'Themes',
      standing.themes.map(({ name }) => name).join('\n'),
      given.themeIds.map(nameOf).sort().join('\n'),
    ),
    pair('Words to share', standing.wordsToShare, given.wordsToShare),
  ];
}
