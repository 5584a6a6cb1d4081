import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IsoDate } from '#kernel/dates.ts';
import type { EditionId, FrameworkId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { readYaml } from '#platform/documents/read/yaml.ts';
import { may, recordFacts, type Actor } from '#people';
import type { FrameworkReading } from '../rules/framework-reading.ts';
import type { EditionState } from '../rules/kinds.ts';
import type { LoadChoices } from '../rules/load-choices.ts';
import { pictureMap } from '../rules/map-criteria.ts';
import type { Criterion } from '../rules/picture.ts';
import { readFrameworkYaml } from '../rules/read-framework.ts';
import { appendEdition, appendEditionState, lockFramework } from '../store/append.ts';
import { labelsOf, readEditionHeads } from '../store/read-editions.ts';
import { openEdition } from './open-edition.ts';
import {
  forbidden,
  refused,
  stale,
  type Forbidden,
  type NotFound,
  type Refused,
  type Stale,
} from './outcome.ts';

/** The frameworks that come with the program, in its own words. */
export const shipped = [
  { key: 'childrens-services', title: 'Children’s services, a general framework' },
  { key: 'adult-safeguarding', title: 'Adult safeguarding, the six principles' },
] as const;
export type ShippedKey = (typeof shipped)[number]['key'];

const folder = path.join(import.meta.dirname, '..', 'frameworks');

/** The YAML file of a framework that comes with the program. */
export function shippedFile(key: ShippedKey): Uint8Array {
  return readFileSync(path.join(folder, `${key}.yaml`));
}

/** What stands in it. @throws where the file that came with the program is broken. */
export function shippedReading(key: ShippedKey): FrameworkReading {
  const read = readYaml(shippedFile(key));
  if ('refused' in read) throw new Error(`${key}: ${read.refused}`);
  const reading = readFrameworkYaml(read.root);
  if (reading.problems.length > 0) throw new Error(`${key}: ${JSON.stringify(reading.problems)}`);
  return reading;
}

export type LoadOutcome = { kind: 'done'; editionId: EditionId } | Forbidden | Refused;

/** Takes a shipped framework into use; where it stands already, leads to the edition that stands. */
export async function startShipped(
  db: Db,
  actor: Actor,
  today: IsoDate,
  key: ShippedKey,
): Promise<LoadOutcome> {
  const reading = shippedReading(key);
  return inAuthority(db, actor.authorityId, async (tx) => {
    if (!may(actor, 'C', 'PLN')) return forbidden;
    const { authorityId } = actor;
    // One at a time: a button that is pressed twice makes one framework.
    await lockFramework(tx, authorityId, key as string as FrameworkId);
    const standing = (await readEditionHeads(tx, authorityId, { asAt: today })).find(
      (head) =>
        head.title === reading.title &&
        head.label === reading.label &&
        head.publisher === reading.publisher,
    );
    if (standing !== undefined) return { kind: 'done', editionId: standing.id };
    return loadReading(tx, actor, today, reading, null);
  });
}

/** The edition that a new one follows, with its criteria. */
export interface EditionBefore {
  frameworkId: FrameworkId;
  editionId: EditionId;
  criteria: readonly Criterion[];
}

/** Appends an edition from what was read, in use from today. The caller has asked whether they may. */
export async function loadReading(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  reading: FrameworkReading,
  follows: (EditionBefore & { choices: LoadChoices }) | null,
): Promise<{ kind: 'done'; editionId: EditionId } | Refused> {
  if (reading.problems.length > 0) {
    return refused({ field: 'file', text: 'The file has problems. Mend them and send it again.' });
  }
  if (follows !== null) {
    await lockFramework(tx, actor.authorityId, follows.frameworkId);
    const labels = await labelsOf(tx, actor.authorityId, follows.frameworkId);
    if (labels.includes(reading.label)) {
      const text = `This framework has an edition “${reading.label}” already. Give this one another label.`;
      return refused({ field: 'label', text });
    }
  }
  const pictured = pictureMap(
    reading.domains.flatMap((domain) => domain.criteria),
    follows?.criteria ?? [],
    follows?.choices.map ?? {},
  );
  const fromOf = new Map(
    pictured.criteria.map(({ criterion, from, state }) => [
      criterion.ref,
      from === null || state === 'new' ? [] : [{ id: from.id, relation: state }],
    ]),
  );
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const { editionId, written } = await appendEdition(tx, writing, {
    frameworkId: follows?.frameworkId ?? null,
    followsId: follows?.editionId ?? null,
    label: reading.label,
    title: reading.title,
    publisher: reading.publisher,
    publishedOn: reading.publishedOn,
    levels: reading.levels,
    note: reading.note,
    state: 'in use',
    domains: reading.domains.map(({ ref, title, criteria }) => ({
      ref,
      title,
      criteria: criteria.map((one) => ({ ...one, from: fromOf.get(one.ref) ?? [] })),
    })),
  });
  await recordFacts(tx, actor.userId, 'loaded a framework', written);
  return { kind: 'done', editionId };
}

/** Retires an edition, or takes it into use again. */
export async function setEditionState(
  db: Db,
  actor: Actor,
  today: IsoDate,
  editionId: EditionId,
  seenVersion: number,
  given: { state: EditionState; reason: string | null },
): Promise<{ kind: 'done' } | NotFound | Forbidden | Stale> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openEdition(tx, actor, editionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { edition } = opened.picture;
    if (edition.state === given.state) return { kind: 'done' };
    if (edition.stateVersion !== seenVersion) return stale;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const version = edition.stateVersion + 1;
    const written = await appendEditionState(
      tx,
      writing,
      editionId,
      version,
      given.state,
      given.reason,
    );
    await recordFacts(tx, actor.userId, `set a framework ${given.state}`, written);
    return { kind: 'done' };
  });
}
