import type { IsoDate } from '#kernel/dates.ts';
import type { EditionId, UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { writableText } from '#platform/documents/write/writable-text.ts';
import { may, partyNameKey, recordFacts, userNames, type Actor, type FactRef } from '#people';
import type { DomainId } from '../rules/picture.ts';
import type { SheetRow } from '../rules/sheet/read-sheet.ts';
import {
  chosenContent,
  placeOf,
  weighSheet,
  type SheetChoices,
  type WeighedRow,
} from '../rules/sheet/weigh-sheet.ts';
import { lockEdition } from '../store/append.ts';
import { readJudgementHistory } from '../store/read-judgements.ts';
import { writeJudgement } from './judge.ts';
import { readEditionFor, standingToDomain, type EditionPicture } from './open-edition.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

/** A workbook held against its edition as it stands, as this person may bring it back. */
export interface OpenSheet {
  kind: 'open';
  picture: EditionPicture;
  rows: WeighedRow[];
  /** Who judged what stands. */
  names: ReadonlyMap<UserId, string>;
}

export type SaveSheetOutcome =
  | { kind: 'done'; saved: number }
  /** Something is not chosen: it was left open, or came in since the page was made. */
  | { kind: 'unsettled'; opened: OpenSheet }
  | NotFound
  | Forbidden
  | Refused;

/** Whether this person may judge in any section of the edition today. */
export function mayBringBack(actor: Actor, picture: EditionPicture): boolean {
  return (
    picture.edition.state !== 'retired' &&
    picture.edition.domains.some(({ id }) =>
      may(actor, 'U', 'PLN', standingToDomain(actor, picture, id)),
    )
  );
}

/** Holds the rows of a workbook against its edition, to be looked at before anything is saved. */
export async function openSheet(
  db: Db,
  actor: Actor,
  today: IsoDate,
  editionId: EditionId,
  rows: readonly SheetRow[],
): Promise<OpenSheet | NotFound | Forbidden> {
  return readInAuthority(db, actor.authorityId, (tx) => weighed(tx, actor, today, editionId, rows));
}

/**
 * Saves what was chosen of a workbook: all of it or nothing. It is weighed again under the
 * edition's lock, so what somebody judged since the page was made has to be chosen about, and
 * what was saved before is not saved twice.
 */
export async function saveSheet(
  db: Db,
  actor: Actor,
  today: IsoDate,
  editionId: EditionId,
  rows: readonly SheetRow[],
  choices: SheetChoices,
): Promise<SaveSheetOutcome> {
  return inAuthority(db, actor.authorityId, async (tx): Promise<SaveSheetOutcome> => {
    await lockEdition(tx, actor.authorityId, editionId);
    const opened = await weighed(tx, actor, today, editionId, rows);
    if (opened.kind !== 'open') return opened;
    if (!isSettled(opened.rows, choices)) return { kind: 'unsettled', opened };
    const { picture } = opened;
    const written: FactRef[] = [];
    let saved = 0;
    for (const row of opened.rows) {
      const { criterion, standing } = row;
      if (row.state !== 'changed' || criterion === null) continue;
      const content = chosenContent(row, choices[placeOf(criterion)]?.cells ?? {});
      if (content === null) continue;
      const given = { ...content, restsOn: standing?.restsOn ?? [] };
      const on = { picture, criterion };
      const outcome = await writeJudgement(tx, actor, today, on, standing?.version ?? 0, given);
      if (outcome.kind !== 'done') throw new RefuseSheet(criterion.ref, outcome);
      written.push(...outcome.written);
      saved += 1;
    }
    if (saved > 0) await recordFacts(tx, actor.userId, 'brought back a framework', written);
    return { kind: 'done', saved };
  }).catch((fault: unknown) => {
    if (fault instanceof RefuseSheet) return refused({ field: null, text: fault.message });
    throw fault;
  });
}

/** A refusal that must roll back what the transaction has begun. */
class RefuseSheet extends Error {
  constructor(ref: string, outcome: { kind: 'stale' } | Refused) {
    const why =
      outcome.kind === 'stale'
        ? 'somebody saved it while the workbook was read.'
        : outcome.reasons.map(({ text }) => text).join(' ');
    super(`Criterion ${ref}: ${why}`);
  }
}

/** Whether every cell was chosen about by somebody who saw what stands now. */
function isSettled(rows: readonly WeighedRow[], choices: SheetChoices): boolean {
  return rows.every(({ cells, criterion, standing, state }) => {
    const chosen = criterion === null ? undefined : choices[placeOf(criterion)];
    // Taken when the page was made, and no longer: the person is told before anything is saved.
    if (state === 'not taken') {
      return !Object.values(chosen?.cells ?? {}).includes('sheet');
    }
    const open = cells.filter(({ sets }) => sets !== null);
    return (
      open.length === 0 ||
      (chosen?.seen === (standing?.version ?? 0) &&
        open.every(({ column }) => chosen.cells[column] !== undefined))
    );
  });
}

async function weighed(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  editionId: EditionId,
  rows: readonly SheetRow[],
): Promise<OpenSheet | NotFound | Forbidden> {
  const { authorityId } = actor;
  const picture = await readEditionFor(tx, actor, editionId, today, today);
  if (picture === null) return notFound;
  if (!mayBringBack(actor, picture)) return forbidden;
  const { edition, judgements } = picture;
  const ids = edition.domains.flatMap(({ criteria }) => criteria.map(({ id }) => id));
  const history = await readJudgementHistory(tx, authorityId, ids, { asAt: today });
  const by = [...judgements.values()].flatMap((one) => one.by ?? []);
  const weighedRows = weighSheet(rows, {
    editionId,
    today,
    judgements,
    levels: edition.levels,
    domains: edition.domains,
    history: Map.groupBy(history, ({ criterionId }) => criterionId),
    knownLeads: [...judgements.values()].flatMap(({ leads }) => leads.map(({ name }) => name)),
    shut: (domainId) => whyShut(actor, picture, domainId),
    nameKey: partyNameKey,
    writable: writableText,
  });
  const names = await userNames(tx, authorityId, by);
  return { kind: 'open', picture, rows: weighedRows, names };
}

function whyShut(actor: Actor, picture: EditionPicture, domainId: DomainId): string | null {
  const { title = '' } = picture.edition.domains.find(({ id }) => id === domainId) ?? {};
  if (!may(actor, 'U', 'PLN', standingToDomain(actor, picture, domainId))) {
    return `You may not judge in the section “${title}”.`;
  }
  return picture.sections.get(domainId)?.locked === true
    ? `The section “${title}” is locked. Have it returned or unlocked first.`
    : null;
}
