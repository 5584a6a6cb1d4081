import type { ColumnType, Generated } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, Id, PartyId, SessionId, UserId } from '#kernel/ids.ts';
import type { ApiScope, WhyTokenEnded } from '../rules/api-scopes.ts';
import type { EmergencyOpeningId } from '../rules/policy.ts';
import type { RetentionKind } from '../rules/retention.ts';
import type { GivenOutKind } from '../rules/given-out.ts';

export type PartyKind = 'post' | 'team' | 'board' | 'organisation';
export type RoleGrantId = Id<'role-grant'>;
export type KeptFormId = Id<'kept-form'>;
export type HoldingId = Id<'post-holding'>;

/** Set by the database, never by the program. */
type Recorded = ColumnType<Date, never, never>;

/** The columns that every fact begins with. */
interface Fact<Identifier> {
  authority_id: AuthorityId;
  id: Identifier;
  recorded_at: Recorded;
  recorded_by: UserId | null;
}

export interface InstallationTable {
  the_only: Generated<boolean>;
  id: Generated<string>;
}

export interface AuthorityTable {
  id: AuthorityId;
  slug: string;
  name: string;
  is_demo: Generated<boolean>;
  recorded_at: Recorded;
}

export interface UserTable extends Fact<UserId> {
  email: string;
  name: string;
}

export interface AccountTable {
  authority_id: AuthorityId;
  user_id: UserId;
  email: string;
  name: string;
  signed_in_at: Date | null;
}

export interface UserVersionTable extends Fact<Id<'user-version'>> {
  user_id: UserId;
  version: number;
  email: string;
  name: string;
}

export interface AccountEventTable extends Fact<Id<'account-event'>> {
  user_id: UserId;
  version: number;
  kind: 'closed' | 'opened';
  reason: string;
}

export interface DelegationTable extends Fact<Id<'delegation'>> {
  party_id: PartyId;
  user_id: UserId;
  starts_on: IsoDate;
  ends_on: IsoDate;
}

export interface DelegationEndTable extends Fact<Id<'delegation-end'>> {
  delegation_id: Id<'delegation'>;
  ends_on: IsoDate;
}

export interface NamedGrantTable extends Fact<Id<'named-grant'>> {
  user_id: UserId;
  item_kind: 'plan' | 'challenge';
  item_id: string;
  reason: string;
  starts_on: IsoDate;
  ends_on: IsoDate;
}

export interface NamedGrantEndTable extends Fact<Id<'named-grant-end'>> {
  named_grant_id: Id<'named-grant'>;
  ends_on: IsoDate;
}

export interface PartyKindTable extends Fact<Id<'party-kind'>> {
  party_id: PartyId;
  version: number;
  kind: PartyKind;
}

export interface CredentialTable {
  authority_id: AuthorityId;
  user_id: UserId;
  password_hash: string | null;
  must_change: Generated<boolean>;
  totp_secret: string | null;
  totp_confirmed_at: Date | null;
  totp_last_step: number | null;
  changed_at: Generated<Date>;
}

export interface RoleGrantTable extends Fact<RoleGrantId> {
  user_id: UserId;
  /** As stored; read with `parseRole`, for a role may have been given up since. */
  role: string;
  starts_on: IsoDate;
}

export interface RoleGrantConfirmationTable extends Fact<Id<'role-grant-confirmation'>> {
  role_grant_id: RoleGrantId;
}

export interface RoleGrantEndTable extends Fact<Id<'role-grant-end'>> {
  role_grant_id: RoleGrantId;
  ends_on: IsoDate;
}

export interface PartyTable extends Fact<PartyId> {
  kind: PartyKind;
  name: string;
  name_key: string;
}

export interface PostAboveTable extends Fact<Id<'post-above'>> {
  post_id: PartyId;
  above_id: PartyId | null;
  effective_on: IsoDate;
}

export interface TeamAnswerTable extends Fact<Id<'team-answer'>> {
  team_id: PartyId;
  post_id: PartyId;
  effective_on: IsoDate;
}

export interface PostHoldingTable extends Fact<HoldingId> {
  party_id: PartyId;
  user_id: UserId;
  starts_on: IsoDate;
}

export interface PostHoldingEndTable extends Fact<Id<'post-holding-end'>> {
  post_holding_id: HoldingId;
  ends_on: IsoDate;
}

export interface SessionTable {
  authority_id: AuthorityId;
  id: SessionId;
  token_hash: string;
  user_id: UserId;
  csrf_secret: string;
  code_proved_at: Date | null;
  proved_at: Date | null;
  browser: string | null;
  started_at: Date;
  seen_at: Date;
  ended_at: Date | null;
}

export interface SignInFailureTable {
  authority_id: AuthorityId;
  id: Id<'sign-in-failure'>;
  email_hash: string;
  network_hash: string | null;
  at: Date;
}

export interface PasswordLinkTable {
  authority_id: AuthorityId;
  user_id: UserId;
  token_hash: string;
  expires_at: Date;
}

export interface KeptFormTable {
  authority_id: AuthorityId;
  id: KeptFormId;
  user_id: UserId;
  sealed: string;
  kept_at: Date;
}

export interface AuditLogTable {
  authority_id: AuthorityId;
  seq: number;
  at: ColumnType<Date, string, never>;
  actor_id: UserId | null;
  act: string;
  fact: string;
  fact_id: string;
  fact_version: number | null;
  digest: string;
  previous_hash: string;
  hash: string;
}

export interface AuditHeadTable {
  authority_id: AuthorityId;
  seq: number;
  hash: string;
}

export type RedactionId = Id<'redaction'>;
export type DisposalId = Id<'disposal'>;
export type HoldId = Id<'hold'>;

export interface RedactionRequestTable extends Fact<RedactionId> {
  item_kind: string;
  item_id: string;
  reason: string;
  recorded_by: UserId;
}

export interface RedactionPlaceTable {
  authority_id: AuthorityId;
  request_id: RedactionId;
  table_name: string;
  column_name: string;
  row_id: string;
}

export interface RedactionPassageTable {
  authority_id: AuthorityId;
  request_id: RedactionId;
  passage: string;
}

export interface RedactionDecisionTable extends Fact<Id<'redaction-decision'>> {
  request_id: RedactionId;
  agreed: boolean;
  recorded_by: UserId;
}

export interface AlteredFactTable extends Fact<Id<'altered-fact'>> {
  cause_id: string;
  table_name: string;
  row_id: string;
  digest_before: string;
  digest_after: string;
}

export interface RetentionRuleTable extends Fact<Id<'retention-rule'>> {
  kind: RetentionKind;
  months: number;
  reason: string;
}

export interface HoldTable extends Fact<HoldId> {
  kind: RetentionKind;
  item_id: string | null;
  reason: string;
}

export interface HoldEndTable extends Fact<Id<'hold-end'>> {
  hold_id: HoldId;
  reason: string;
}

export interface DisposalTable extends Fact<DisposalId> {
  kind: RetentionKind;
  item_id: string;
}

export interface DisposalDecisionTable extends Fact<Id<'disposal-decision'>> {
  disposal_id: DisposalId;
  agreed: boolean;
  recorded_by: UserId;
}

export interface DisposalDoneTable extends Fact<Id<'disposal-done'>> {
  disposal_id: DisposalId;
  facts: number;
}

export interface DisposedFactTable {
  authority_id: AuthorityId;
  done_id: Id<'disposal-done'>;
  table_name: string;
  row_id: string;
  digest: string;
}

export interface AuditMarkerTable extends Fact<Id<'audit-marker'>> {
  seq: number;
  hash: string;
  entries: number;
}

export interface AuditKeptTable {
  authority_id: AuthorityId;
  marker_id: Id<'audit-marker'>;
  fact: string;
  fact_id: string;
  digest: string;
}

export interface DisclosureTable extends Fact<Id<'disclosure'>> {
  kind: GivenOutKind;
  item_id: string;
  recipient: string;
  reason: string;
}

export interface EmergencyOpeningTable extends Fact<EmergencyOpeningId> {
  hours: number;
  reason: string;
  asked_at: Date;
  recorded_by: UserId;
}

export interface EmergencyDecisionTable extends Fact<Id<'emergency-decision'>> {
  opening_id: EmergencyOpeningId;
  asked_by: UserId;
  agreed: boolean;
  decided_at: Date;
  until_at: Date | null;
  recorded_by: UserId;
}

export interface EmergencyEndTable extends Fact<Id<'emergency-end'>> {
  opening_id: EmergencyOpeningId;
  ended_at: Date;
  recorded_by: UserId;
}

export interface ApiTokenTable extends Fact<Id<'api-token'>> {
  user_id: UserId;
  name: string;
  scopes: ColumnType<ApiScope[], string, never>;
  ends_on: IsoDate;
  recorded_by: UserId;
}

export interface ApiTokenEndTable extends Fact<Id<'api-token-end'>> {
  token_id: Id<'api-token'>;
  why: WhyTokenEnded;
}

export interface ApiTokenSecretTable {
  authority_id: AuthorityId;
  token_id: Id<'api-token'>;
  token_hash: string;
}

export interface ApiTokenReadingTable {
  authority_id: AuthorityId;
  token_id: Id<'api-token'>;
  act: string;
  fact_id: string;
  read_on: IsoDate;
}

declare module '#platform/db/tables.ts' {
  interface Tables {
    installation: InstallationTable;
    authority: AuthorityTable;
    app_user: UserTable;
    account: AccountTable;
    user_version: UserVersionTable;
    account_event: AccountEventTable;
    delegation: DelegationTable;
    delegation_end: DelegationEndTable;
    named_grant: NamedGrantTable;
    named_grant_end: NamedGrantEndTable;
    party_kind: PartyKindTable;
    credential: CredentialTable;
    role_grant: RoleGrantTable;
    role_grant_confirmation: RoleGrantConfirmationTable;
    role_grant_end: RoleGrantEndTable;
    party: PartyTable;
    post_above: PostAboveTable;
    team_answer: TeamAnswerTable;
    post_holding: PostHoldingTable;
    post_holding_end: PostHoldingEndTable;
    session: SessionTable;
    sign_in_failure: SignInFailureTable;
    password_link: PasswordLinkTable;
    kept_form: KeptFormTable;
    audit_log: AuditLogTable;
    audit_head: AuditHeadTable;
    redaction_request: RedactionRequestTable;
    redaction_place: RedactionPlaceTable;
    redaction_passage: RedactionPassageTable;
    redaction_decision: RedactionDecisionTable;
    altered_fact: AlteredFactTable;
    retention_rule: RetentionRuleTable;
    hold: HoldTable;
    hold_end: HoldEndTable;
    disposal: DisposalTable;
    disposal_decision: DisposalDecisionTable;
    disposal_done: DisposalDoneTable;
    disposed_fact: DisposedFactTable;
    audit_marker: AuditMarkerTable;
    audit_kept: AuditKeptTable;
    disclosure: DisclosureTable;
    emergency_opening: EmergencyOpeningTable;
    emergency_decision: EmergencyDecisionTable;
    emergency_end: EmergencyEndTable;
    api_token: ApiTokenTable;
    api_token_end: ApiTokenEndTable;
    api_token_secret: ApiTokenSecretTable;
    api_token_reading: ApiTokenReadingTable;
  }
}
