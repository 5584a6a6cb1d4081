/** The front door of the room: other rooms use nothing else of it. */
export type {
  Actor,
  CircumstancesOfRecord,
  ClassOfRecord,
  Letter,
  Refusal,
  Role,
} from './rules/policy.ts';
export { may, mightEver, parseRole, roleNames, roles, whyNot } from './rules/policy.ts';
export type { FactRef } from './store/audit-log.ts';
export { recordFacts } from './store/audit-log.ts';
export type { Authority } from './store/authorities.ts';
export { authorityById, authorityBySlug, listAuthorities } from './store/authorities.ts';
export type { Party } from './store/parties.ts';
export {
  findOrAddParty,
  listParties,
  partiesByIds,
  partiesOf,
  partyNameKey,
} from './store/parties.ts';
export type { PartyKind } from './store/tables.ts';
export type { User } from './store/users.ts';
export { listUsers, userByEmail, userNames, usersByIds } from './store/users.ts';
