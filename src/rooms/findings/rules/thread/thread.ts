import type { IsoDate } from '#kernel/dates.ts';
import type { ItemKindLinked, Relation } from '../kinds.ts';

/** One thing that happened, told in a sentence. */
export interface ThreadEntry {
  on: IsoDate;
  kind: ThreadEntryKind;
  text: string;
  /** The address of the page that says more; null where there is none. */
  link: string | null;
}

export type ThreadEntryKind =
  | 'source'
  | 'finding'
  | 'response'
  | 'link'
  | 'progress'
  | 'evidence'
  | 'look'
  | 'judgement'
  | 'assessment'
  | 'challenge'
  | 'update';

/** Something that should have happened and did not, said aloud. */
export interface ThreadGap {
  since: IsoDate;
  text: string;
  link: string | null;
}

/** What is told of one item, by the room that keeps it. */
export interface ToldItem {
  kind: ItemKindLinked;
  id: string;
  /** As others name it in a sentence: "recommendation 2 of “Focused visit”". */
  name: string;
  link: string | null;
  entries: readonly ThreadEntry[];
  gaps: readonly ThreadGap[];
}

/** A link, as far as a thread tells of it. */
export interface ThreadLink {
  from: { kind: ItemKindLinked; id: string };
  to: { kind: ItemKindLinked; id: string };
  relation: Relation;
  page: string | null;
  on: IsoDate;
  endedOn: IsoDate | null;
}

export interface Thread {
  item: { kind: ItemKindLinked; id: string; title: string; link: string | null };
  /** Oldest first. */
  entries: ThreadEntry[];
  /** Longest first. */
  gaps: ThreadGap[];
}

/**
 * The story of an item from what is told of it and of all that it is linked with. A link to an item
 * that is not told (for its reader may not know of it) is not told either.
 */
export function threadOf(
  item: Thread['item'],
  told: readonly ToldItem[],
  links: readonly ThreadLink[],
): Thread {
  const nameOf = new Map(told.map((one) => [one.id, one]));
  const entries = [...told.flatMap((one) => one.entries), ...links.flatMap(linkEntries(nameOf))];
  const seen = new Set<string>();
  return {
    item,
    entries: entries
      .filter((entry) => {
        const key = JSON.stringify([entry.on, entry.kind, entry.text]);
        return seen.has(key) ? false : seen.add(key);
      })
      .map((entry, index) => ({ entry, index }))
      .sort(
        (a, b) =>
          a.entry.on.localeCompare(b.entry.on) ||
          order[a.entry.kind] - order[b.entry.kind] ||
          a.index - b.index,
      )
      .map(({ entry }) => entry),
    gaps: told.flatMap((one) => one.gaps).sort((a, b) => a.since.localeCompare(b.since)),
  };
}

/** Of one day: what was said comes before what was answered, and that before what was done. */
const order: Readonly<Record<ThreadEntryKind, number>> = {
  source: 0,
  finding: 1,
  judgement: 2,
  assessment: 2,
  challenge: 2,
  response: 3,
  link: 5,
  progress: 4,
  update: 6,
  evidence: 7,
  look: 8,
};

const linkEntries =
  (nameOf: ReadonlyMap<string, ToldItem>) =>
  ({ from, to, relation, page, on, endedOn }: ThreadLink): ThreadEntry[] => {
    const [a, b] = [nameOf.get(from.id), nameOf.get(to.id)];
    if (a === undefined || b === undefined) return [];
    const said = sentences[relation](a.name, b.name, page);
    const link = b.link ?? a.link;
    const made: ThreadEntry = {
      on,
      kind: relation === 'shows' ? 'evidence' : 'link',
      text: upper(said.made),
      link,
    };
    if (endedOn === null) return [made];
    return [made, { on: endedOn, kind: 'link', text: upper(said.ended), link }];
  };

const sentences: Readonly<
  Record<Relation, (a: string, b: string, page: string | null) => { made: string; ended: string }>
> = {
  'answered by': (a, b) => ({
    made: `${a} is to be answered by ${b}.`,
    ended: `${b} no longer answers ${a}.`,
  }),
  shows: (a, b, page) => ({
    made: `${a} was given to show ${b}${page === null ? '' : `, page ${page}`}.`,
    ended: `${a} no longer shows ${b}.`,
  }),
  'document of': (a, b, page) => ({
    made: `${a} was kept as the document of ${b}${page === null ? '' : `, page ${page}`}.`,
    ended: `${a} is no longer the document of ${b}.`,
  }),
  'bears on': (a, b) => ({
    made: `${a} bears on ${b}.`,
    ended: `${a} no longer bears on ${b}.`,
  }),
  'drawn from': (a, b) => ({
    made: `${a} draws on ${b}.`,
    ended: `${a} no longer draws on ${b}.`,
  }),
};

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
