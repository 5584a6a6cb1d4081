import type { RagColour } from './picture.ts';
import type { Rag, Status } from './reading.ts';
import { ragName } from './words.ts';

/** One answer to "How is it going?": what it claims, in the plan's own words. */
export interface UpdateChoice {
  value: string;
  label: string;
  hint: string;
  rag: Rag | null;
  status: Status;
}

/**
 * The answers a lead can give, from the plan's own scheme: one a colour, its status taken from
 * what the colour stands for. Where no colour stands for "complete" or "not started", these are
 * offered as answers of their own, so that the status is never guessed from a colour.
 */
export function updateChoices(scheme: readonly RagColour[]): UpdateChoice[] {
  const choices: UpdateChoice[] = scheme.map((colour) => ({
    value: colour.colour,
    label: colour.name,
    hint: colour.meaning,
    rag: colour.colour,
    status: statusOf(colour.standsFor),
  }));
  if (!scheme.some((colour) => colour.standsFor === 'complete')) {
    const green = scheme.some((colour) => colour.colour === 'green');
    choices.push({
      value: 'complete',
      label: 'Complete',
      hint: green
        ? `The work is finished. It is shown as ${ragName(scheme, 'green').toLowerCase()}`
        : 'The work is finished',
      rag: green ? 'green' : null,
      status: 'complete',
    });
  }
  if (!scheme.some((colour) => colour.standsFor === 'not started')) {
    choices.push({
      value: 'not-started',
      label: 'Not started',
      hint: 'No work has been done on it yet',
      rag: null,
      status: 'not started',
    });
  }
  return choices;
}

/** The status that a colour's meaning implies. */
export function statusOf(standsFor: RagColour['standsFor']): Status {
  switch (standsFor) {
    case 'complete':
      return 'complete';
    case 'not started':
      return 'not started';
    case 'on track':
    case 'at risk':
    case 'off track':
      return 'in progress';
  }
}
