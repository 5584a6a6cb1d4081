import { randomBytes } from 'node:crypto';

/**
 * Identifiers are UUIDs of version 7 (RFC 9562): their first 48 bits are the time, so that
 * rows written together lie together in the index. They are not secrets.
 * Each kind carries a brand, given only where a value is parsed or read from the database.
 */
declare const brand: unique symbol;
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type AuthorityId = Id<'authority'>;
export type UserId = Id<'user'>;
export type PartyId = Id<'party'>;
export type SessionId = Id<'session'>;
export type SourceId = Id<'source'>;
export type FindingId = Id<'finding'>;
export type ThemeId = Id<'theme'>;
export type FrameworkId = Id<'framework'>;
export type EditionId = Id<'framework edition'>;
export type CriterionId = Id<'criterion'>;
export type JudgementId = Id<'judgement'>;
export type AssessmentId = Id<'assessment'>;
export type ChallengeId = Id<'challenge'>;
export type EvidenceId = Id<'evidence'>;
export type FileId = Id<'file'>;
export type PlanId = Id<'plan'>;
export type ObjectiveId = Id<'objective'>;
export type ActionId = Id<'action'>;
export type UpdateId = Id<'update'>;
export type ImportId = Id<'import'>;
export type SheetId = Id<'update sheet'>;
export type DueRequestId = Id<'due request'>;
export type ClosureStepId = Id<'closure step'>;
export type RoundId = Id<'round'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new identifier. `nowMs` is the time in milliseconds since 1970; only tests give it. */
// eslint-disable-next-line no-restricted-syntax -- a new identifier is the one thing here that is not pure
export function newId<Kind extends string>(nowMs: number = Date.now()): Id<Kind> {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Kind>;
}

/** The text as an identifier, or null when it does not have the shape of one. */
export function parseId<Kind extends string>(text: string): Id<Kind> | null {
  return uuid.test(text) ? (text as Id<Kind>) : null;
}
