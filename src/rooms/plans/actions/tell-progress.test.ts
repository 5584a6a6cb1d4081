import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, type PlanId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { progressOf } from '#findings';
import { verifyChain } from '#people';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { day, dueOn, grantDate, makePlan, testScheme } from '#test/plans.ts';
import { choices, read, reading } from '../rules/example-reading.test-help.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { writeRowCode } from '../rules/sheet/row-code.ts';
import { readHistory } from '../store/read-history.ts';
import { readPictures } from '../store/read-picture.ts';
import { prepareSheet, saveSheet } from './bring-back-sheet.ts';
import { bulkChange } from './bulk-change.ts';
import type { BulkChange } from '../rules/bulk-change.ts';
import { addAction, changeAction, withdrawAction } from './change-action.ts';
import { archivePlan, changePlan } from './change-plan.ts';
import { acceptUntested, answerStep, sayStep } from './close-action.ts';
import { copyPlanForward } from './copy-plan-forward.ts';
import { giveUpdate } from './give-update.ts';
import { prepareImport, runImport, undoImport } from './import-plan.ts';
import { leaveTable } from './leave-table.ts';

const database = await testDatabase();
const { db } = database;
const begun = day('2026-03-02');
const longAfter = day('2031-01-01');
const before = new Date('2026-01-05T09:00:00Z');

/**
 * How far an action is, told anew from the picture alone: what findings must have been told,
 * whatever deed led there.
 */
function toldOf({ plan }: PlanPicture, action: ActionPicture) {
  const { closure } = action;
  const complete = action.status === 'complete';
  const state = action.withdrawn
    ? 'withdrawn'
    : !complete && closure.regressions.length > 0
      ? 'regressed'
      : complete && closure.reached === 'children better off'
        ? 'better for children'
        : complete && closure.reached !== 'none'
          ? closure.reached
          : complete
            ? 'done'
            : action.status === 'in progress'
              ? 'in progress'
              : action.lastUpdate === null || action.status === 'not started'
                ? 'planned'
                : 'in progress';
  const parties = [...action.leads, ...action.contributors, plan.owner].flatMap(
    (party) => party?.id ?? [],
  );
  return {
    state,
    label: action.text,
    place: `${plan.title}, ${action.ref}`,
    href: `/plans/${plan.slug}/actions/${action.id}`,
    withinId: plan.id,
    partyIds: [...new Set(parties)].sort(),
    dueOn: action.due.to,
    firstDueOn: action.firstDue.to,
  };
}

async function scene() {
  const authority = await freshAuthority(database);
  const officer = await makePerson(db, authority.id, {}, before);
  const checker = await makePerson(db, authority.id, { roles: ['director'] }, before);
  const owner = await makePerson(
    db,
    authority.id,
    { roles: ['director'], holds: [{ kind: 'post', name: 'Head of Service' }] },
    before,
  );
  const plan = await makePlan(
    db,
    officer,
    begun,
    [{ text: 'Visit on time', leads: ['Team Manager'], due: dueOn('2026-06-30') }],
    { owner: 'Head of Service' },
  );
  const at = (on: IsoDate) =>
    readInAuthority(db, authority.id, (tx) => readPictures(tx, authority.id, on));
  /** Whether all that was told as at a day is what the pictures of that day say. */
  const holds = async (on: IsoDate) => {
    const pictures = await at(on);
    const expected = pictures.flatMap((picture) =>
      picture.actions.map((action) => [action.id, toldOf(picture, action)] as const),
    );
    const ids = expected.map(([id]) => id);
    const told = await readInAuthority(db, authority.id, (tx) =>
      progressOf(tx, authority.id, ids, on),
    );
    const found = [...told].map(([id, item]) => {
      const { state, label, place, href, withinId, partyIds, dueOn, firstDueOn } = item;
      const parties = [...partyIds].sort();
      return [
        id,
        { state, label, place, href, withinId, partyIds: parties, dueOn, firstDueOn },
      ] as const;
    });
    expect(new Map(found)).toEqual(new Map(expected));
  };
  return { authority, officer, checker, owner, ...plan, at, holds };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/** One deed of each kind, on whatever stands that day: each answers what became of it. */
const deeds = {
  add: async (s: Scene, on: IsoDate) =>
    addAction(db, s.officer, on, s.planId, {
      ...given(await first(s, on)),
      ref: newId().slice(0, 8),
      text: 'Write up each visit',
      due: dueOn('2026-09-30'),
      submissionId: newId<'submission'>(),
    }),
  change: async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const text = `${action.text} and more`.slice(0, 200);
    const content = { ...given(action), text, leads: ['Practice Lead'] };
    return changeAction(db, s.officer, on, action.id, action.version, content);
  },
  withdraw: async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const content = { withdrawn: !action.withdrawn, reason: `Said on ${on}` };
    return withdrawAction(db, s.officer, on, action.id, action.version, content);
  },
  'change leads in bulk': (s: Scene, on: IsoDate) =>
    bulk(s, on, { kind: 'lead', leads: [`Team ${on}`] }),
  'update in bulk': (s: Scene, on: IsoDate) =>
    bulk(s, on, {
      kind: 'update',
      choice: 'green',
      whatChanged: 'Under way',
      submissionId: newId<'submission'>(),
    }),
  complete: (s: Scene, on: IsoDate) => update(s, on, 'blue'),
  reopen: (s: Scene, on: IsoDate) => update(s, on, 'amber'),
  correct: async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const { updates } = await readInAuthority(db, s.authority.id, (tx) =>
      readHistory(tx, s.authority.id, { actionId: action.id }, on),
    );
    const corrects = updates[0]?.id ?? null;
    return update(s, on, on.endsWith('1') ? 'red' : 'blue', corrects);
  },
  'bring back a sheet': async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const versions = {
      action: action.version,
      update: action.updateVersion,
      due: action.dueVersion,
      asked: 0,
    };
    const sent = {
      fileName: 'sheet.xlsx',
      mediaType: 'application/octet-stream',
      bytes: Buffer.from(`${on} ${newId()}`),
      reading: {
        problems: [],
        rows: [
          {
            where: 'row 2',
            code: writeRowCode(action.id, versions),
            given: {},
            filled: { going: 'Green', changed: `Since ${on}`, shows: '', toldBy: '' },
            newDue: null,
            doubts: [],
          },
        ],
      },
    };
    const sheet = await prepareSheet(db, s.officer, s.planId, sent as never, on);
    if (sheet.kind !== 'done') return sheet;
    return saveSheet(db, s.officer, s.planId, sheet.sheetId, 1, on);
  },
  say: async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const { reached } = action.closure;
    return sayStep(db, s.officer, on, {
      actionId: action.id,
      state:
        reached === 'none'
          ? 'done'
          : reached === 'done'
            ? 'practice changed'
            : 'children better off',
      account: 'Looked at twelve visits',
      testResult: null,
      evidence: [{ kind: 'note', title: 'Audit of visits' }],
      seenVersion: action.closureVersion,
      submissionId: newId<'submission'>(),
    });
  },
  verify: async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const stepId = action.closure.waiting?.id ?? newId<'closure step'>();
    return answerStep(db, s.checker, on, {
      actionId: action.id,
      stepId,
      answer: 'verified',
      reason: null,
    });
  },
  'accept as untested': async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    return acceptUntested(db, s.checker, on, {
      actionId: action.id,
      reason: 'The service closed',
      seenVersion: action.closureVersion,
      submissionId: newId<'submission'>(),
    });
  },
  'leave the table': async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    const { id, tableVersion, closureVersion } = action;
    return leaveTable(db, s.checker, on, s.planId, {
      chosen: [{ id, tableVersion, closureVersion }],
      act: action.onTable ? 'leave' : 'return',
      reason: 'Reported',
      acceptUntested: 'It is history',
    });
  },
  'grant a date': async (s: Scene, on: IsoDate) => {
    const action = await first(s, on);
    if (action.withdrawn) return { kind: 'refused' };
    const due = dueOn(addDays(on, 40));
    // Whoever owns the plan by now is another one, or an archived plan takes no date.
    return grantDate(db, [s.officer, s.owner], on, action.id, action.dueVersion, due)
      .then((kind) => ({ kind }))
      .catch((fault: unknown) => ({ kind: String(fault) }));
  },
  'change the head': async (s: Scene, on: IsoDate) => {
    const { plan } = await picture(s, on);
    const owner = plan.owner?.name === 'Head of Service' ? 'Director' : 'Head of Service';
    return changePlan(db, s.officer, on, s.planId, plan.version, {
      ...plan,
      title: `Plan of ${on}`,
      owner,
      boards: [],
    });
  },
  archive: async (s: Scene, on: IsoDate) => {
    const { plan } = await picture(s, on);
    const archived = plan.state === 'active';
    return archivePlan(db, s.officer, on, s.planId, plan.version, archived);
  },
  'copy forward': (s: Scene, on: IsoDate) =>
    copyPlanForward(db, s.officer, on, s.planId, {
      title: `Copy of ${on}`,
      periodFrom: null,
      periodTo: null,
      which: 'all',
    }),
};
type Deed = keyof typeof deeds;

async function picture(s: Scene, on: IsoDate): Promise<PlanPicture> {
  const found = (await s.at(on)).find(({ plan }) => plan.id === s.planId);
  if (found === undefined) throw new Error('The plan stands');
  return found;
}

async function first(s: Scene, on: IsoDate): Promise<ActionPicture> {
  const action = (await picture(s, on)).actions.find(({ id }) => id === s.actionIds[0]);
  if (action === undefined) throw new Error('The action stands');
  return action;
}

const given = (action: ActionPicture) => ({
  objectiveId: action.objectiveId,
  ref: action.ref,
  text: action.text,
  leads: action.leads.map(({ name }) => name),
  contributors: [],
  priority: action.priority,
  successMeasure: null,
  outcomeForChildren: null,
  sources: [],
});

async function update(
  s: Scene,
  on: IsoDate,
  choice: string,
  corrects: Parameters<typeof giveUpdate>[3]['corrects'] = null,
) {
  const action = await first(s, on);
  return giveUpdate(db, s.officer, on, {
    actionId: action.id,
    choice,
    whatChanged: `As of ${on}`,
    evidence: [],
    seenVersion: action.updateVersion,
    submissionId: newId<'submission'>(),
    corrects,
    failedAgain: 'It failed again',
  });
}

async function bulk(s: Scene, on: IsoDate, change: BulkChange) {
  const { actions } = await picture(s, on);
  const selected = actions.filter(({ withdrawn }) => !withdrawn);
  return bulkChange(db, s.officer, on, s.planId, selected, change);
}

const inOrder: Deed[] = [
  'add',
  'change',
  'change leads in bulk',
  'grant a date',
  'update in bulk',
  'bring back a sheet',
  'complete',
  'correct',
  'complete',
  'say',
  'verify',
  'say',
  'verify',
  'say',
  'verify',
  'reopen',
  'complete',
  'accept as untested',
  'reopen',
  'complete',
  'leave the table',
  'withdraw',
  'withdraw',
  'change the head',
  'archive',
  'archive',
  'copy forward',
];

describe('what findings are told of actions', () => {
  it('is what the plan says after each deed that changes one', async () => {
    const s = await scene();
    await s.holds(begun);
    let on = begun;
    const seen = new Set<string>();
    for (const deed of inOrder) {
      on = addDays(on, 3);
      const { kind } = await deeds[deed](s, on);
      expect([deed, kind]).toEqual([deed, 'done']);
      await s.holds(on);
      for (const { actions } of await s.at(on)) {
        for (const action of actions) seen.add(action.closure.reached);
      }
    }
    await s.holds(longAfter);
    expect([...seen].sort()).toEqual(
      ['none', 'done', 'practice changed', 'children better off', 'accepted as untested'].sort(),
    );
    const { problems } = await readInAuthority(db, s.authority.id, (tx) =>
      verifyChain(tx, s.authority.id),
    );
    expect(problems).toEqual([]);
  });

  it('is what the plan says on any day, whatever was done in whatever order', async () => {
    const any = fc.record({
      deed: fc.constantFrom(...(Object.keys(deeds) as Deed[])),
      wait: fc.integer({ min: 0, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 6, maxLength: 12 }), async (steps) => {
        const s = await scene();
        let on = begun;
        for (const { deed, wait } of steps) {
          on = addDays(on, wait);
          await deeds[deed](s, on);
        }
        for (let past = begun; past <= on; past = addDays(past, 1)) await s.holds(past);
        await s.holds(longAfter);
      }),
      { numRuns: 4 },
    );
  });

  it('tells an imported plan from the day of its paper, and that its undoing took it away', async () => {
    const s = await scene();
    const rows = ['Visit', 'Write up'].map((text, index) =>
      read({ where: `row ${index}`, ref: `${index + 1}`, text, status: 'in progress' }),
    );
    const prepared = await prepareImport(db, s.officer, {
      fileName: 'plan.xlsx',
      mediaType: 'application/octet-stream',
      bytes: Buffer.from('the plan of January'),
      positionOn: day('2026-01-31'),
      reading: reading(rows),
      choices: { ...choices, ragScheme: testScheme },
    });
    if (prepared.kind !== 'done') throw new Error(prepared.kind);
    const made = await runImport(db, s.officer, prepared.importId);
    if (made.kind !== 'done') throw new Error(made.kind);
    await s.holds(day('2026-01-31'));
    await s.holds(longAfter);
    const ids = await idsIn(s, made.planId);
    expect(ids).toHaveLength(2);
    const undone = await undoImport(db, s.officer, prepared.importId, begun);
    expect(undone.kind).toBe('done');
    const told = await readInAuthority(db, s.authority.id, (tx) =>
      progressOf(tx, s.authority.id, ids, longAfter),
    );
    expect([...told.values()].map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
  });
});

async function idsIn(s: Scene, planId: PlanId) {
  const pictures = await s.at(longAfter);
  return pictures.flatMap(({ plan, actions }) =>
    plan.id === planId ? actions.map(({ id }) => id as string) : [],
  );
}
