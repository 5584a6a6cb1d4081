import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { ImportChoices } from '../../rules/import-choices.ts';
import type { RagColour } from '../../rules/picture.ts';
import { schemeOf } from '../../rules/import-scheme.ts';
import type { PlanReading } from '../../rules/reading.ts';
import { standsForWords } from '../edit/plan-form.ts';

/**
 * Reads what the person says of each colour; an error stands beside its box. A colour that no
 * row has may be left without a meaning: the plan then does not use it.
 */
export function readColours(
  values: FormValues,
  reading: PlanReading,
  choices: ImportChoices,
): { ok: true; choices: ImportChoices } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const kept = offeredColours(reading, choices).filter(
    ({ colour }) => reading.counts.byRag[colour] > 0 || textOf(`${colour}-meaning`) !== '',
  );
  const ragScheme = kept.map((colour): RagColour => {
    const name = textOf(`${colour.colour}-name`);
    const meaning = textOf(`${colour.colour}-meaning`);
    const standsFor = textOf(`${colour.colour}-stands-for`);
    if (name === '' || name.length > 40) {
      const text = `Give ${colour.colour} a name of 40 characters at most`;
      errors.push({ field: `${colour.colour}-name`, text });
    }
    if (meaning === '' || meaning.length > 300) {
      const text = `Say what ${colour.colour} means in this plan, in 300 characters at most`;
      errors.push({ field: `${colour.colour}-meaning`, text });
    }
    return {
      colour: colour.colour,
      name,
      meaning,
      standsFor: isStandsFor(standsFor) ? standsFor : colour.standsFor,
    };
  });
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    choices: {
      ...choices,
      ragScheme,
      schemeConfirmed: true,
      statusFromColour: textOf('status-from-colour') === 'yes',
    },
  };
}

/** The colours to ask about: those that the file may use, as the person said of them so far. */
export function offeredColours(reading: PlanReading, choices: ImportChoices): RagColour[] {
  return schemeOf(reading).map((offered) => {
    const said = choices.ragScheme.find(({ colour }) => colour === offered.colour);
    return said ?? { ...offered, meaning: '' };
  });
}

function isStandsFor(text: string): text is RagColour['standsFor'] {
  return Object.hasOwn(standsForWords, text);
}
