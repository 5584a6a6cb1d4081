import type { GrantableRole, Role } from './policy.ts';

/** How a role is called on a page. */
export const roleNames = {
  public: 'Public (not signed in)',
  member: 'Elected member',
  clerk: 'Committee clerk',
  director: 'Director',
  'qa-manager': 'Quality assurance manager',
  'service-manager': 'Service manager',
  'team-manager': 'Team manager',
  'action-lead': 'Action lead',
  'report-author': 'Report author',
  'participation-officer': 'Participation officer',
  auditor: 'Auditor',
  iro: 'Independent reviewing officer',
  'board-chair': 'Board chair',
  advocate: 'Young person’s advocate',
  'peer-reviewer': 'Peer reviewer',
  analyst: 'Analyst',
  administrator: 'Administrator',
} as const satisfies Record<Role, string>;

/** What a role lets somebody do with what the program keeps today, in a line for who gives it. */
export const rolePurposes = {
  member: 'Reads the plans that a board or committee they sit on oversees.',
  clerk: 'Reads and exports every plan.',
  director: 'Reads, begins, changes and exports every plan, and shares plans with guests.',
  'qa-manager': 'Keeps every plan, shares plans with guests, and reads the audit log.',
  'service-manager':
    'Reads and exports every plan, begins plans, and changes those that name a post of theirs.',
  'team-manager': 'Reads, updates and exports the plans that name a post or team of theirs.',
  'action-lead': 'Reads the plans that hold an action of theirs, and gives updates to it.',
  'report-author': 'Reads and exports every plan.',
  'participation-officer': 'Reads every plan, and gives updates where a post of theirs is named.',
  auditor: 'Reads the plans that name a post of theirs.',
  iro: 'Reads every plan.',
  'board-chair': 'Reads and exports the plans that their board oversees.',
  advocate: 'Sees no plan. What an advocate works with is not kept here yet.',
  'peer-reviewer': 'A guest: reads only the plans shared with them by name, until the day agreed.',
  analyst: 'Reads, begins, changes and exports every plan.',
  administrator: 'Looks after people, posts and roles, and reads the audit log. Sees no plan.',
} as const satisfies Record<GrantableRole, string>;
