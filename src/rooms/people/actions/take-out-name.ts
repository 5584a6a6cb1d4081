import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type ClassOfRecord } from '../rules/policy.ts';
import { redactionProblems } from '../rules/redaction.ts';
import { recordFacts } from '../store/audit-log.ts';
import { rowsOfItem } from '../store/item-rows.ts';
import {
  mostPlaces,
  placeKey,
  placesOfPassage,
  redactableColumns,
  wholeFiles,
  type PlaceOfPassage,
} from '../store/redaction-places.ts';
import {
  erasePassage,
  insertRedaction,
  insertRedactionDecision,
  placesOfRedaction,
  redactions,
  takeOutPassage,
  type Redaction,
} from '../store/redactions.ts';
import type { RedactionId } from '../store/tables.ts';
import type { Item } from './items.ts';

/** A place as the person who asks sees it. */
export interface FoundPlace extends PlaceOfPassage {
  /** It belongs to the item from whose page they ask. */
  ofItem: boolean;
}

/**
 * Where the passage stands, as far as this person may change what stands there: within the item
 * always, elsewhere where they may change every record of that class. Files of the item are
 * named too, for nobody can search them.
 */
export async function findPlaces(
  tx: Tx,
  actor: Actor,
  item: Item,
  passage: string,
): Promise<FoundPlace[]> {
  const rows = await rowsOfItem(tx, item.kind, item.id);
  const own = new Set(rows.map((row) => `${row.table} ${row.id}`));
  const files = rows.filter((row) => row.table === 'file_chunk').map((row) => row.id);
  const all = [...(await placesOfPassage(tx, passage)), ...(await wholeFiles(tx, files))];
  const unique = [...new Map(all.map((place) => [placeKey(place), place])).values()];
  return unique
    .map((place) => ({ ...place, ofItem: own.has(`${place.table} ${place.rowId}`) }))
    .filter((place) => place.ofItem || may(actor, 'U', place.cls))
    .sort((a, b) => Number(b.ofItem) - Number(a.ofItem));
}

export interface AskedRedaction {
  item: Item;
  passage: string;
  reason: string;
  /** The `placeKey`s that were ticked. */
  chosen: readonly string[];
}

export type AskToTakeOutOutcome =
  | { kind: 'asked'; id: RedactionId }
  | { kind: 'refused'; problems: { field: string; text: string }[] }
  | { kind: 'forbidden' };

/** Asks for a passage to be taken out of these places. Another person has to agree. */
export async function askToTakeOut(
  tx: Tx,
  actor: Actor,
  asked: AskedRedaction,
): Promise<AskToTakeOutOutcome> {
  if (!asked.item.mayChange) return { kind: 'forbidden' };
  const problems: { field: string; text: string }[] = redactionProblems(asked);
  if (problems.length > 0) return { kind: 'refused', problems };
  const passage = asked.passage.trim();
  // Looked for again: what was ticked must still be there, and be theirs to change.
  const found = await findPlaces(tx, actor, asked.item, passage);
  const places = found.filter((place) => asked.chosen.includes(placeKey(place)));
  if (places.length === 0) {
    return { kind: 'refused', problems: [{ field: 'places', text: 'Choose at least one place' }] };
  }
  if (found.length > mostPlaces) {
    const text = 'These words stand in too many places. Write more of them.';
    return { kind: 'refused', problems: [{ field: 'passage', text }] };
  }
  const { kind, id: itemId } = asked.item;
  const id = await insertRedaction(
    tx,
    actor.authorityId,
    { item: { kind, id: itemId }, passage, reason: asked.reason.trim(), places },
    actor.userId,
  );
  await recordFacts(tx, actor.userId, 'asked to take out a name', [
    { fact: 'redaction_request', id },
  ]);
  return { kind: 'asked', id };
}

/** A request as whoever decides sees it. */
export interface RedactionToDecide {
  redaction: Redaction;
  /** The places that were chosen, with their words; empty once it is decided. */
  chosen: PlaceOfPassage[];
  /** Where the passage stands besides: written since, or not chosen. */
  besides: PlaceOfPassage[];
  mayAgree: boolean;
  mayTakeBack: boolean;
}

/** The request, or null where this person may not know of it. */
export async function readRedaction(
  tx: Tx,
  actor: Actor,
  id: RedactionId,
): Promise<RedactionToDecide | null> {
  const [redaction] = await redactions(tx, actor.authorityId, id);
  if (redaction === undefined) return null;
  const keys = new Set((await placesOfRedaction(tx, actor.authorityId, id)).map(placeKey));
  const decides = await mayDecide(tx, actor, [...keys]);
  const isMine = redaction.askedBy === actor.userId;
  if (!decides && !isMine) return null;
  const found = redaction.passage === null ? [] : await placesOfPassage(tx, redaction.passage);
  const files = [...keys].flatMap((key) =>
    key.startsWith('file_chunk.') ? [key.slice(key.lastIndexOf('.') + 1)] : [],
  );
  const all = redaction.passage === null ? [] : [...found, ...(await wholeFiles(tx, files))];
  const places = [...new Map(all.map((place) => [placeKey(place), place])).values()];
  const waits = redaction.agreed === null;
  return {
    redaction,
    chosen: places.filter((place) => keys.has(placeKey(place))),
    besides: places.filter((place) => decides && !place.wholeFile && !keys.has(placeKey(place))),
    mayAgree: waits && decides && !isMine,
    mayTakeBack: waits && isMine,
  };
}

/** Whether this person may approve records of every class that these places are of. */
async function mayDecide(tx: Tx, actor: Actor, keys: readonly string[]): Promise<boolean> {
  const classes = new Map<string, ClassOfRecord>(
    (await redactableColumns(tx)).map(({ table, column, cls }) => [`${table}.${column}`, cls]),
  );
  return keys.every((key) => {
    const cls = classes.get(key.slice(0, key.lastIndexOf('.')));
    return cls !== undefined && may(actor, 'A', cls, { secondPerson: true });
  });
}

/** Whether this person is one of those who agree to what others ask to take out. */
export function agreesToTakingOut(actor: Actor): boolean {
  return may(actor, 'A', 'PLN', { secondPerson: true });
}

export type DecideOutcome =
  | { kind: 'taken-out'; facts: number }
  | { kind: 'refused' | 'taken-back' }
  | { kind: 'decided-already' | 'not-found' | 'forbidden' };

/**
 * The second person's answer: agreed, and the passage goes from every place at once; or not. Who
 * asked can only take it back. Either way the words are erased from the request.
 */
export async function decideRedaction(
  tx: Tx,
  actor: Actor,
  id: RedactionId,
  agreed: boolean,
): Promise<DecideOutcome> {
  const asked = await readRedaction(tx, actor, id);
  if (asked === null) return { kind: 'not-found' };
  if (asked.redaction.agreed !== null) return { kind: 'decided-already' };
  if (agreed ? !asked.mayAgree : !(asked.mayAgree || asked.mayTakeBack)) {
    return { kind: 'forbidden' };
  }
  const { authorityId, userId } = actor;
  const decision = await insertRedactionDecision(tx, authorityId, id, agreed, userId);
  if (decision === null) return { kind: 'decided-already' };
  if (!agreed) {
    await erasePassage(tx, authorityId, id);
    const act = asked.mayTakeBack
      ? 'took back a request to take out a name'
      : 'refused to take out a name';
    await recordFacts(tx, userId, act, [decision]);
    return { kind: asked.mayTakeBack ? 'taken-back' : 'refused' };
  }
  const changed = await takeOutPassage(tx, id);
  await recordFacts(tx, userId, 'took out a name', [decision, ...changed]);
  return { kind: 'taken-out', facts: changed.filter(({ fact }) => fact !== 'altered_fact').length };
}
