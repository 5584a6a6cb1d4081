import type { IsoDate } from '#kernel/dates.ts';
import type { CriterionId, EditionId, PartyId } from '#kernel/ids.ts';
import { kindOfParty } from '#kernel/party-kind.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { storeFile } from '#findings';
import { findOrAddParty, may, recordFacts, type Actor, type FactRef } from '#people';
import { metLevels, ofstedGrades, type Level } from '../rules/levels.ts';
import type { Criterion, Edition, Judgement, JudgementContent } from '../rules/picture.ts';
import { draftOf, type CriteriaDraft, type DraftJudgement } from '../rules/read-criteria/draft.ts';
import type { CriteriaChoices, CriteriaReading } from '../rules/read-criteria/reading.ts';
import {
  appendEdition,
  appendEditionState,
  appendJudgements,
  type NewJudgement,
  type Writing,
} from '../store/append.ts';
import {
  findCriteriaImport,
  insertCriteriaImport,
  moveCriteriaImport,
  saveCriteriaImport,
  writtenSinceCriteriaImport,
  type CriteriaImport,
  type CriteriaImportId,
} from '../store/criteria-imports.ts';
import { criteriaByIds, readEdition } from '../store/read-editions.ts';
import {
  judgementById,
  judgementVersions,
  readJudgementHistory,
} from '../store/read-judgements.ts';
import { openEdition, type EditionPicture } from './open-edition.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

export interface PrepareCriteria {
  file: { name: string; mediaType: string; bytes: Uint8Array };
  positionOn: IsoDate;
  editionId: EditionId | null;
  reading: CriteriaReading;
  choices: CriteriaChoices;
}

/** Keeps what was read, to be looked at and corrected before anything is judged by it. */
export async function prepareCriteria(
  db: Db,
  actor: Actor,
  prepared: PrepareCriteria,
): Promise<{ kind: 'done'; importId: CriteriaImportId } | Forbidden> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if (!may(actor, 'C', 'PLN')) return forbidden;
    const { file, ...kept } = prepared;
    const stored = await storeFile(tx, actor.authorityId, file, actor.userId);
    const given = { ...kept, fileId: stored.id, startedBy: actor.userId };
    const importId = await insertCriteriaImport(tx, actor.authorityId, given);
    await recordFacts(tx, actor.userId, 'prepared an import of criteria', [
      { fact: 'stored_file', id: stored.id },
      { fact: 'criteria_import', id: importId, state: true },
    ]);
    return { kind: 'done', importId };
  });
}

export interface OpenedImport {
  standing: CriteriaImport;
  /** The edition that is judged, with its criteria; null while one is to be made. */
  edition: Edition | null;
  draft: CriteriaDraft;
}

/** The import that this person began; null where they may not know of it. */
export async function criteriaImportFor(
  tx: Tx,
  actor: Actor,
  importId: CriteriaImportId,
  today: IsoDate,
): Promise<OpenedImport | null> {
  const standing = await findCriteriaImport(tx, actor.authorityId, importId);
  if (standing?.startedBy !== actor.userId || !may(actor, 'C', 'PLN')) return null;
  const { editionId } = standing;
  const edition =
    editionId === null
      ? null
      : await readEdition(tx, actor.authorityId, editionId, { asAt: today });
  const judged = standing.state === 'prepared' ? edition : null;
  const draft = draftOf(standing.reading, standing.choices, judged && criteriaOf(judged));
  return { standing, edition, draft };
}

function criteriaOf(edition: Edition): Criterion[] {
  return edition.domains.flatMap((domain) => domain.criteria);
}

/** Saves the person's choices; two windows do not overwrite each other. */
export async function changeCriteriaImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  changed: CriteriaImport,
  seenVersion: number,
): Promise<{ kind: 'done' } | { kind: 'stale' } | NotFound> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if ((await criteriaImportFor(tx, actor, changed.id, today)) === null) return notFound;
    const { authorityId } = actor;
    const saved = await saveCriteriaImport(tx, authorityId, changed.id, seenVersion, changed);
    return { kind: saved ? 'done' : 'stale' };
  });
}

/** Leaves a prepared import unfinished for good. */
export async function leaveCriteriaImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: CriteriaImportId,
): Promise<{ kind: 'done' } | NotFound> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if ((await criteriaImportFor(tx, actor, id, today)) === null) return notFound;
    const to = { state: 'left' } as const;
    const left = await moveCriteriaImport(tx, actor.authorityId, id, 'prepared', to);
    return left ? { kind: 'done' } : notFound;
  });
}

export type RunCriteriaOutcome =
  { kind: 'done'; editionId: EditionId; judgements: number } | NotFound | Forbidden | Refused;

/**
 * Makes the judgements of a prepared import, and the framework where one is to be made: all or
 * nothing. Everything holds from the day of the position.
 */
export async function runCriteriaImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: CriteriaImportId,
): Promise<RunCriteriaOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<RunCriteriaOutcome> => {
    const opened = await criteriaImportFor(tx, actor, id, today);
    if (opened === null) return notFound;
    const { standing, draft } = opened;
    if (standing.state === 'imported' && standing.editionId !== null) {
      return { kind: 'done', editionId: standing.editionId, judgements: standing.made.length };
    }
    if (standing.state !== 'prepared') return notFound;
    const fault = faultOf(draft);
    if (fault !== null) return fault;
    // Claims the import first: of two that run at once, one waits here and finds it taken.
    const claimed = await saveCriteriaImport(tx, actor.authorityId, id, standing.version, standing);
    if (!claimed)
      return refused({ field: null, text: 'It was changed in another window. Open it again' });
    const writing = {
      authority: actor.authorityId,
      by: actor.userId,
      effectiveOn: standing.positionOn,
    };
    const ground = await groundOf(tx, actor, today, standing, draft, writing);
    if (ground.kind !== 'open') return ground;
    const { edition, written } = ground;
    const byRef = new Map(criteriaOf(edition).map((one) => [one.ref, one.id]));
    const judged = await judgementsOf(tx, actor, draft.judgements, byRef, written);
    const made = await appendJudgements(tx, writing, judged);
    written.push(...made.written);
    const to = { state: 'imported', made: made.ids, editionId: edition.id } as const;
    await moveCriteriaImport(tx, actor.authorityId, id, 'prepared', to);
    await recordFacts(tx, actor.userId, 'imported a self-assessment', [
      ...written,
      { fact: 'criteria_import', id, state: true },
    ]);
    return { kind: 'done', editionId: edition.id, judgements: made.ids.length };
  });
}

function faultOf(draft: CriteriaDraft): Refused | null {
  if (draft.judgements.length === 0) {
    return refused({
      field: null,
      text: 'Nothing is left to import: every criterion was left out.',
    });
  }
  if (draft.faults.length === 0) return null;
  return refused(
    ...draft.faults.map(({ where, message }) => ({ field: null, text: `${where}: ${message}` })),
  );
}

type Ground = { kind: 'open'; edition: Edition; written: FactRef[] };

/** The edition that is judged, open for writing; or the one that is made of the table. */
async function groundOf(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { choices, editionId, positionOn, reading }: CriteriaImport,
  draft: CriteriaDraft,
  writing: Writing,
): Promise<Ground | NotFound | Forbidden | Refused> {
  if (editionId !== null) {
    const opened = await openEdition(tx, actor, editionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const closed = closedFor(opened.picture, draft, positionOn);
    return closed ?? { kind: 'open', edition: opened.picture.edition, written: [] };
  }
  if (choices.made === null) return notFound;
  const levels = knownScheme(reading.levels);
  if (levels === null) {
    const text =
      'The levels of this table are of your own making. Load your framework with its levels first, then import this table against it.';
    return refused({ field: null, text });
  }
  const made = await appendEdition(tx, writing, {
    ...{ frameworkId: null, followsId: null, publisher: null, publishedOn: null, note: null },
    title: choices.made.title,
    label: choices.made.label,
    levels,
    state: 'in use',
    domains: domainsOf(draft.judgements),
  });
  const until = { asAt: today };
  const edition = await readEdition(tx, actor.authorityId, made.editionId, until);
  if (edition === null) throw new Error('A framework was made and cannot be read');
  return { kind: 'open', edition, written: made.written };
}

/** Only the two schemes of the field are known to say what is met and what is not. */
function knownScheme(levels: readonly Level[]): readonly Level[] | null {
  const keys = levels.map(({ key }) => key).join();
  return [metLevels, ofstedGrades].find((one) => one.map(({ key }) => key).join() === keys) ?? null;
}

function closedFor(
  { edition, sections }: EditionPicture,
  draft: CriteriaDraft,
  positionOn: IsoDate,
): Refused | null {
  if (edition.state === 'retired') {
    return refused({
      field: null,
      text: 'This edition is retired, so nothing in it can be judged.',
    });
  }
  if (positionOn < edition.since && edition.stateVersion === 1) {
    const text =
      'This framework was taken into use after the day of the position. Choose a later day.';
    return refused({ field: null, text });
  }
  const refs = new Set(draft.judgements.map(({ ref }) => ref));
  const shut = edition.domains.filter(
    ({ criteria, id }) =>
      sections.get(id)?.locked === true && criteria.some(({ ref }) => refs.has(ref)),
  );
  if (shut.length === 0) return null;
  const names = shut.map(({ title }) => `“${title}”`).join(', ');
  return refused({
    field: null,
    text: `A section is locked: ${names}. Have it returned or unlocked, or leave its criteria out.`,
  });
}

/** The domains in the order in which they first stand; criteria without one are under "Criteria". */
function domainsOf(judgements: readonly DraftJudgement[]) {
  const groups = Map.groupBy(judgements, ({ domain }) => domain ?? 'Criteria');
  return [...groups].map(([title, ones]) => ({
    ref: null,
    title: title.slice(0, 500).toWellFormed(),
    criteria: ones.map(({ criterion, ref }) => ({
      ref: ref ?? '',
      text: criterion,
      descriptors: {},
      from: [],
    })),
  }));
}

async function judgementsOf(
  tx: Tx,
  actor: Actor,
  drafts: readonly DraftJudgement[],
  byRef: ReadonlyMap<string, CriterionId>,
  written: FactRef[],
): Promise<NewJudgement[]> {
  const rows = drafts.flatMap((draft) => {
    const criterionId = draft.ref === null ? undefined : byRef.get(draft.ref);
    return criterionId === undefined ? [] : [{ draft, criterionId }];
  });
  const ids = rows.map(({ criterionId }) => criterionId);
  const versionOf = await judgementVersions(tx, actor.authorityId, ids);
  const parties = new Map<string, PartyId>();
  for (const name of new Set(rows.flatMap(({ draft }) => draft.leads))) {
    const party = { kind: kindOfParty(name), name };
    parties.set(name, await findOrAddParty(tx, actor.authorityId, party, actor.userId, written));
  }
  return rows.map(({ criterionId, draft }) => ({
    criterionId,
    version: versionOf(criterionId) + 1,
    progress: draft.level === null ? ('not started' as const) : ('done' as const),
    level: draft.level,
    result: null,
    howMet: draft.howMet,
    whyNot: draft.why,
    whatNext: draft.next,
    due: draft.due.asWritten === '' ? null : draft.due,
    leadIds: draft.leads.flatMap((name) => parties.get(name) ?? []),
    restsOn: [],
  }));
}

/**
 * Takes an import back while nothing else was written on its criteria: a framework that it made is
 * retired; where an edition stood before, what was said of each criterion before holds again.
 */
export async function undoCriteriaImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: CriteriaImportId,
): Promise<{ kind: 'done' } | NotFound | Forbidden | Refused> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const found = await criteriaImportFor(tx, actor, id, today);
    if (found?.standing.state === 'undone') return { kind: 'done' };
    if (found?.standing.state !== 'imported' || found.edition === null) return notFound;
    const { standing } = found;
    const opened = await openEdition(tx, actor, found.edition.id, 'U', today);
    if (opened.kind !== 'open') return opened;
    if (await writtenSinceCriteriaImport(tx, actor.authorityId, id)) {
      const text =
        'Somebody has written on these criteria since they were imported, so the import cannot be undone. You can judge a criterion anew instead.';
      return refused({ field: null, text });
    }
    const { edition } = opened.picture;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written =
      standing.choices.made === null
        ? await takeBack(tx, { ...writing, effectiveOn: standing.positionOn }, standing)
        : await appendEditionState(
            tx,
            writing,
            edition.id,
            edition.stateVersion + 1,
            'retired',
            'Its import was undone',
          );
    const to = { state: 'undone' } as const;
    await moveCriteriaImport(tx, actor.authorityId, id, 'imported', to);
    await recordFacts(tx, actor.userId, 'undid an import of criteria', [
      ...written,
      { fact: 'criteria_import', id, state: true },
    ]);
    return { kind: 'done' };
  });
}

async function takeBack(
  tx: Tx,
  writing: Writing,
  { made, positionOn }: CriteriaImport,
): Promise<FactRef[]> {
  const { authority } = writing;
  const own: Judgement[] = [];
  for (const id of made) {
    const one = await judgementById(tx, authority, id);
    if (one !== null) own.push(one);
  }
  const ids = own.map(({ criterionId }) => criterionId);
  const isOwn = new Set(made);
  const before = (await readJudgementHistory(tx, authority, ids, { asAt: positionOn })).filter(
    ({ id }) => !isOwn.has(id),
  );
  const versionOf = await judgementVersions(tx, authority, ids);
  const criteria = await criteriaByIds(tx, authority, ids);
  const judgements = criteria.map(({ id }): NewJudgement => {
    const { leads, ...content } = before.find(({ criterionId }) => criterionId === id) ?? notJudged;
    const leadIds = leads.map((lead) => lead.id);
    return { ...content, criterionId: id, version: versionOf(id) + 1, leadIds };
  });
  return (await appendJudgements(tx, writing, judgements)).written;
}

const notJudged: JudgementContent = {
  ...{ progress: 'not started', level: null, result: null },
  ...{ howMet: null, whyNot: null, whatNext: null, due: null, leads: [], restsOn: [] },
};
