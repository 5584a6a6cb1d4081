import { formatDate, londonDay, type IsoDate } from '#kernel/dates.ts';
import type { ActionId, Id } from '#kernel/ids.ts';
import type { ActionPicture, PlanPicture, RagColour } from '../picture.ts';
import type { Due, Rag, Status } from '../reading.ts';
import { updateChoices, type UpdateChoice } from '../update-choices.ts';
import { dueInWords } from '../words.ts';
import { changedWords } from './given-cells.ts';
import { readDate, type ReadDate, type SheetReading, type SheetRow } from './read-sheet.ts';
import { actionKey, readRowCode, type RowCode, type SheetVersions } from './row-code.ts';
import type {
  CellChoice,
  ChosenCell,
  MendedCell,
  SheetChoices,
  SheetRowChoice,
} from './sheet-choices.ts';
import { longestShownBy, whatShowsIt, type ShownBy } from './what-shows-it.ts';

/** An update of an action that the sheet names. */
export interface StandingUpdate {
  version: number;
  claimedRag: Rag | null;
  status: Status | null;
  whatChanged: string;
  at: Date;
  by: string | null;
}

/** A date of such an action: asked for, or agreed and in the ledger. */
export interface StandingDate {
  kind: 'asked' | 'agreed';
  version: number;
  due: Due;
  reason: string | null;
  effect: string | null;
  at: Date;
  by: string | null;
}

/** What a sheet is held against: the plan as it stands at this moment, and who asks. */
export interface SheetGround {
  picture: PlanPicture;
  mayUpdate: (action: ActionPicture) => boolean;
  /** In the order in which they were written. */
  updates: ReadonlyMap<ActionId, readonly StandingUpdate[]>;
  dates: ReadonlyMap<ActionId, readonly StandingDate[]>;
  /** The id of the update that a row makes: the same row is one update, whoever brings it back. */
  rowKey: (row: SheetRow, actionId: ActionId) => Id<'submission'>;
  /** The rows (`rowKey`) whose update is saved already, by whoever. */
  savedRows: ReadonlySet<string>;
}

/** One cell of a row that can be taken or left. */
export interface WeighedCell {
  part: ChosenCell;
  sheet: string;
  ours: string;
  /** Nothing is chosen for the person: somebody wrote here since, or it cannot be read plainly. */
  open: boolean;
  offers: readonly CellChoice[];
  chosen: CellChoice | null;
}

/** What has to be put in before a row can be saved. */
export interface SheetNeed {
  part: MendedCell;
  text: string;
}

export interface SavesUpdate {
  choice: string;
  whatChanged: string;
  evidence: ShownBy[];
  submissionId: Id<'submission'>;
}

export interface SavesDate {
  due: Due;
  reason: string;
  effectOnChildren: string;
}

export interface WeighedRow {
  place: string;
  row: SheetRow;
  action: ActionPicture | null;
  state: 'not taken' | 'nothing new' | 'needs you' | 'left out' | 'to save';
  /** Why nothing of it is taken, or what of it was not. */
  notes: string[];
  /** What stands now, for `SheetRowChoice.seen`. */
  seen: string;
  cells: WeighedCell[];
  needs: SheetNeed[];
  mended: SheetRowChoice['mended'];
  /** What was written here since the sheet was made. */
  newer: { updates: StandingUpdate[]; dates: StandingDate[] };
  saves: { update: SavesUpdate | null; date: SavesDate | null };
}

const longestWords = 20_000;
const longestReason = 4000;

/**
 * Holds a sheet that came back against the plan as it stands: which rows are taken, what was
 * written here meanwhile, what a person has to choose, and what would be saved. Pure, and asked
 * again under the plan's lock before anything is written, so that whatever came in between is a
 * new conflict.
 */
export function weighSheet(
  reading: SheetReading,
  choices: SheetChoices,
  ground: SheetGround,
  today: IsoDate,
): WeighedRow[] {
  const byKey = Map.groupBy(ground.picture.actions, (action) => actionKey(action.id));
  const seenRows = new Map<string, { where: string; says: string }[]>();
  return reading.rows.map((row, index) => {
    const place = String(index);
    const found = actionOf(row, byKey, ground);
    if (typeof found === 'string') return notTaken(place, row, null, found);
    const { action, code } = found;
    if (action.withdrawn) {
      return notTaken(
        place,
        row,
        action,
        'This action was withdrawn, so it takes no more updates.',
      );
    }
    if (!ground.mayUpdate(action)) {
      const why = 'You may not give updates on this action. Those who lead it or own the plan may.';
      return notTaken(place, row, action, why);
    }
    const earlier = seenRows.get(code.key) ?? [];
    const says = JSON.stringify(row.filled);
    const isFilled = Object.values(row.filled).some((text) => text !== '');
    const same = isFilled ? earlier.find((one) => one.says === says) : undefined;
    if (isFilled) seenRows.set(code.key, [...earlier, { where: row.where, says }]);
    const others = same === undefined ? earlier.map((one) => one.where) : [];
    const weighed = new RowScale(place, row, action, code, choices, ground, today, others);
    return same === undefined
      ? weighed.weigh()
      : weighed.nothing(`It says the same as ${same.where}.`);
  });
}

/** What stands of an action, as its versions. */
export function versionsNow(
  action: ActionPicture,
  dates: readonly StandingDate[] | undefined,
): SheetVersions {
  const asked = (dates ?? []).filter((one) => one.kind === 'asked');
  return {
    action: action.version,
    update: action.updateVersion,
    due: action.dueVersion,
    asked: Math.max(0, ...asked.map((one) => one.version)),
  };
}

/** Which action a row is about, or why that is not known. Of other plans nothing is said. */
function actionOf(
  row: SheetRow,
  byKey: ReadonlyMap<string, ActionPicture[]>,
  { dates }: SheetGround,
): { action: ActionPicture; code: RowCode } | string {
  if (row.code === '') return 'This row has no ID, so we cannot tell which action it is about.';
  const code = readRowCode(row.code);
  if (code === null) {
    return `The ID “${row.code.slice(0, 60)}” is not right: a character of it was changed. Copy it from the sheet that was sent out.`;
  }
  const [action, another] = byKey.get(code.key) ?? [];
  const absent = 'This is not an action of this plan.';
  if (action === undefined || another !== undefined) return absent;
  const now = versionsNow(action, dates.get(action.id));
  // Nobody can have been sent what had not been written.
  const ahead = (Object.keys(now) as (keyof SheetVersions)[]).some(
    (part) => code.versions[part] > now[part],
  );
  return ahead ? absent : { action, code };
}

function notTaken(
  place: string,
  row: SheetRow,
  action: ActionPicture | null,
  why: string,
): WeighedRow {
  return {
    place,
    row,
    action,
    state: 'not taken',
    notes: [why],
    seen: '',
    cells: [],
    needs: [],
    mended: {},
    newer: { updates: [], dates: [] },
    saves: { update: null, date: null },
  };
}

/** One row on the scale: what the sheet says in it, beside what stands. */
class RowScale {
  readonly #place: string;
  readonly #row: SheetRow;
  readonly #action: ActionPicture;
  readonly #code: RowCode;
  readonly #ground: SheetGround;
  readonly #today: IsoDate;
  /** Other rows that say something else of the same action. */
  readonly #others: readonly string[];
  readonly #seen: string;
  readonly #choice: SheetRowChoice | null;
  readonly #notes: string[];
  readonly #needs: SheetNeed[] = [];
  readonly #cells: WeighedCell[] = [];
  readonly #scheme: readonly RagColour[];

  constructor(
    place: string,
    row: SheetRow,
    action: ActionPicture,
    code: RowCode,
    choices: SheetChoices,
    ground: SheetGround,
    today: IsoDate,
    others: readonly string[],
  ) {
    this.#place = place;
    this.#row = row;
    this.#action = action;
    this.#code = code;
    this.#ground = ground;
    this.#today = today;
    this.#others = others;
    this.#scheme = ground.picture.plan.ragScheme;
    const now = versionsNow(action, ground.dates.get(action.id));
    this.#seen = Object.values(now).join('.');
    const choice = choices.rows[place];
    this.#choice = choice?.seen === this.#seen ? choice : null;
    this.#notes = [
      ...row.doubts,
      ...changedWords(row, ground.picture.plan, action, code.versions, now),
      ...(others.length === 0
        ? []
        : [`This action stands in ${others.join(' and ')} as well, with other words.`]),
    ];
  }

  weigh(): WeighedRow {
    const { filled } = this.#row;
    if (Object.values(filled).every((text) => text === '')) {
      return this.nothing('Nothing was filled in.');
    }
    const newer = { updates: this.#newerUpdates(), dates: this.#newerDates() };
    const update = this.#update(newer.updates);
    const date = this.#date(newer.dates);
    const waits = this.#needs.length > 0 || this.#cells.some((cell) => cell.chosen === null);
    const none = update === null && date === null;
    const empty = this.#cells.length === 0;
    return {
      ...this.nothing(),
      state: waits ? 'needs you' : !none ? 'to save' : empty ? 'nothing new' : 'left out',
      cells: this.#cells,
      needs: this.#needs,
      newer,
      saves: waits ? { update: null, date: null } : { update, date },
    };
  }

  nothing(...why: string[]): WeighedRow {
    return {
      ...notTaken(this.#place, this.#row, this.#action, ''),
      state: 'nothing new',
      notes: [...why, ...this.#notes],
      seen: this.#seen,
      mended: this.#choice?.mended ?? {},
    };
  }

  #update(newer: readonly StandingUpdate[]): SavesUpdate | null {
    const { going, changed, shows, toldBy } = this.#row.filled;
    if (going === '' && changed === '' && shows === '') {
      if (toldBy !== '' && this.#row.newDue === null)
        this.#notes.push('Nothing but a name was filled in.');
      return null;
    }
    const submissionId = this.#ground.rowKey(this.#row, this.#action.id);
    if (this.#ground.savedRows.has(submissionId)) {
      this.#notes.push('The update of this row was saved already, so it changes nothing.');
      return null;
    }
    const choices = updateChoices(this.#scheme);
    const said = choiceSaid(choices, this.#mended('going') ?? going);
    const stands = choices.find(
      (one) => one.rag === this.#action.claimedRag && one.status === this.#action.status,
    );
    const last = newer.at(-1);
    const words = this.#mended('words') ?? changed;
    const saysTheSame =
      last?.whatChanged === words &&
      (going === '' || said?.value === stands?.value) &&
      shows === '';
    if (saysTheSame) {
      this.#notes.push('The same was saved here since, so it changes nothing.');
      return null;
    }
    const { completion } = this.#action.closure;
    const reopens = completion !== null && said !== undefined && said.status !== 'complete';
    if (reopens) {
      this.#notes.push(
        `This action has been complete since ${formatDate(completion.since)}. The sheet says otherwise: if it is taken, the action is reopened, and that it failed again is counted.`,
      );
    }
    const open = newer.length > 0 || this.#others.length > 0 || reopens;
    const goingCell =
      going === '' ? null : this.#cell('going', said?.label ?? going, stands?.label ?? '', open);
    const offers: CellChoice[] = last === undefined ? ['sheet', 'ours'] : ['sheet', 'ours', 'both'];
    const wordsCell = this.#cell('words', words, last?.whatChanged ?? '', open, offers);
    const showsCell = shows === '' ? null : this.#cell('shows', shows, '', open);
    const taken = [goingCell, wordsCell, showsCell].some(
      (cell) => cell !== null && (cell.chosen === 'sheet' || cell.chosen === 'both'),
    );
    if (!taken) return null;

    const chosen = goingCell?.chosen === 'sheet' ? said : (stands ?? this.#saidInstead(choices));
    if (goingCell?.chosen === 'sheet' && said === undefined) {
      this.#need(
        'going',
        `“${going.slice(0, 80)}” is not one of the answers of this plan. Choose one.`,
      );
    } else if (chosen === undefined) {
      this.#need(
        'going',
        'The sheet does not say how it is going, and nothing stands here yet. Choose one.',
      );
    }
    const kept = keptWords(wordsCell.chosen, words, last);
    if (kept === '') {
      this.#need(
        'words',
        'The sheet does not say what has changed. Write it here, or leave the update out.',
      );
    }
    const whatChanged = `${kept}${toldBy === '' ? '' : `\n\nAs told by ${toldBy.replace(/\s+/g, ' ')}`}`;
    if (whatChanged.length > longestWords) {
      this.#need(
        'words',
        `This has more than ${longestWords.toLocaleString('en-GB')} characters. Shorten it.`,
      );
    }
    const evidence = showsCell?.chosen === 'sheet' ? whatShowsIt(shows) : [];
    if (evidence.some(({ title }) => title.length > longestShownBy)) {
      this.#notes.push('What shows it is too long to be kept whole, and is cut.');
    }
    return {
      choice: chosen?.value ?? '',
      whatChanged,
      evidence: evidence.map((one) => ({ ...one, title: one.title.slice(0, longestShownBy) })),
      submissionId,
    };
  }

  /** A rating that a person chose where neither the sheet nor the plan has one. */
  #saidInstead(choices: readonly UpdateChoice[]): UpdateChoice | undefined {
    const mended = this.#mended('going');
    return mended === undefined ? undefined : choiceSaid(choices, mended);
  }

  #date(newer: readonly StandingDate[]): SavesDate | null {
    const { filled, newDue } = this.#row;
    if (newDue === null) {
      if (filled.reason !== '' || filled.effect !== '') {
        this.#notes.push(
          'A reason or an effect for a new date stands in this row, and no new date. They were not taken.',
        );
      }
      return null;
    }
    const mended = this.#mended('due');
    const read = mended === undefined ? newDue : readDate(mended, null, this.#today);
    const reason = this.#mended('reason') ?? filled.reason;
    const effect = this.#mended('effect') ?? filled.effect;
    const isAsked = newer.some(
      (one) =>
        one.kind === 'asked' &&
        sameDue(one.due, read.due) &&
        (filled.reason === '' || one.reason === reason) &&
        (filled.effect === '' || one.effect === effect),
    );
    if (isAsked) {
      this.#notes.push(`${dueInWords(read.due)} was asked for already, so it changes nothing.`);
      return null;
    }
    if (read.due.to !== null && sameDue(read.due, this.#action.due)) {
      this.#notes.push(
        `${dueInWords(read.due)} is the date as it stands, so no other is asked for.`,
      );
      return null;
    }
    const { asked, due } = this.#action;
    if (asked !== null) {
      const said = filled.reason === '' ? '' : ` because “${filled.reason}”`;
      this.#notes.push(
        `The sheet asks for ${read.due.precision === 'none' ? `“${filled.newDue}”` : dueInWords(read.due)}${said}. ${this.#whoAsked(asked.due)}, and that waits for an answer. Only one date can wait, so the sheet’s was not taken.`,
      );
      return null;
    }
    const doubts = doubtsOf(read, this.#today);
    const isRead = read.due.precision !== 'none';
    const open = newer.length > 0 || this.#others.length > 0 || (isRead && doubts.length > 0);
    this.#notes.push(...(isRead ? doubts : []));
    const sheet = isRead ? dueInWords(read.due) : (mended ?? filled.newDue);
    const cell = this.#cell('date', sheet, dueInWords(due), open);
    if (cell.chosen !== 'sheet') return null;
    if (!isRead) {
      this.#need(
        'due',
        `We could not read ${this.#row.where}: the date says “${(mended ?? filled.newDue).slice(0, 80)}”. Write it like 30 June 2026.`,
      );
    }
    this.#words('reason', reason, 'Say why the date is no longer right.');
    this.#words('effect', effect, 'Say what the new date means for children.');
    return { due: read.due, reason, effectOnChildren: effect };
  }

  /** "Alex Marsh asked for 31 May 2027 on 3 March 2026" */
  #whoAsked(due: Due): string {
    const all = this.#ground.dates.get(this.#action.id) ?? [];
    const last = all.findLast((one) => one.kind === 'asked');
    const when = last === undefined ? '' : ` on ${formatDate(londonDay(last.at))}`;
    return `${last?.by ?? 'Somebody'} asked for ${dueInWords(due)}${when}`;
  }

  #words(part: 'reason' | 'effect', text: string, empty: string): void {
    if (text === '') this.#need(part, empty);
    else if (text.length > longestReason) {
      this.#need(
        part,
        `This has more than ${longestReason.toLocaleString('en-GB')} characters. Shorten it.`,
      );
    }
  }

  #cell(
    part: ChosenCell,
    sheet: string,
    ours: string,
    open: boolean,
    offers: readonly CellChoice[] = ['sheet', 'ours'],
  ): WeighedCell {
    const said = this.#choice?.cells[part];
    const chosen = said !== undefined && offers.includes(said) ? said : open ? null : 'sheet';
    const cell = { part, sheet, ours, open, offers, chosen };
    this.#cells.push(cell);
    return cell;
  }

  #mended(part: MendedCell): string | undefined {
    return this.#choice?.mended[part];
  }

  #need(part: MendedCell, text: string): void {
    this.#needs.push({ part, text });
  }

  #newerUpdates(): StandingUpdate[] {
    const all = this.#ground.updates.get(this.#action.id) ?? [];
    return all.filter((one) => one.version > this.#code.versions.update);
  }

  #newerDates(): StandingDate[] {
    const { due, asked } = this.#code.versions;
    const all = this.#ground.dates.get(this.#action.id) ?? [];
    return all.filter((one) => one.version > (one.kind === 'asked' ? asked : due));
  }
}

/** The answer that a sheet gives in words: as it is offered, or as the name of its colour. */
function choiceSaid(choices: readonly UpdateChoice[], text: string): UpdateChoice | undefined {
  const plain = (words: string) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const said = plain(text);
  return (
    choices.find((one) => plain(one.label) === said) ??
    choices.find((one) => plain(one.value) === said)
  );
}

/** The words of the update: the sheet's, ours, or both, each with whose it is. */
function keptWords(
  chosen: CellChoice | null,
  sheet: string,
  ours: StandingUpdate | undefined,
): string {
  if (chosen === 'ours') return ours?.whatChanged ?? '';
  if (chosen !== 'both' || ours === undefined || sheet === '') return sheet;
  const whose = `${ours.by ?? 'somebody else'} on ${formatDate(londonDay(ours.at))}`;
  return `${sheet}\n\nKept beside it, from ${whose}: ${ours.whatChanged}`;
}

function doubtsOf({ due, doubts }: ReadDate, today: IsoDate): string[] {
  const past = due.to !== null && due.to < today ? [`${dueInWords(due)} is past already.`] : [];
  return [...doubts, ...past];
}

function sameDue(one: Due, other: Due): boolean {
  return (
    one.precision === other.precision &&
    one.from === other.from &&
    one.to === other.to &&
    (one.to !== null || one.asWritten === other.asWritten)
  );
}
