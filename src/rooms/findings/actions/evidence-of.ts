import type { EvidenceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { noteRead, type Actor } from '#people';
import { linksOf, type ItemRef } from '../store/links.ts';
import { readableEvidence, type EvidenceUse, type ReadableEvidence } from './read-evidence.ts';
import type { Days } from './read-register.ts';
import type { ThreadMeans } from './read-thread.ts';

/** A piece of evidence, as it is used for one item. */
export interface EvidenceOf {
  one: ReadableEvidence;
  use: EvidenceUse;
}

/** What is a document of an item or shows it, as this person may read it; documents first. */
export async function evidenceOf(
  tx: Tx,
  actor: Actor,
  days: Days,
  item: ItemRef,
  means: ThreadMeans,
): Promise<EvidenceOf[]> {
  const links = (await linksOf(tx, actor.authorityId, [item.id], days.asAt)).filter(
    ({ from, to, endedOn }) => from.kind === 'evidence' && to.id === item.id && endedOn === null,
  );
  if (links.length === 0) return [];
  const ids = [...new Set(links.map(({ from }) => from.id as EvidenceId))];
  const all = await readableEvidence(tx, actor, days, means, ids);
  const open = all.filter(({ restricted }) => !restricted);
  noteRead(
    actor,
    open.map(({ evidence }) => ({ fact: 'evidence', id: evidence.id })),
  );
  return all
    .flatMap((one) => one.uses.flatMap((use) => (use.id === item.id ? [{ one, use }] : [])))
    .sort(
      (a, b) => Number(b.use.relation === 'document of') - Number(a.use.relation === 'document of'),
    );
}
