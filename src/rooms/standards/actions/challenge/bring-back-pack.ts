import type { IsoDate } from '#kernel/dates.ts';
import type { ChallengeId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { keyOf } from '#platform/db/key-of.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { storeFile } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import type { Challenge, ChallengeReturnId, PackReturn } from '../../rules/challenge/picture.ts';
import type { PackReading } from '../../rules/challenge/read-pack.ts';
import { weighPack, type WeighedRow } from '../../rules/challenge/weigh-pack.ts';
import { knownSubmissions } from '../../store/challenge/append.ts';
import { endReturn, findReturn, insertReturn } from '../../store/challenge/returns.ts';
import { readShared } from '../../store/challenge/shared.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from '../outcome.ts';
import { openChallenge, readChallengeFor } from './open-challenge.ts';
import { isWithdrawn, keepItems } from './say.ts';

/** A pack that came back, held against its challenge as it stands now. */
export interface OpenReturn {
  pack: PackReturn<PackReading>;
  challenge: Challenge;
  rows: WeighedRow[];
}

/** Keeps a pack that was read, for the person who brings it back to look at. */
export async function prepareReturn(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  sent: { fileName: string; bytes: Uint8Array; reading: PackReading },
): Promise<{ kind: 'done'; returnId: ChallengeReturnId } | NotFound | Forbidden | Refused> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openChallenge(tx, actor, challengeId, 'U', today);
    if (opened.kind !== 'open') return opened;
    if (opened.challenge.withdrawn) return refused({ field: null, text: isWithdrawn });
    const { fileName: name, bytes, reading } = sent;
    const file = await storeFile(
      tx,
      actor.authorityId,
      { name, mediaType: 'application/octet-stream', bytes },
      actor.userId,
    );
    const returnId = await insertReturn(tx, actor.authorityId, {
      challengeId,
      fileId: file.id,
      reading,
      startedBy: actor.userId,
    });
    await recordFacts(tx, actor.userId, 'read a pack of reviewers', [
      { fact: 'stored_file', id: file.id },
      { fact: 'challenge_return', id: returnId, state: true },
    ]);
    return { kind: 'done', returnId };
  });
}

/** The pack for the person who brought it back; null for everybody else. */
export async function openReturn(
  tx: Tx,
  actor: Actor,
  challengeId: ChallengeId,
  returnId: ChallengeReturnId,
  today: IsoDate,
): Promise<OpenReturn | null> {
  const challenge = await readChallengeFor(tx, actor, challengeId, today, today);
  if (challenge === null || !may(actor, 'U', 'PLN')) return null;
  const pack = await findReturn(tx, actor.authorityId, challengeId, returnId);
  if (pack?.startedBy !== actor.userId) return null;
  const sections = await readShared(tx, actor.authorityId, challenge.shared, challenge.positionOn);
  const rows = weighPack(pack.reading, {
    challengeId,
    sections,
    known: await knownSubmissions(tx, actor.authorityId, challengeId),
    keyOf,
  });
  return { pack, challenge, rows };
}

/**
 * Takes in what is new in a pack: all of it or nothing. It is weighed again here, so what another
 * pack brought meanwhile is not taken twice.
 */
export async function takeInReturn(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  returnId: ChallengeReturnId,
): Promise<{ kind: 'done'; taken: number } | NotFound | Forbidden | Refused> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const may = await openChallenge(tx, actor, challengeId, 'U', today);
    if (may.kind !== 'open') return may;
    const opened = await openReturn(tx, actor, challengeId, returnId, today);
    if (opened === null || opened.pack.state === 'left') return notFound;
    const { pack, challenge, rows } = opened;
    if (pack.state === 'taken in') return { kind: 'done', taken: pack.taken };
    if (challenge.withdrawn) return refused({ field: null, text: isWithdrawn });
    const items = rows.flatMap(({ item }) => item ?? []);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const { taken, written } = await keepItems(tx, writing, challenge, items, today);
    await endReturn(tx, actor.authorityId, returnId, { state: 'taken in', taken });
    await recordFacts(tx, actor.userId, 'took in a pack of reviewers', [
      ...written,
      { fact: 'challenge_return', id: returnId, state: true },
    ]);
    return { kind: 'done', taken };
  });
}

/** Leaves a pack on its way back; nothing of it is taken in. */
export async function leaveReturn(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  returnId: ChallengeReturnId,
): Promise<{ kind: 'done' } | NotFound> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReturn(tx, actor, challengeId, returnId, today);
    if (opened === null) return notFound;
    const left = await endReturn(tx, actor.authorityId, returnId, { state: 'left' });
    return left ? { kind: 'done' } : notFound;
  });
}
