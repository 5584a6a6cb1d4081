/** The front door of the room: other rooms use nothing else of it. */
export type {
  Actor,
  CircumstancesOfRecord,
  ClassOfRecord,
  GrantableRole,
  Letter,
  Refusal,
  Role,
} from './rules/policy.ts';
export { may, mightEver, parseRole, roles, whyNot } from './rules/policy.ts';
export { roleNames } from './rules/role-names.ts';
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
export { actorByEmail } from './store/actors.ts';
export type { PartyKind } from './store/tables.ts';
export type { User } from './store/users.ts';
export { listUsers, userByEmail, userNames, usersByIds } from './store/users.ts';
export type { Doer } from './actions/doer.ts';
export type { AddUserOutcome, NewUser } from './actions/add-user.ts';
export { addUser } from './actions/add-user.ts';
export { longestGuestDays, nameGuest, withdrawGuest } from './actions/name-guest.ts';
export type { NamedGrant, NamedGrantId } from './store/named-grants.ts';
export { namedGrants, opens } from './store/named-grants.ts';
export { answeringPosts, holdings, isHeldOn, type Holding } from './store/holdings.ts';
export { usersHolding } from './store/roles.ts';
export { postsAbove } from './store/posts-above.ts';
export { setPostAbove, type SetPostAboveOutcome } from './actions/set-post-above.ts';
export { confirmRole, endRole, grantRole } from './actions/grant-role.ts';
export { addParty, endHolding, holdPost, setTeamAnswer } from './actions/hold-post.ts';
export type { DemoSignIn, RegisterPeopleOptions } from './web/register.ts';
export { registerPeople } from './web/register.ts';
export type { Visitor } from './web/visitor.ts';
export { addAuthority } from './actions/add-authority.ts';
export { tidySignIns } from './actions/tidy-sign-ins.ts';
export { isFreeSlug } from './rules/authority-slug.ts';
export { passwordProblems, passwordProblemText } from './rules/password.ts';
export { userDetailProblems } from './rules/user-details.ts';
export type { ChainProblem, ChainReport } from './store/verify-chain.ts';
export { chainAt, chainProblemText, verifyChain } from './store/verify-chain.ts';
export type { AnchoredHead, AnchorProblem } from './rules/anchored.ts';
export { anchorProblems, anchorProblemText } from './rules/anchored.ts';
export { installationId } from './store/installation.ts';
export type { Item, ItemKind } from './actions/items.ts';
export { registerRecords, type RecordsDeps } from './web/records.register.ts';
export {
  decideDisposal,
  disposeOfWhatIsDue,
  liftHold,
  mayHold,
  placeHold,
  putForDisposal,
  setRetention,
  type DisposalRun,
} from './actions/retention.ts';
export { dueBy as dueForDisposal } from './store/retention.ts';
export { recordsWaiting, type RecordsWaiting } from './actions/records-waiting.ts';
export { giveOut, mayGiveOut, type GiveOut } from './actions/give-out.ts';
export { disclosureFile, disclosureFormats, type DisclosureFormat } from './web/disclosure-file.ts';
export { kindsOfRecord, type RetentionKind } from './rules/retention.ts';
export { disclosePath, holdPath, recordPaths, takeOutPath } from './web/records.paths.ts';
export { itemLogHref } from './web/log.view.ts';
export { logRead, readRestricted, recordRead, type RestrictedRead } from './actions/log-read.ts';
export { noteRead, type ReadRef } from './actions/emergency-reads.ts';
export { logApiRead, type ApiCaller } from './actions/api-callers.ts';
export { makeToken } from './actions/api-tokens.ts';
export type { ApiScope } from './rules/api-scopes.ts';
export { tokensPath } from './web/paths.ts';
export { endAllSignIns } from './store/after-restore.ts';
export { givenOutKinds } from './rules/given-out.ts';
