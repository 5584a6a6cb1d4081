import type { EvidenceId, FindingId, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type CircumstancesOfRecord } from '#people';
import type { EvidencePicture, EvidenceVersion } from '../rules/evidence.ts';
import { findingTitle } from '../rules/finding-words.ts';
import type { ItemKindLinked } from '../rules/kinds.ts';
import { classOf } from './standing.ts';
import { linksOf, type ItemLinkId } from '../store/links.ts';
import { progressOf } from '../store/progress.ts';
import { evidenceHistory, picturesOf } from '../store/read-evidence.ts';
import { readableFindings, readableSources, wholeOnes, type Days } from './read-register.ts';
import { itemHref, type ThreadMeans } from './read-thread.ts';

/** Something that evidence shows, and that its reader may know of. */
export interface EvidenceUse {
  linkId: ItemLinkId;
  kind: ItemKindLinked;
  id: string;
  name: string;
  link: string | null;
  page: string | null;
  relation: 'shows' | 'document of';
}

/** A piece of evidence as a person may read it. */
export interface ReadableEvidence {
  evidence: EvidencePicture;
  history: readonly EvidenceVersion[];
  uses: EvidenceUse[];
  /** It shows things of which this person may not know. */
  hasHidden: boolean;
  /** Whether its content is told only with an entry in the log. */
  restricted: boolean;
}

/**
 * The evidence that this person may read as it stood at the end of a day, newest first: all of its
 * class where their role reads all of it, else what shows something of which they may know. The
 * class is today's.
 */
export async function readableEvidence(
  tx: Tx,
  actor: Actor,
  days: Days,
  means: ThreadMeans,
  only?: readonly EvidenceId[],
): Promise<ReadableEvidence[]> {
  const { authorityId } = actor;
  const histories = await evidenceHistory(tx, authorityId, days.asAt, only);
  const pictures = picturesOf(histories);
  const now =
    days.asAt === days.today ? histories : await evidenceHistory(tx, authorityId, days.today, only);
  const classToday = new Map(
    picturesOf(now).map(({ id, classification }) => [id, classification] as const),
  );
  const ids = pictures.map(({ id }) => id);
  const links = (await linksOf(tx, authorityId, ids, days.asAt)).filter(
    ({ from, endedOn }) => from.kind === 'evidence' && endedOn === null,
  );
  const known = await namesOfItems(
    tx,
    actor,
    days,
    links.map(({ to }) => to),
    means,
  );
  const linksFrom = Map.groupBy(links, ({ from }) => from.id);
  return pictures.flatMap((shown): ReadableEvidence[] => {
    const evidence = { ...shown, classification: classToday.get(shown.id) ?? shown.classification };
    const own = linksFrom.get(evidence.id) ?? [];
    const uses = own.flatMap((link): EvidenceUse[] => {
      const item = known.get(link.to.id);
      const { relation, page } = link;
      if (item === undefined || (relation !== 'shows' && relation !== 'document of')) return [];
      return [{ linkId: link.id, ...link.to, ...item, page, relation }];
    });
    if (!may(actor, 'R', classOf(evidence.classification), standingToEvidence(uses))) return [];
    return [
      {
        evidence,
        history: histories.get(evidence.id) ?? [],
        uses,
        hasHidden: uses.length < own.length,
        restricted: classOf(evidence.classification) === 'FND',
      },
    ];
  });
}

/** Whoever may know of something that evidence shows stands to it as to that. */
export function standingToEvidence(uses: readonly unknown[]): CircumstancesOfRecord {
  return { assigned: uses.length > 0, onBoard: uses.length > 0, granted: false };
}

/** What these items are called and where they stand, as far as this person may know of them. */
export async function namesOfItems(
  tx: Tx,
  actor: Actor,
  days: Days,
  items: readonly { kind: ItemKindLinked; id: string }[],
  { knows, threads = [] }: ThreadMeans,
): Promise<Map<string, { name: string; link: string | null }>> {
  const of = (kind: ItemKindLinked) => items.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const names = new Map<string, { name: string; link: string | null }>();
  const findingIds = of('finding') as FindingId[];
  for (const finding of wholeOnes(await readableFindings(tx, actor, days, { findingIds }))) {
    // Of a restricted finding only that it is one: its reading would have to be logged.
    const name =
      classOf(finding.source.classification) === 'FND'
        ? 'A restricted finding'
        : `${findingTitle(finding)} of “${finding.source.title}”`;
    names.set(finding.id, { name, link: itemHref.finding(finding.id) });
  }
  for (const { source } of await readableSources(tx, actor, days, of('source') as SourceId[])) {
    const name =
      classOf(source.classification) === 'FND' ? 'A restricted source' : `“${source.title}”`;
    names.set(source.id, { name, link: itemHref.source(source.id) });
  }
  const actionIds = of('action');
  const known = await knows(tx, actor, actionIds, days.today);
  for (const [id, told] of await progressOf(tx, actor.authorityId, [...known], days.asAt)) {
    names.set(id, { name: `“${told.label}” (${told.place})`, link: told.href });
  }
  for (const source of threads) {
    const asked = items.filter(({ kind }) => kind !== 'action' && source.kinds.includes(kind));
    if (asked.length === 0) continue;
    for (const { id, name, link } of await source.tell(tx, actor, days, asked)) {
      names.set(id, { name: name.charAt(0).toUpperCase() + name.slice(1), link });
    }
  }
  return names;
}
