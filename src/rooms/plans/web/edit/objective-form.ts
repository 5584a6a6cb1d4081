import { z } from 'zod';
import { parseId, type ObjectiveId } from '#kernel/ids.ts';
import {
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FormReading,
  type FormValues,
} from '#platform/web/forms.ts';
import type { GivenObjective, Place } from '../../actions/change-plan.ts';
import type { ObjectivePicture, PlanPicture, SourceRef } from '../../rules/picture.ts';
import { sourceInWords } from '../../rules/words.ts';
import type { TextPair } from '#platform/web/both-texts.ts';
import { objectiveName } from '../overview.view.ts';
import { sourceValues, takeSources } from './sources.ts';

const typed = z.string().max(100).optional().default('');
const objectiveForm = z.strictObject({
  version: typed,
  submission_id: typed,
  section: optionalText(300),
  ref: optionalText(40),
  title: requiredText('Enter the objective'),
  place: typed,
  withdrawn: z.literal('yes').optional(),
});

export interface ObjectiveReading extends GivenObjective {
  place: Place | null;
  withdrawn: boolean;
  version: string;
  submission_id: string;
}

/** Reads the form of an objective. A place that the form does not name is the one it has. */
export function readObjectiveForm(body: unknown): FormReading<ObjectiveReading> {
  const { rest, sources, errors } = takeSources(body);
  const form = readForm(objectiveForm, rest);
  const all = [...(form.ok ? [] : form.errors), ...errors];
  if (!form.ok || all.length > 0) return { ok: false, errors: all, values: typedValues(body) };
  const { place, withdrawn, ...fields } = form.value;
  return {
    ok: true,
    value: { ...fields, sources, place: placeIn(place), withdrawn: withdrawn !== undefined },
  };
}

/** What an objective says, as its form shows it. */
export function objectiveValues(picture: PlanPicture, objective: ObjectivePicture): FormValues {
  return {
    section: objective.section ?? '',
    ref: objective.ref ?? '',
    title: objective.title,
    place: placeOf(picture, objective.id),
    withdrawn: objective.withdrawn ? 'yes' : '',
    ...sourceValues(objective.sources),
  };
}

/** The places that an objective can have: first, or after one of the others. */
export function placesFor(
  picture: PlanPicture,
  self: ObjectiveId,
): { value: string; text: string }[] {
  return [
    { value: 'first', text: 'First' },
    ...picture.objectives
      .filter((one) => one.id !== self)
      .map((one) => ({
        value: one.id,
        text: `After ${shortened(objectiveName(one))}${one.withdrawn ? ' (withdrawn)' : ''}`,
      })),
  ];
}

/** An objective as it stands beside what was given, field by field. */
export function objectivePairs(
  picture: PlanPicture,
  standing: ObjectivePicture,
  given: ObjectiveReading,
): TextPair[] {
  const places = new Map(placesFor(picture, standing.id).map(({ value, text }) => [value, text]));
  const placeWords = (value: string) => places.get(value) ?? '';
  const theirs = placeOf(picture, standing.id);
  const yours = given.place === null ? theirs : (given.place.after ?? 'first');
  return [
    { label: 'Section', theirs: standing.section ?? '', yours: given.section ?? '' },
    { label: 'Reference', theirs: standing.ref ?? '', yours: given.ref ?? '' },
    { label: 'Objective', theirs: standing.title, yours: given.title },
    { label: 'Where it stands', theirs: placeWords(theirs), yours: placeWords(yours) },
    sourcePair(standing.sources, given.sources),
    {
      label: 'Withdrawn',
      theirs: standing.withdrawn ? 'Yes' : 'No',
      yours: given.withdrawn ? 'Yes' : 'No',
    },
  ];
}

/** The sources of both, one a line. */
export function sourcePair(
  theirs: readonly SourceRef[],
  yours: readonly Omit<SourceRef, 'id'>[],
): TextPair {
  const words = (sources: readonly Omit<SourceRef, 'id'>[]) =>
    sources
      .map((source) => sourceInWords(source))
      .sort((a, b) => a.localeCompare(b, 'en-GB'))
      .join('\n');
  return { label: 'Sources', theirs: words(theirs), yours: words(yours) };
}

function placeOf(picture: PlanPicture, self: ObjectiveId): string {
  const index = picture.objectives.findIndex((one) => one.id === self);
  return picture.objectives[index - 1]?.id ?? 'first';
}

function placeIn(text: string): Place | null {
  if (text === 'first') return { after: null };
  const after = parseId<'objective'>(text);
  return after === null ? null : { after };
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80).trimEnd()}…` : text;
}
