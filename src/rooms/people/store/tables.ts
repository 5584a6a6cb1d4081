import type { ColumnType, Generated } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, Id, PartyId, SessionId, UserId } from '#kernel/ids.ts';

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

declare module '#platform/db/tables.ts' {
  interface Tables {
    installation: InstallationTable;
    authority: AuthorityTable;
    app_user: UserTable;
    credential: CredentialTable;
    role_grant: RoleGrantTable;
    role_grant_confirmation: RoleGrantConfirmationTable;
    role_grant_end: RoleGrantEndTable;
    party: PartyTable;
    team_answer: TeamAnswerTable;
    post_holding: PostHoldingTable;
    post_holding_end: PostHoldingEndTable;
    session: SessionTable;
    sign_in_failure: SignInFailureTable;
    password_link: PasswordLinkTable;
    kept_form: KeptFormTable;
    audit_log: AuditLogTable;
    audit_head: AuditHeadTable;
  }
}
