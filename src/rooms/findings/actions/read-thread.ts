import type { EvidenceId, FindingId, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor } from '#people';
import { derivativeOf } from '../rules/derivative.ts';
import type { KnowsItems } from './knows-items.ts';
import type { ItemKindLinked } from '../rules/kinds.ts';
import type { FindingPicture } from '../rules/picture.ts';
import { classOf } from './standing.ts';
import { threadOf, type Thread, type ToldItem } from '../rules/thread/thread.ts';
import {
  toldAction,
  toldDerivative,
  toldEvidence,
  toldFinding,
  toldSource,
} from '../rules/thread/told.ts';
import type { ItemLink, ItemRef } from '../store/links.ts';
import { progressHistory } from '../store/progress.ts';
import { evidenceHistory, picturesOf } from '../store/read-evidence.ts';
import { readFindings } from '../store/read-findings.ts';
import { eventsOfFindings, eventsOfSources, linksAround } from '../store/read-thread.ts';
import { readableFindings, readableSources, type Days } from './read-register.ts';
import type { ThreadSource } from './thread-source.ts';

/** What a thread is read with: which actions a person may know of, and what rooms above tell. */
export interface ThreadMeans {
  knows: KnowsItems;
  threads?: readonly ThreadSource[] | undefined;
}

/** The addresses of the items of this room. */
export const itemHref = {
  source: (id: string) => `/findings/sources/${id}`,
  finding: (id: string) => `/findings/${id}`,
  evidence: (id: string) => `/findings/evidence/${id}`,
};

/**
 * The thread of an item as this person may read it, or null where they may not know of the item:
 * what led here and what came of it. `logged`: the reading of this restricted item is in the log, so
 * that it is told whole; any other restricted finding is told by what is derived from it.
 */
export async function readThread(
  tx: Tx,
  actor: Actor,
  days: Days,
  item: ItemRef,
  means: ThreadMeans,
  logged = false,
): Promise<Thread | null> {
  const { authorityId } = actor;
  const { asAt } = days;
  const start = await startOf(tx, actor, days, item, means);
  const links = await linksAround(tx, authorityId, start, asAt);
  const refs = new Map<string, ItemRef>();
  for (const ref of [...start, ...links.flatMap(({ from, to }) => [from, to])]) {
    refs.set(ref.id, ref);
  }
  const told = await tellAll(tx, actor, days, [...refs.values()], means, logged ? item : null);
  const own = told.find(({ id }) => id === item.id);
  if (own === undefined) return null;
  if (item.kind === 'finding' && !(await isWhole(tx, actor, days, item.id as FindingId, logged))) {
    return null;
  }
  const title = own.name.charAt(0).toUpperCase() + own.name.slice(1);
  const tellable = links.filter((link) => !isHidden(link, told));
  // Evidence is for whoever reads all of its class, or knows of something that it shows.
  if (item.kind === 'evidence' && tellable.length === 0 && !may(actor, 'R', 'PLN')) return null;
  const parts = new Set(start.map(({ id }) => id));
  const cut = told.map((one) => (parts.has(one.id) ? one : untilEnded(one, tellable)));
  return threadOf({ ...item, title, link: own.link }, cut, tellable);
}

/** What is told of an item whose every link was ended: what happened until then, and no gap. */
function untilEnded(told: ToldItem, links: readonly ItemLink[]): ToldItem {
  const own = links.filter(({ from, to }) => from.id === told.id || to.id === told.id);
  if (own.length === 0 || own.some(({ endedOn }) => endedOn === null)) return told;
  const last =
    own
      .map(({ endedOn }) => endedOn ?? '')
      .sort()
      .at(-1) ?? '';
  return { ...told, entries: told.entries.filter(({ on }) => on <= last), gaps: [] };
}

/** Whether this person reads the finding itself, and not only what is derived from it. */
async function isWhole(tx: Tx, actor: Actor, days: Days, id: FindingId, logged: boolean) {
  const [one] = await readableFindings(tx, actor, days, { findingIds: [id] });
  if (one?.access !== 'whole') return false;
  return logged || classOf(one.finding.source.classification) === 'PLN';
}

const isHidden = ({ from, to }: ItemLink, told: readonly ToldItem[]): boolean =>
  [from.id, to.id].some((end) => !told.some(({ id }) => id === end));

/**
 * Where a thread begins: the findings of a source are its parts, a finding has its source above.
 * Rooms above say what the parts of their own items are.
 */
async function startOf(
  tx: Tx,
  actor: Actor,
  { asAt }: Days,
  item: ItemRef,
  { threads = [] }: ThreadMeans,
): Promise<ItemRef[]> {
  if (item.kind !== 'source') {
    const above = threads.find(({ kinds }) => kinds.includes(item.kind));
    return [item, ...((await above?.partsOf?.(tx, actor, item)) ?? [])];
  }
  const which = { sourceIds: [item.id as SourceId] };
  const findings = await readFindings(tx, actor.authorityId, asAt, which);
  return [item, ...findings.map(({ id }) => ({ kind: 'finding' as const, id }))];
}

async function tellAll(
  tx: Tx,
  actor: Actor,
  days: Days,
  refs: readonly ItemRef[],
  means: ThreadMeans,
  logged: ItemRef | null,
): Promise<ToldItem[]> {
  const of = (kind: ItemKindLinked) => refs.flatMap((ref) => (ref.kind === kind ? [ref.id] : []));
  const findings = await tellFindings(tx, actor, days, of('finding') as FindingId[], logged);
  const sourceIds = [...new Set([...of('source'), ...findings.sourceIds])] as SourceId[];
  const told = [
    ...(await tellSources(tx, actor, days, sourceIds, logged)),
    ...findings.told,
    ...(await tellEvidence(tx, actor, days, of('evidence') as EvidenceId[], logged)),
  ];
  const above = new Set((means.threads ?? []).flatMap(({ kinds }) => kinds));
  if (!above.has('action')) {
    told.push(...(await tellActions(tx, actor, days, of('action'), means)));
  }
  for (const source of means.threads ?? []) {
    const items = refs.filter(({ kind }) => source.kinds.includes(kind));
    if (items.length > 0) told.push(...(await source.tell(tx, actor, days, items)));
  }
  return told;
}

async function tellFindings(
  tx: Tx,
  actor: Actor,
  days: Days,
  ids: readonly FindingId[],
  logged: ItemRef | null,
): Promise<{ told: ToldItem[]; sourceIds: SourceId[] }> {
  const readable = await readableFindings(tx, actor, days, { findingIds: ids });
  const events = await eventsOfFindings(tx, actor.authorityId, ids, days.asAt);
  const sourceIds: SourceId[] = [];
  const told = readable.map((one): ToldItem => {
    const link = itemHref.finding(one.finding.id);
    if (one.access === 'derivative') return toldDerivative(one.finding, link);
    const { finding } = one;
    if (!isTellable(finding, logged)) return toldDerivative(derivativeOf(finding), link);
    sourceIds.push(finding.source.id);
    return toldFinding(
      finding,
      events.versions.get(finding.id) ?? [],
      events.responses.get(finding.id) ?? [],
      days.asAt,
      link,
    );
  });
  return { told, sourceIds };
}

/** Whether a finding is told in its own words: a restricted one only where its reading is logged. */
function isTellable(finding: FindingPicture, logged: ItemRef | null): boolean {
  if (classOf(finding.source.classification) === 'PLN') return true;
  return logged !== null && (logged.id === finding.id || logged.id === finding.source.id);
}

async function tellSources(
  tx: Tx,
  actor: Actor,
  days: Days,
  ids: readonly SourceId[],
  logged: ItemRef | null,
): Promise<ToldItem[]> {
  const readable = await readableSources(tx, actor, days, ids);
  const events = await eventsOfSources(tx, actor.authorityId, ids, days.asAt);
  return readable.flatMap(({ source, findings }) => {
    const isOpen =
      classOf(source.classification) === 'PLN' ||
      (logged !== null && (logged.id === source.id || findings.some(({ id }) => id === logged.id)));
    if (!isOpen) return [];
    return [toldSource(source, events.get(source.id) ?? [], itemHref.source(source.id))];
  });
}

async function tellActions(
  tx: Tx,
  actor: Actor,
  days: Days,
  ids: readonly string[],
  { knows }: ThreadMeans,
): Promise<ToldItem[]> {
  const known = await knows(tx, actor, ids, days.today);
  const history = await progressHistory(tx, actor.authorityId, [...known], days.asAt);
  return [...history].flatMap(([id, told]) => toldAction(id, told, days.asAt) ?? []);
}

/** Restricted evidence is told only in its own thread, whose reading is logged. */
async function tellEvidence(
  tx: Tx,
  actor: Actor,
  days: Days,
  ids: readonly EvidenceId[],
  logged: ItemRef | null,
): Promise<ToldItem[]> {
  const histories = await evidenceHistory(tx, actor.authorityId, days.asAt, ids);
  const now = await evidenceHistory(tx, actor.authorityId, days.today, ids);
  const classes = new Map(picturesOf(now).map(({ id, classification }) => [id, classification]));
  return picturesOf(histories).flatMap((evidence) => {
    const cls = classOf(classes.get(evidence.id) ?? evidence.classification);
    // What shows an item that a person may know of is shown beside it: the link is asked about.
    if (cls === 'FND' && (logged?.id !== evidence.id || !may(actor, 'R', 'FND'))) return [];
    const history = histories.get(evidence.id) ?? [];
    return [toldEvidence({ ...evidence, history }, days.asAt, itemHref.evidence(evidence.id))];
  });
}
