import type { IsoDate } from '#kernel/dates.ts';
import type { EditionId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { readYaml } from '#platform/documents/read/yaml.ts';
import { storeFile } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import type { FrameworkReading } from '../rules/framework-reading.ts';
import type { LoadChoices } from '../rules/load-choices.ts';
import { relationOf, suggestMap } from '../rules/map-criteria.ts';
import type { Criterion, FrameworkLoadId } from '../rules/picture.ts';
import { readFrameworkYaml } from '../rules/read-framework.ts';
import { readFrameworkSheets } from '../rules/read-framework-sheets.ts';
import { findLoad, insertLoad, saveLoad, type FrameworkLoad } from '../store/loads.ts';
import { loadReading, type EditionBefore } from './frameworks.ts';
import { findEdition } from './open-edition.ts';
import {
  forbidden,
  notFound,
  refused,
  stale,
  type Forbidden,
  type NotFound,
  type Refused,
  type Stale,
} from './outcome.ts';

/** Reads a framework from a workbook or a YAML file, whichever its name says that it is. */
export async function readFrameworkFile(
  bytes: Uint8Array,
  fileName: string,
): Promise<FrameworkReading | { refused: string }> {
  if (/\.ya?ml$/i.test(fileName)) {
    const read = readYaml(bytes);
    return 'refused' in read ? read : readFrameworkYaml(read.root);
  }
  const grid = await readDocument(bytes, fileName);
  if ('refused' in grid) return grid;
  if (grid.format !== 'xlsx') {
    return {
      refused: 'A framework is read from an Excel workbook (.xlsx) or a YAML file (.yaml).',
    };
  }
  return readFrameworkSheets(grid);
}

/** The edition that a further one follows: the criteria of the one that was chosen. */
export async function editionBefore(
  tx: Tx,
  actor: Actor,
  editionId: EditionId,
  today: IsoDate,
): Promise<EditionBefore | null> {
  const picture = await findEdition(tx, actor, editionId, today);
  if (picture === null) return null;
  return {
    frameworkId: picture.edition.frameworkId,
    editionId,
    criteria: picture.edition.domains.flatMap((domain) => domain.criteria),
  };
}

/** Keeps what was read, with which old criterion each new one is suggested to be. */
export async function prepareLoad(
  db: Db,
  actor: Actor,
  today: IsoDate,
  file: { fileName: string; bytes: Uint8Array },
  reading: FrameworkReading,
  followsId: EditionId | null,
): Promise<{ kind: 'done'; loadId: FrameworkLoadId } | Forbidden | Refused> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    if (!may(actor, 'C', 'PLN')) return forbidden;
    const before = followsId === null ? null : await editionBefore(tx, actor, followsId, today);
    if (followsId !== null && before === null) {
      return refused({ field: 'follows', text: 'Choose one of the editions in the list' });
    }
    const { fileName: name, bytes } = file;
    const given = { name, mediaType: 'application/octet-stream', bytes };
    const stored = await storeFile(tx, actor.authorityId, given, actor.userId);
    const criteria = reading.domains.flatMap((domain) => domain.criteria);
    const loadId = await insertLoad(tx, actor.authorityId, {
      fileId: stored.id,
      frameworkId: before?.frameworkId ?? null,
      reading,
      choices: { followsId, map: suggestMap(criteria, before?.criteria ?? []) },
      startedBy: actor.userId,
    });
    await recordFacts(tx, actor.userId, 'prepared a framework', [
      { fact: 'stored_file', id: stored.id },
      { fact: 'framework_load', id: loadId, state: true },
    ]);
    return { kind: 'done', loadId };
  });
}

/** A load of this person's with the edition that it follows. */
export async function openLoad(
  tx: Tx,
  actor: Actor,
  id: FrameworkLoadId,
  today: IsoDate,
): Promise<{ load: FrameworkLoad; before: EditionBefore | null } | null> {
  if (!may(actor, 'C', 'PLN')) return null;
  const load = await findLoad(tx, actor.authorityId, id, actor.userId);
  if (load === null) return null;
  const { followsId } = load.choices;
  const before = followsId === null ? null : await editionBefore(tx, actor, followsId, today);
  return { load, before };
}

/** What a person chose on the preview. */
export interface GivenChoices {
  label: string;
  /** By the place of each new criterion: the reference of the old one that it is; '' where it is new. */
  from: readonly string[];
}

export type DecideOutcome =
  | { kind: 'checked' }
  | { kind: 'done'; editionId: EditionId }
  | NotFound
  | Forbidden
  | Refused
  | Stale;

/** Saves the choices of a preview and, where `load` is asked, takes the edition into use with them. */
export async function decideLoad(
  db: Db,
  actor: Actor,
  today: IsoDate,
  now: Date,
  id: FrameworkLoadId,
  seenVersion: number,
  given: GivenChoices,
  load: boolean,
): Promise<DecideOutcome> {
  return inAuthority(db, actor.authorityId, async (tx): Promise<DecideOutcome> => {
    const opened = await openLoad(tx, actor, id, today);
    if (opened === null) return notFound;
    const { before } = opened;
    if (opened.load.state === 'loaded' && opened.load.editionId !== null) {
      return { kind: 'done', editionId: opened.load.editionId };
    }
    const reading = { ...opened.load.reading, label: given.label };
    const criteria = reading.domains.flatMap((domain) => domain.criteria);
    const map: LoadChoices['map'] = {};
    const taken = new Map<Criterion, string>();
    for (const [index, criterion] of criteria.entries()) {
      const ref = given.from[index] ?? '';
      if (before === null || ref === '') continue;
      const from = before.criteria.find((one) => one.ref === ref);
      if (from === undefined) {
        const text = `There is no criterion ${ref.slice(0, 40)} in the edition before`;
        return refused({ field: `from-${index}`, text });
      }
      const other = taken.get(from);
      if (other !== undefined) {
        const text = `${from.ref} is chosen for ${other} and for ${criterion.ref}. Choose it for one of them`;
        return refused({ field: `from-${index}`, text });
      }
      taken.set(from, criterion.ref);
      map[criterion.ref] = { fromId: from.id, relation: relationOf(criterion, from) };
    }
    const choices = { ...opened.load.choices, map };
    const changed = { ...opened.load, reading, choices };
    if (!load) {
      const saved = await saveLoad(tx, actor.authorityId, id, seenVersion, changed, null);
      return saved ? { kind: 'checked' } : stale;
    }
    const loaded = await loadReading(
      tx,
      actor,
      today,
      reading,
      before === null ? null : { ...before, choices },
    );
    if (loaded.kind !== 'done') return loaded;
    const { editionId } = loaded;
    const end = { ...changed, state: 'loaded' as const, editionId };
    if (!(await saveLoad(tx, actor.authorityId, id, seenVersion, end, now))) {
      throw new LoadOvertaken();
    }
    return { kind: 'done', editionId };
  }).catch((error: unknown): DecideOutcome => {
    if (error instanceof LoadOvertaken) return stale;
    throw error;
  });
}

/** Rolls an edition back that another window loaded first. */
class LoadOvertaken extends Error {}

/** Leaves a load: it is no longer offered. */
export async function leaveLoad(
  db: Db,
  actor: Actor,
  today: IsoDate,
  now: Date,
  id: FrameworkLoadId,
): Promise<{ kind: 'done' } | NotFound> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openLoad(tx, actor, id, today);
    if (opened === null) return notFound;
    const left = { ...opened.load, state: 'left' as const };
    await saveLoad(tx, actor.authorityId, id, opened.load.version, left, now);
    return { kind: 'done' };
  });
}
