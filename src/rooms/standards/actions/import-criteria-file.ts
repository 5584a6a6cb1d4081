import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { EditionId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import type { Actor } from '#people';
import type { CriteriaChoices, CriteriaReading } from '../rules/read-criteria/reading.ts';
import { readCriteria } from '../rules/read-criteria/index.ts';
import { wasImported } from '../store/criteria-imports.ts';
import { readEditionHeads } from '../store/read-editions.ts';
import {
  criteriaImportFor,
  leaveCriteriaImport,
  prepareCriteria,
  runCriteriaImport,
} from './import-criteria.ts';
import { refused, type Forbidden, type Refused } from './outcome.ts';

/** The framework that is made of a table: its title, else the file's name; its label, the day. */
export function madeOf(
  reading: Pick<CriteriaReading, 'title'>,
  fileName: string,
  positionOn: IsoDate,
  given: string | null,
): NonNullable<CriteriaChoices['made']> {
  const names = [given, reading.title, fileName.replace(/\.[^.]+$/, ''), 'Criteria'];
  const named = names.find((name) => name !== null && name.trim() !== '') ?? 'Criteria';
  // A cut may leave half a character, which the database does not take.
  return { title: named.trim().slice(0, 300).toWellFormed(), label: formatDate(positionOn) };
}

export interface ImportCriteriaFile {
  fileName: string;
  bytes: Uint8Array;
  positionOn: IsoDate;
  /** The framework that is judged; absent, one is made of the table. */
  framework?: { title: string; label?: string };
  /** The title of the framework that is made. */
  title?: string;
  /** Import it although the same file was imported before. */
  again: boolean;
}

export type ImportCriteriaFileOutcome =
  | {
      kind: 'done';
      editionId: EditionId;
      judgements: number;
      /** Criteria of the table that the framework does not have: left out. */
      unknown: number;
      reading: CriteriaReading;
    }
  | { kind: 'before' }
  | Forbidden
  | Refused;

/** Reads a table of criteria and judges by it in one go: every doubt is in the reading. */
export async function importCriteriaFile(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: ImportCriteriaFile,
): Promise<ImportCriteriaFileOutcome> {
  const { framework, positionOn } = given;
  const grid = await readDocument(given.bytes, given.fileName);
  if ('refused' in grid) return refused({ field: 'file', text: grid.refused });
  const heads = await readInAuthority(db, actor.authorityId, (tx) =>
    readEditionHeads(tx, actor.authorityId, { asAt: today }),
  );
  const fitting = heads.filter(
    (one) =>
      framework !== undefined &&
      one.state === 'in use' &&
      one.title.toLowerCase() === framework.title.toLowerCase() &&
      (framework.label === undefined || one.label === framework.label),
  );
  const [edition = null, other] = fitting;
  if (framework !== undefined && edition === null) {
    return refused({
      field: 'framework',
      text: `There is no framework “${framework.title}” in use.`,
    });
  }
  if (other !== undefined) {
    const labels = fitting.map(({ label }) => `“${label}”`).join(', ');
    const text = `Several editions of it are in use. Name one with --edition: ${labels}.`;
    return refused({ field: 'framework', text });
  }
  const levels = edition === null ? {} : { levels: edition.levels };
  const reading = readCriteria(grid, { positionOn, ...levels });
  if (reading.judgements.length === 0) {
    const why = reading.problems.map((one) => `${one.where}: ${one.message}`).slice(0, 3);
    return refused({
      field: 'file',
      text: ['No criteria were found in this file.', ...why].join(' '),
    });
  }
  const name = tidyFileName(given.fileName);
  const made = edition === null ? madeOf(reading, name, positionOn, given.title ?? null) : null;
  const prepared = await prepareCriteria(db, actor, {
    file: { name, mediaType: 'application/octet-stream', bytes: given.bytes },
    ...{ positionOn, reading, editionId: edition?.id ?? null, choices: { made, rows: {} } },
  });
  if (prepared.kind !== 'done') return prepared;
  const { importId } = prepared;
  const look = await readInAuthority(db, actor.authorityId, async (tx) => {
    const opened = await criteriaImportFor(tx, actor, importId, today);
    if (opened === null) throw new Error('A prepared import was gone before it ran');
    const { draft, standing } = opened;
    const before = await wasImported(tx, actor.authorityId, standing.fileId);
    return { unknown: draft.unknown.length, before };
  });
  if (look.before && !given.again) {
    await leaveCriteriaImport(db, actor, today, importId);
    return { kind: 'before' };
  }
  const outcome = await runCriteriaImport(db, actor, today, importId);
  switch (outcome.kind) {
    case 'done':
      return { ...outcome, unknown: look.unknown, reading };
    case 'not-found':
      throw new Error('A prepared import was gone before it ran');
    case 'forbidden':
    case 'refused':
      await leaveCriteriaImport(db, actor, today, importId);
      return outcome;
  }
}
