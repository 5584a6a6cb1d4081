import type { FastifyRequest } from 'fastify';
import type { EvidenceId, FindingId, SourceId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, noteRead, readRestricted, type CircumstancesOfRecord } from '#people';
import { readThread, type ThreadMeans } from '../../actions/read-thread.ts';
import type { Classification } from '../../rules/kinds.ts';
import { classOf, standingToFinding } from '../../actions/standing.ts';
import { standingToSource } from '../../actions/standing-source.ts';
import type { Thread } from '../../rules/thread/thread.ts';
import type { ItemRef } from '../../store/links.ts';
import { progressOf } from '../../store/progress.ts';
import { readEvidence } from '../../store/read-evidence.ts';
import { readFindings } from '../../store/read-findings.ts';
import { readSources } from '../../store/read-sources.ts';

export interface ThreadDeps extends ThreadMeans {
  db: Db;
}

export interface LoadedThread {
  thread: Thread;
  restricted: boolean;
  mayExport: boolean;
}

type Who = Pick<FastifyRequest, 'actor' | 'asAt' | 'today'>;

/**
 * The thread of an item as this person may read it on the day of the page; null where they may not
 * know of the item. A restricted item is told only with an entry in the log.
 */
export async function loadThread(
  deps: ThreadDeps,
  who: Who,
  item: ItemRef,
  letter: 'R' | 'E' = 'R',
): Promise<LoadedThread | null> {
  const { actor, asAt, today } = who;
  const days = { asAt, today };
  const open = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const standing = await standingTo(tx, who, item);
    if (standing === null) return null;
    const { classification, circumstances } = standing;
    if (classOf(classification) === 'FND') return 'restricted' as const;
    const thread = await readThread(tx, actor, days, item, deps);
    if (thread === null) return null;
    noteRead(actor, [{ fact: item.kind, id: item.id }]);
    return { thread, restricted: false, mayExport: may(actor, 'E', 'PLN', circumstances) };
  });
  if (open !== 'restricted') return open;
  const logged = await readRestricted(deps.db, actor, { letter, cls: 'FND' }, async (tx) => {
    const standing = await standingTo(tx, who, item);
    const thread = await readThread(tx, actor, days, item, deps, true);
    if (standing === null || thread === null) return null;
    const { circumstances } = standing;
    const mayExport = may(actor, 'E', 'FND', circumstances);
    const read = [{ fact: item.kind, id: item.id }];
    return { read, circumstances, value: { thread, restricted: true, mayExport } };
  });
  return logged.kind === 'read' ? logged.value : null;
}

interface Standing {
  classification: Classification;
  circumstances: CircumstancesOfRecord;
}

/** How this person stands to the item today, and how it is classified; null where there is none. */
async function standingTo(
  tx: Tx,
  { actor, today }: Who,
  { kind, id }: ItemRef,
): Promise<Standing | null> {
  const { authorityId } = actor;
  switch (kind) {
    case 'finding': {
      const which = { findingIds: [id as FindingId] };
      const [finding] = await readFindings(tx, authorityId, today, which);
      if (finding === undefined) return null;
      const { classification } = finding.source;
      return { classification, circumstances: standingToFinding(actor, finding) };
    }
    case 'source': {
      const [source] = await readSources(tx, authorityId, today, [id as SourceId]);
      if (source === undefined) return null;
      const which = { sourceIds: [source.id] };
      const findings = await readFindings(tx, authorityId, today, which);
      const circumstances = standingToSource(actor, findings);
      return { classification: source.classification, circumstances };
    }
    case 'evidence': {
      const [evidence] = await readEvidence(tx, authorityId, today, [id as EvidenceId]);
      return evidence === undefined
        ? null
        : { classification: evidence.classification, circumstances: {} };
    }
    case 'action': {
      const told = (await progressOf(tx, authorityId, [id], today)).get(id);
      const assigned = (told?.partyIds ?? []).some((party) => actor.partyIds.includes(party));
      return { classification: 'internal', circumstances: { assigned } };
    }
    // Rooms above say themselves whether a person may know of their items.
    case 'criterion':
    case 'judgement':
    case 'section':
      return { classification: 'internal', circumstances: {} };
  }
}
