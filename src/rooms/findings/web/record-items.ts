import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type Item, type ItemKind } from '#people';
import { findingTitle } from '../rules/finding-words.ts';
import { readableEvidence, standingToEvidence } from '../actions/read-evidence.ts';
import type { ThreadMeans } from '../actions/read-thread.ts';
import { accessTo, classOf, mayWithFinding } from '../actions/standing.ts';
import { mayWithSource } from '../actions/standing-source.ts';
import { readFindings } from '../store/read-findings.ts';
import { readSources } from '../store/read-sources.ts';
import { evidencePaths } from './evidence/paths.ts';
import { paths } from './paths.ts';

/**
 * Sources and findings, as the keeping of records needs to know them. The rows of each are told by
 * rows_of_source and rows_of_finding in migration 0014.
 */
export const findingItemKinds: readonly ItemKind[] = [
  { kind: 'source', name: 'source', find: findSource },
  { kind: 'finding', name: 'finding', find: findFinding },
];

/**
 * Evidence, as the keeping of records needs to know it. Who may read it depends on what it shows, so
 * the rooms above say what a person may know of: `means`.
 */
export function evidenceItemKind(means: ThreadMeans): ItemKind {
  return {
    kind: 'evidence',
    name: 'piece of evidence',
    find: (tx, actor, id, today) => findEvidence(tx, actor, id, today, means),
  };
}

async function findSource(tx: Tx, actor: Actor, id: string, today: IsoDate): Promise<Item | null> {
  const sourceId = parseId<'source'>(id);
  if (sourceId === null) return null;
  const [source] = await readSources(tx, actor.authorityId, today, [sourceId]);
  if (source === undefined) return null;
  const findings = await readFindings(tx, actor.authorityId, today, { sourceIds: [sourceId] });
  if (!mayWithSource(actor, 'R', source, findings)) return null;
  // With a source go all its findings: whoever reads only some of them gives out none.
  const readsAll = findings.every((finding) => accessTo(actor, finding) === 'whole');
  return {
    kind: 'source',
    id,
    cls: classOf(source.classification),
    title: source.title,
    href: paths.source(id),
    mayChange: readsAll && mayWithSource(actor, 'U', source, findings),
    mayExport: readsAll && mayWithSource(actor, 'E', source, findings),
  };
}

async function findFinding(tx: Tx, actor: Actor, id: string, today: IsoDate): Promise<Item | null> {
  const findingId = parseId<'finding'>(id);
  if (findingId === null) return null;
  const which = { findingIds: [findingId] };
  const [finding] = await readFindings(tx, actor.authorityId, today, which);
  if (finding === undefined || accessTo(actor, finding) !== 'whole') return null;
  return {
    kind: 'finding',
    id,
    cls: classOf(finding.source.classification),
    title: `${finding.source.title} · ${findingTitle(finding)}`,
    href: paths.finding(id),
    mayChange: mayWithFinding(actor, 'U', finding),
    mayExport: mayWithFinding(actor, 'E', finding),
  };
}

async function findEvidence(
  tx: Tx,
  actor: Actor,
  id: string,
  today: IsoDate,
  means: ThreadMeans,
): Promise<Item | null> {
  const evidenceId = parseId<'evidence'>(id);
  if (evidenceId === null) return null;
  const days = { asAt: today, today };
  const [one] = await readableEvidence(tx, actor, days, means, [evidenceId]);
  if (one === undefined) return null;
  const { classification, title } = one.evidence;
  const cls = classOf(classification);
  const standing = standingToEvidence(one.uses);
  return {
    kind: 'evidence',
    id,
    cls,
    title,
    href: evidencePaths.one(id),
    mayChange: may(actor, 'U', cls, standing),
    mayExport: may(actor, 'E', cls, standing),
  };
}
