import type { Refusal } from '../rules/policy.ts';

const texts = {
  'another-authority': 'This belongs to another council.',
  'no-role-allows-it': 'None of your roles allows this.',
  'not-assigned': 'You can do this only where you are named or assigned.',
  'not-on-the-board': 'You can do this only for a board that you sit on.',
  'needs-a-second-person':
    'This needs two people, and you put it forward yourself. Ask another administrator to agree to it.',
  oneself: 'Nobody gives a role to themself. Ask another administrator.',
} as const satisfies Record<Refusal, string>;

/** The reasons in words, each once. */
export function refusalTexts(reasons: readonly Refusal[]): string[] {
  return reasons.map((reason) => texts[reason]);
}
