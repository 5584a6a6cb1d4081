import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { archivePlan } from '../../src/rooms/plans/actions/change-plan.ts';
import { withdrawAction } from '../../src/rooms/plans/actions/change-action.ts';
import { giveUpdate } from '../../src/rooms/plans/actions/give-update.ts';
import {
  leaveImport,
  prepareImport,
  runImport,
  undoImport,
} from '../../src/rooms/plans/actions/import-plan.ts';
import { choices, read, reading } from '../../src/rooms/plans/rules/example-reading.test-help.ts';
import { setScene, today } from '../../src/rooms/plans/web/edit/scene.test-help.ts';
import { demoAuthority, testApp } from '../app.ts';
import { someone } from './someone.ts';

/** G-09: whatever is done in whatever order, no step is skipped and nothing gets into a state that is none. */
const test = await testApp();
const { db, keeper } = test.database;
const authority = await demoAuthority(test);
const officer = await someone(test, authority, 'qa-manager', 'Head of Quality');
const { actor } = officer;
const cast = { authority, officer, colleague: officer, lead: officer, owner: officer };

describe('a plan and an action of it', () => {
  const act = fc.constantFrom(
    'update',
    'update of another day’s page',
    'withdraw',
    'bring the action back',
    'archive',
    'bring the plan back',
  );

  it('do as the model says, after any acts in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (acts) => {
        const scene = await setScene(test, { ...cast, member: officer, stranger: officer });
        const [actionId] = scene.actions;
        const model = { archived: false, withdrawn: false, updates: 0 };
        for (const one of acts) {
          const { plan, actions } = await scene.picture();
          const action = actions.find(({ id }) => id === actionId);
          if (action === undefined) throw new Error('The action is gone');
          const update = (seenVersion: number) =>
            giveUpdate(db, actor, today, {
              actionId,
              choice: 'amber',
              whatChanged: `After ${model.updates}`,
              evidence: [],
              seenVersion,
              submissionId: newId<'submission'>(),
              corrects: null,
            });
          const withdraw = (withdrawn: boolean) =>
            withdrawAction(db, actor, today, actionId, action.version, {
              withdrawn,
              reason: `Because of ${newId()}`,
            });
          const archive = (archived: boolean) =>
            archivePlan(db, actor, today, plan.id, plan.version, archived);
          const { archived, withdrawn } = model;
          switch (one) {
            case 'update': {
              const refused = archived || withdrawn;
              expect((await update(model.updates)).kind).toBe(refused ? 'refused' : 'done');
              if (!refused) model.updates += 1;
              break;
            }
            case 'update of another day’s page':
              expect((await update(model.updates + 1)).kind).toBe(archived ? 'refused' : 'stale');
              break;
            case 'withdraw':
            case 'bring the action back': {
              const wanted = one === 'withdraw';
              const refused = archived || withdrawn === wanted;
              expect((await withdraw(wanted)).kind).toBe(refused ? 'refused' : 'done');
              if (!refused) model.withdrawn = wanted;
              break;
            }
            case 'archive':
            case 'bring the plan back':
              expect((await archive(one === 'archive')).kind).toBe('done');
              model.archived = one === 'archive';
          }
          const now = await scene.picture();
          const then = now.actions.find(({ id }) => id === actionId);
          expect({
            archived: now.plan.state === 'archived',
            withdrawn: then?.withdrawn,
            updates: then?.updateVersion,
          }).toEqual(model);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('an import', () => {
  const act = fc.constantFrom('run', 'leave', 'undo');
  /** Where a state may lead; all else is illegal. */
  const legal: Record<string, string[]> = {
    prepared: ['imported', 'left'],
    imported: ['undone'],
    left: [],
    undone: [],
  };

  it('goes only the ways that there are, and stands as one plan while it is made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 6 }), async (acts) => {
        const file = reading([read({ where: 'Plan!C4', text: 'Visit every child on time' })]);
        const begun = await prepareImport(db, actor, {
          fileName: 'plan.xlsx',
          mediaType: 'application/octet-stream',
          bytes: Buffer.from(newId()),
          positionOn: today,
          reading: file,
          choices,
        });
        if (begun.kind !== 'done') throw new Error(begun.kind);
        const { importId } = begun;
        const standing = () =>
          keeper
            .selectFrom('plan_import')
            .select(['state', 'plan_id'])
            .where('id', '=', importId)
            .executeTakeFirstOrThrow();
        let before = await standing();
        for (const one of acts) {
          if (one === 'run') await runImport(db, actor, importId);
          if (one === 'leave') await leaveImport(db, actor, importId);
          if (one === 'undo') await undoImport(db, actor, importId, today);
          const after = await standing();
          if (after.state !== before.state) expect(legal[before.state]).toContain(after.state);
          const address = await keeper
            .selectFrom('plan_address')
            .select('slug')
            .where('plan_id', '=', after.plan_id)
            .execute();
          expect(address).toHaveLength(after.state === 'imported' ? 1 : 0);
          before = after;
        }
      }),
      { numRuns: 15 },
    );
  });
});
