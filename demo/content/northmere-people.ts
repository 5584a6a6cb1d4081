import type { PartyStory, PersonStory } from '../story.ts';

/** The posts and boards of Northmere, a fictional neighbour: strangers to Saltmarsh. */
export const parties = {
  improvementLead: { kind: 'post', name: 'Improvement Lead' },
  familyHubsManager: { kind: 'post', name: 'Family Hubs Manager', answersTo: 'improvementLead' },
  earlyHelpManager: { kind: 'post', name: 'Early Help Manager', answersTo: 'improvementLead' },
  helpBoard: { kind: 'board', name: 'Family Help Board' },
} as const satisfies Record<string, PartyStory>;

export type NorthmereParty = keyof typeof parties;

export const people: readonly PersonStory<NorthmereParty>[] = [
  {
    email: 'quality@northmere.example',
    name: 'Helen Marlow',
    role: 'qa-manager',
    holds: ['improvementLead', 'helpBoard'],
    shown: {
      part: 'quality assurance manager of the neighbouring council',
      tryThis: 'A stranger to Saltmarsh: nothing of it is there, not even by its address.',
    },
  },
  {
    email: 'lead@northmere.example',
    name: 'Peter Doyle',
    role: 'action-lead',
    holds: ['familyHubsManager'],
  },
  {
    email: 'admin@northmere.example',
    name: 'Yvonne Greaves',
    role: 'administrator',
    holds: [],
  },
];
