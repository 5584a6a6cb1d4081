import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, PlanId, SheetId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { storeFile } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import { standingToAction } from '../rules/assignment.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import type { SheetReading } from '../rules/sheet/read-sheet.ts';
import { noChoices, type SavedOfSheet, type SheetChoices } from '../rules/sheet/sheet-choices.ts';
import { weighSheet, type SheetGround, type WeighedRow } from '../rules/sheet/weigh-sheet.ts';
import { dueInWords } from '../rules/words.ts';
import { lockPlan, type WrittenFact } from '../store/append.ts';
import { readSheetGround } from '../store/read-sheet-ground.ts';
import {
  endSheet,
  findSheet,
  insertSheet,
  saveSheetChoices,
  type UpdateSheet,
} from '../store/update-sheets.ts';
import { writeDateRequest } from './ask-for-date.ts';
import { writeUpdate } from './give-update.ts';
import { readPlanFor } from './open-plan.ts';
import { notFound, refused, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

/** A sheet held against the plan as it stands, as this person may bring it back. */
export interface OpenSheet {
  sheet: UpdateSheet;
  picture: PlanPicture;
  rows: WeighedRow[];
}

/** A file that was sent as an update sheet, and what was read of it. */
export interface SentSheet {
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
  reading: SheetReading;
}

export type SaveChoicesOutcome = { kind: 'done' } | { kind: 'stale' } | NotFound;

export type SaveSheetOutcome =
  | { kind: 'done'; saved: SavedOfSheet[] }
  /** Something still has to be chosen: it was left open, or came in since the page was made. */
  | { kind: 'unsettled' }
  /** The sheet was changed in another window since the page was made. */
  | { kind: 'stale' }
  | NotFound
  | Refused;

/** As the table of closure steps has it. */
const longestAccount = 8000;

/** Whether this person may give updates on an action of the plan today. */
export function mayUpdateIn(actor: Actor, { plan }: PlanPicture) {
  return (action: ActionPicture): boolean =>
    plan.state === 'active' &&
    !action.withdrawn &&
    may(actor, 'U', 'PLN', standingToAction(actor, action, plan));
}

/** Whether this person may bring a sheet back to the plan: they may update one action at least. */
export function mayBringBack(actor: Actor, picture: PlanPicture): boolean {
  return picture.actions.some(mayUpdateIn(actor, picture));
}

/** Keeps a sheet that was read, to be looked at before anything of it is saved. */
export async function prepareSheet(
  db: Db,
  actor: Actor,
  planId: PlanId,
  sent: SentSheet,
  today: IsoDate,
): Promise<{ kind: 'done'; sheetId: SheetId } | NotFound> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const picture = await readPlanFor(tx, actor, planId, today, today);
    if (picture === null || !mayBringBack(actor, picture)) return notFound;
    const { fileName: name, mediaType, bytes, reading } = sent;
    const file = await storeFile(tx, actor.authorityId, { name, mediaType, bytes }, actor.userId);
    const sheetId = await insertSheet(tx, actor.authorityId, {
      planId,
      fileId: file.id,
      reading,
      choices: noChoices,
      startedBy: actor.userId,
    });
    await recordFacts(tx, actor.userId, 'prepared an update sheet', [
      { fact: 'stored_file', id: file.id },
      { fact: 'update_sheet', id: sheetId, state: true },
    ]);
    return { kind: 'done', sheetId };
  });
}

/** The sheet of whoever began it, held against the plan as it stands; null for anybody else. */
export async function openSheet(
  tx: Tx,
  actor: Actor,
  planId: PlanId,
  sheetId: SheetId,
  today: IsoDate,
): Promise<OpenSheet | null> {
  const picture = await readPlanFor(tx, actor, planId, today, today);
  const sheet = await findSheet(tx, actor.authorityId, planId, sheetId);
  if (picture === null || sheet?.startedBy !== actor.userId) return null;
  const facts = await readSheetGround(tx, actor.authorityId, picture, sheet.reading);
  const ground: SheetGround = { ...facts, mayUpdate: mayUpdateIn(actor, picture) };
  return { sheet, picture, rows: weighSheet(sheet.reading, sheet.choices, ground, today) };
}

/** Keeps what a person chose so far; two windows do not overwrite each other. */
export async function chooseOfSheet(
  db: Db,
  actor: Actor,
  sheet: Pick<UpdateSheet, 'planId' | 'id'>,
  seenVersion: number,
  choices: SheetChoices,
): Promise<SaveChoicesOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const standing = await findSheet(tx, actor.authorityId, sheet.planId, sheet.id);
    if (standing?.startedBy !== actor.userId) return notFound;
    const saved = await saveSheetChoices(tx, actor.authorityId, sheet.id, seenVersion, choices);
    return saved ? { kind: 'done' } : { kind: 'stale' };
  });
}

/** Leaves a sheet unfinished for good. */
export async function leaveSheet(
  db: Db,
  actor: Actor,
  planId: PlanId,
  sheetId: SheetId,
): Promise<{ kind: 'done' } | NotFound> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const standing = await findSheet(tx, actor.authorityId, planId, sheetId);
    if (standing?.startedBy !== actor.userId) return notFound;
    const left = await endSheet(tx, actor.authorityId, sheetId, { state: 'left' });
    return left ? { kind: 'done' } : notFound;
  });
}

/**
 * Saves what was chosen of a sheet: all of it or nothing. It is weighed again under the plan's
 * lock, so that what came in since the page was made is a conflict to choose about and not
 * overwritten; what an earlier sheet saved is not saved twice.
 */
export async function saveSheet(
  db: Db,
  actor: Actor,
  planId: PlanId,
  sheetId: SheetId,
  seenVersion: number,
  today: IsoDate,
): Promise<SaveSheetOutcome> {
  return inAuthority(db, actor.authorityId, async (tx): Promise<SaveSheetOutcome> => {
    await lockPlan(tx, actor.authorityId, planId);
    const opened = await openSheet(tx, actor, planId, sheetId, today);
    if (opened === null || opened.sheet.state === 'left') return notFound;
    if (opened.sheet.state === 'saved') return { kind: 'done', saved: opened.sheet.saved };
    if (opened.sheet.version !== seenVersion) return { kind: 'stale' };
    if (opened.rows.some((row) => row.state === 'needs you')) return { kind: 'unsettled' };
    const written: WrittenFact[] = [];
    const saved = await writeRows(tx, actor, today, opened, written);
    await endSheet(tx, actor.authorityId, sheetId, { state: 'saved', saved });
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const ids = saved.map(({ actionId }) => actionId as ActionId);
    written.push(...(await tellActions(tx, writing, today, ids)));
    await recordFacts(tx, actor.userId, 'brought back an update sheet', [
      ...written,
      { fact: 'update_sheet', id: sheetId, state: true },
    ]);
    return { kind: 'done', saved };
  }).catch((fault: unknown) => {
    if (fault instanceof RefuseSheet) return refused({ field: fault.place, text: fault.message });
    throw fault;
  });
}

/** A refusal that must roll back what the transaction has begun: the row that it is about. */
class RefuseSheet extends Error {
  readonly place: string;
  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

async function writeRows(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { picture, rows }: OpenSheet,
  written: WrittenFact[],
): Promise<SavedOfSheet[]> {
  const now = new Map(picture.actions.map((action) => [action.id, action]));
  const saved = new Map<string, SavedOfSheet>();
  for (const { place, action: weighed, state, saves } of rows) {
    const action = weighed === null ? undefined : now.get(weighed.id);
    if (state !== 'to save' || action === undefined) continue;
    const before = saved.get(action.id) ?? { actionId: action.id, update: false, date: false };
    if (saves.update !== null) {
      const outcome = await writeUpdate(
        tx,
        actor,
        today,
        { picture, action },
        {
          ...saves.update,
          actionId: action.id,
          seenVersion: action.updateVersion,
          corrects: null,
          // Of no account but where it takes a complete action back: the words say why.
          failedAgain: saves.update.whatChanged.slice(0, longestAccount).toWellFormed(),
        },
      );
      if (outcome.kind !== 'done') throw new RefuseSheet(place, reasonOf(outcome));
      written.push(...outcome.written);
      now.set(action.id, { ...action, updateVersion: action.updateVersion + 1 });
    }
    if (saves.date !== null) {
      const { dueVersion } = action;
      const opened = { picture, action: now.get(action.id) ?? action };
      const outcome = await writeDateRequest(tx, actor, today, opened, dueVersion, saves.date);
      if (outcome.kind === 'waiting') {
        const waits = dueInWords(outcome.asked.due);
        throw new RefuseSheet(
          place,
          `${action.ref}: another date, ${waits}, was asked for and waits for an answer. Untick the date of this row`,
        );
      }
      if (outcome.kind !== 'done') throw new RefuseSheet(place, reasonOf(outcome));
      written.push(...outcome.written);
    }
    saved.set(action.id, {
      ...before,
      update: before.update || saves.update !== null,
      date: before.date || saves.date !== null,
    });
  }
  return [...saved.values()];
}

function reasonOf(outcome: { kind: 'stale' } | Refused): string {
  if (outcome.kind === 'stale') return 'Somebody saved this while the sheet was read.';
  return outcome.reasons.map(({ text }) => text).join(' ');
}
