import type { IsoDate } from '#kernel/dates.ts';
import type { PlanId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/tables.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import type { Actor } from '#people';
import { schemeOf } from '../rules/import-scheme.ts';
import type { ImportChoices } from '../rules/import-choices.ts';
import { readPlan } from '../rules/read-plan/index.ts';
import type { PlanReading } from '../rules/reading.ts';
import type { PlanImport } from '../store/imports.ts';
import { leaveImport, prepareImport, runImport } from './import-plan.ts';
import { refused, type Forbidden, type Refused } from './outcome.ts';

export interface ImportFile {
  fileName: string;
  bytes: Uint8Array;
  positionOn: IsoDate;
  /** Absent, the title that stands in the file, or the file's name. */
  title?: string;
  /** Import it although the same file was imported before. */
  again: boolean;
}

export type ImportFileOutcome =
  | {
      kind: 'done';
      planId: PlanId;
      slug: string;
      title: string;
      objectives: number;
      actions: number;
      reading: PlanReading;
    }
  /** The same bytes were imported before, and stand. */
  | { kind: 'before'; before: PlanImport }
  | Forbidden
  | Refused;

/** The choices with which an import begins: nothing is yet taken as said by a person. */
export function firstChoices(
  reading: PlanReading,
  fileName: string,
  title: string | undefined,
): ImportChoices {
  const names = [title, reading.title, fileName.replace(/\.[^.]+$/, ''), 'Plan'];
  const named = names.find((name) => name != null && name.trim() !== '') ?? '';
  return {
    // A cut may leave half a character, which the database does not take.
    title: named.trim().slice(0, 300).toWellFormed(),
    columns: [],
    ragScheme: schemeOf(reading),
    schemeConfirmed: false,
    statusFromColour: false,
    rows: {},
  };
}

/** Reads a file and makes its plan in one go, without questions: every doubt is in the reading. */
export async function importPlanFile(
  db: Db,
  actor: Actor,
  given: ImportFile,
): Promise<ImportFileOutcome> {
  const grid = await readDocument(given.bytes, given.fileName);
  if ('refused' in grid) return refused({ field: 'file', text: grid.refused });
  const reading = readPlan(grid, { positionOn: given.positionOn });
  if (reading.actions.length === 0) {
    const why = reading.problems.map((one) => `${one.where}: ${one.message}`).slice(0, 3);
    return refused({
      field: 'file',
      text: ['No actions were found in this file.', ...why].join(' '),
    });
  }
  const fileName = tidyFileName(given.fileName);
  const choices = firstChoices(reading, fileName, given.title);
  const prepared = await prepareImport(db, actor, {
    fileName,
    mediaType: 'application/octet-stream',
    bytes: given.bytes,
    positionOn: given.positionOn,
    reading,
    choices,
  });
  if (prepared.kind !== 'done') return prepared;
  const [before] = prepared.before;
  if (before !== undefined && !given.again) {
    await leaveImport(db, actor, prepared.importId);
    return { kind: 'before', before };
  }
  const outcome = await runImport(db, actor, prepared.importId);
  switch (outcome.kind) {
    case 'done':
      return { ...outcome, title: choices.title, reading };
    case 'not-found':
      throw new Error('A prepared import was gone before it ran');
    case 'forbidden':
    case 'refused':
      return outcome;
  }
}
