import { defaultScheme } from './default-scheme.ts';
import { rags } from './kinds.ts';
import type { RagColour } from './picture.ts';
import type { PlanReading } from './reading.ts';

/**
 * The scheme that is offered for an imported plan until a person says what each colour means
 * there: red, amber and green, and blue where the paper uses it; in the paper's own words where
 * it has a key, and said to be unknown where it has none.
 */
export function schemeOf(reading: PlanReading): RagColour[] {
  const used = (colour: RagColour['colour']) =>
    colour !== 'blue' ||
    reading.counts.byRag.blue > 0 ||
    reading.ragMeanings.some((one) => one.colour === 'blue');
  return rags.filter(used).map((colour) => {
    const usual = defaultScheme.find((one) => one.colour === colour);
    if (usual === undefined) throw new Error(`No usual meaning of ${colour}`);
    const said = reading.ragMeanings.find((one) => one.colour === colour)?.meaning;
    return {
      ...usual,
      meaning: said ?? 'The imported paper does not say what this colour means',
      standsFor: said === undefined ? usual.standsFor : meaningStandsFor(said, usual.standsFor),
    };
  });
}

/** What a meaning in words most likely stands for; the person is asked. */
export function meaningStandsFor(
  meaning: string,
  otherwise: RagColour['standsFor'],
): RagColour['standsFor'] {
  if (/\bnot (yet )?(started|begun)\b|\byet to (start|begin)\b/i.test(meaning))
    return 'not started';
  if (/\b(not|un|in)-?complete|\bnot (yet )?(achieved|done|met)\b/i.test(meaning))
    return 'off track';
  if (/\b(complete|completed|achieved|done|finished|closed|embedded)\b/i.test(meaning)) {
    return 'complete';
  }
  if (/\b(off track|overdue|missed|serious|significant)\b/i.test(meaning)) return 'off track';
  if (/\b(at risk|slipp\w*|delay\w*|some concern)\b/i.test(meaning)) return 'at risk';
  if (/\bon (track|target|course|schedule)\b/i.test(meaning)) return 'on track';
  return otherwise;
}
