import type { Refusal, RoleConflict } from '../rules/policy.ts';
import { roleNames } from '../rules/role-names.ts';

const texts = {
  'another-authority': 'This belongs to another council.',
  'no-role-allows-it': 'None of your roles allows this.',
  'not-assigned': 'You can do this only where you are named or assigned.',
  'not-ones-own': 'You can do this only with something of your own that is not submitted yet.',
  'not-on-the-board': 'You can do this only for a board that you sit on.',
  'no-grant-in-force': 'Nobody has shared this with you, or the time that you had is over.',
  'only-the-derivative': 'Your roles allow only the redacted or suppressed version of this.',
  'needs-a-second-person':
    'This needs two people, and you put it forward yourself. Ask another administrator to agree to it.',
  'administrators-see-no-content':
    'An administrator has no access to what people write about their work.',
  'author-is-not-the-approver':
    'You wrote this, or changed it last. Somebody else must approve it.',
  'confidential-is-never-released': 'Confidential information is never released.',
  'about-ones-own-service':
    'These are a child’s or an advocate’s words about your own service. The advocate decides who sees them.',
  oneself: 'Nobody gives a role to themself. Ask another administrator.',
} as const satisfies Record<Refusal, string>;

/** Why two roles do not go together, in words. */
export function conflictText({ asked, held }: RoleConflict): string {
  return `${roleNames[asked]} does not go with ${roleNames[held]}, which they hold or are to hold: an administrator has no access to what people write about their work. End that role first.`;
}

/** The reasons in words, each once. */
export function refusalTexts(reasons: readonly Refusal[]): string[] {
  return reasons.map((reason) => texts[reason]);
}

/** Said where somebody would be left without an administrator. */
export const lastAdministrator = {
  title: 'This is the last administrator',
  text: 'Somebody must be able to look after people and roles. Give the role to another person first.',
} as const;
