import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { noteRead, type Actor, type Letter } from '#people';
import type { FindingPicture, SourcePicture } from '../rules/picture.ts';
import { accessTo, mayWithFinding } from './standing.ts';
import { mayWithSource } from './standing-source.ts';
import { lockItem } from '../store/progress.ts';
import { readFindings, sourceOfFinding } from '../store/read-findings.ts';
import { readSources } from '../store/read-sources.ts';
import { forbidden, notFound, type Forbidden, type NotFound } from './outcome.ts';

/** A source of today with all its findings. */
export interface OpenedSource {
  kind: 'open';
  source: SourcePicture;
  findings: FindingPicture[];
}

/** A finding of today with all of its source. */
export interface OpenedFinding extends OpenedSource {
  finding: FindingPicture;
}

/**
 * Opens a source for writing: locks it, reads it as it stands today with its findings, and asks
 * whether this person may. What is read here cannot change before the transaction ends.
 */
export async function openSource(
  tx: Tx,
  actor: Actor,
  sourceId: SourceId,
  letter: Letter,
  today: IsoDate,
): Promise<OpenedSource | NotFound | Forbidden> {
  await lockItem(tx, actor.authorityId, sourceId);
  const [source] = await readSources(tx, actor.authorityId, today, [sourceId]);
  if (source === undefined) return notFound;
  const findings = await readFindings(tx, actor.authorityId, today, { sourceIds: [sourceId] });
  if (!mayWithSource(actor, 'R', source, findings)) return notFound;
  noteRead(actor, [{ fact: 'source', id: sourceId }]);
  return mayWithSource(actor, letter, source, findings)
    ? { kind: 'open', source, findings }
    : forbidden;
}

/** Opens a finding for writing, as `openSource` does its source. */
export async function openFinding(
  tx: Tx,
  actor: Actor,
  findingId: FindingId,
  letter: Letter,
  today: IsoDate,
): Promise<OpenedFinding | NotFound | Forbidden> {
  const sourceId = await sourceOfFinding(tx, actor.authorityId, findingId);
  if (sourceId === null) return notFound;
  await lockItem(tx, actor.authorityId, sourceId);
  const findings = await readFindings(tx, actor.authorityId, today, { sourceIds: [sourceId] });
  const finding = findings.find(({ id }) => id === findingId);
  if (finding === undefined || accessTo(actor, finding) !== 'whole') return notFound;
  noteRead(actor, [{ fact: 'finding', id: findingId }]);
  return mayWithFinding(actor, letter, finding)
    ? { kind: 'open', source: finding.source, findings, finding }
    : forbidden;
}
