import type { ActionId, EvidenceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { addEvidence, linkItems, storeFile, type NewEvidence } from '#findings';
import type { Actor } from '#people';
import type { WrittenFact, Writing } from '../store/append.ts';

/** What shows it: a link, a note, a file, or nothing. */
export type GivenEvidence =
  | Exclude<NewEvidence, { kind: 'file' }>
  | { kind: 'file'; title: string; file: { name: string; mediaType: string; bytes: Uint8Array } };

/** Keeps what was given as evidence, each piece and file as a fact of its own. */
export async function keepAllEvidence(
  tx: Tx,
  actor: Actor,
  given: readonly GivenEvidence[],
  written: WrittenFact[],
): Promise<EvidenceId[]> {
  const ids: EvidenceId[] = [];
  for (const evidence of given) ids.push(await keepEvidence(tx, actor, evidence, written));
  return ids;
}

/** Says in the library of evidence that these pieces show an action. */
export function showActions(
  tx: Tx,
  writing: Writing,
  given: readonly { actionId: ActionId; evidenceIds: readonly EvidenceId[] }[],
): Promise<WrittenFact[]> {
  const links = given.flatMap(({ actionId, evidenceIds }) =>
    evidenceIds.map((id) => ({
      from: { kind: 'evidence' as const, id },
      to: { kind: 'action' as const, id: actionId },
      relation: 'shows' as const,
    })),
  );
  return linkItems(tx, writing, links);
}

async function keepEvidence(
  tx: Tx,
  actor: Actor,
  evidence: GivenEvidence,
  written: WrittenFact[],
): Promise<EvidenceId> {
  let kept: NewEvidence;
  if (evidence.kind === 'file') {
    const file = await storeFile(tx, actor.authorityId, evidence.file, actor.userId);
    written.push({ fact: 'stored_file', id: file.id });
    kept = { kind: 'file', title: evidence.title, fileId: file.id };
  } else {
    kept = evidence;
  }
  const id = await addEvidence(tx, actor.authorityId, kept, actor.userId);
  written.push({ fact: 'evidence', id });
  return id;
}
