import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import type { FindingPicture, SourcePicture } from '../rules/picture.ts';
import { derivativeOf, type DerivativeFinding } from '../rules/derivative.ts';
import { accessTo } from './standing.ts';
import { mayWithSource } from './standing-source.ts';
import { readFindings, type WhichFindings } from '../store/read-findings.ts';
import { readSources } from '../store/read-sources.ts';

/** As much of a finding as a person may read. */
export type ReadableFinding =
  | { access: 'whole'; finding: FindingPicture }
  | { access: 'derivative'; finding: DerivativeFinding };

/** A source with those of its findings that a person may read whole. */
export interface ReadableSource {
  source: SourcePicture;
  findings: FindingPicture[];
}

/** The days of a page: what it shows, and on which permissions stand. */
export interface Days {
  asAt: IsoDate;
  today: IsoDate;
}

/**
 * The findings that this person may read, as they stood at the end of a day: whole, or what is
 * derived from them. Permissions are always today's, and so is the class of a source: what was
 * made restricted since is restricted on its earlier days too. Every list, count and file asks
 * here.
 */
export async function readableFindings(
  tx: Tx,
  actor: Actor,
  { asAt, today }: Days,
  which: WhichFindings,
): Promise<ReadableFinding[]> {
  const shown = await readFindings(tx, actor.authorityId, asAt, which);
  const now = asAt === today ? shown : await readFindings(tx, actor.authorityId, today, which);
  const access = new Map(now.map((finding) => [finding.id, accessTo(actor, finding)]));
  const classes = new Map(now.map(({ source }) => [source.id, source.classification]));
  return shown.flatMap((finding): ReadableFinding[] => {
    const level = access.get(finding.id);
    if (level == null) return [];
    if (level === 'derivative') return [{ access: level, finding: derivativeOf(finding) }];
    const { source } = finding;
    const classification = classes.get(source.id) ?? source.classification;
    return [{ access: level, finding: { ...finding, source: { ...source, classification } } }];
  });
}

/** Those that are read whole. */
export function wholeOnes(readable: readonly ReadableFinding[]): FindingPicture[] {
  return readable.flatMap((one) => (one.access === 'whole' ? [one.finding] : []));
}

/** The sources that this person may read, as `readableFindings` its findings; newest first. */
export async function readableSources(
  tx: Tx,
  actor: Actor,
  days: Days,
  only?: readonly SourceId[],
): Promise<ReadableSource[]> {
  const { asAt, today } = days;
  const { authorityId } = actor;
  const which = only === undefined ? 'all' : { sourceIds: only };
  const shown = await readSources(tx, authorityId, asAt, only);
  const now = asAt === today ? shown : await readSources(tx, authorityId, today, only);
  const all = await readFindings(tx, authorityId, today, which);
  const findingsOf = Map.groupBy(all, ({ source }) => source.id);
  const readable = new Map(
    now
      .filter((source) => mayWithSource(actor, 'R', source, findingsOf.get(source.id) ?? []))
      .map(({ id, classification }) => [id, classification]),
  );
  const findings = Map.groupBy(
    wholeOnes(await readableFindings(tx, actor, days, which)),
    ({ source }) => source.id,
  );
  return shown.flatMap((source) => {
    const classification = readable.get(source.id);
    if (classification === undefined) return [];
    const own = findings.get(source.id) ?? [];
    return [{ source: { ...source, classification }, findings: own }];
  });
}

/** What this person may read of one finding, or null where they may not know of it. */
export async function readableFinding(
  tx: Tx,
  actor: Actor,
  days: Days,
  id: FindingId,
): Promise<ReadableFinding | null> {
  return (await readableFindings(tx, actor, days, { findingIds: [id] }))[0] ?? null;
}
