import { describe, expect, it } from 'vitest';
import { actionRefs, draftOf } from './import-draft.ts';
import { choices, read, reading } from './example-reading.test-help.ts';

describe('what an import would write', () => {
  it('takes a status from a colour only where the person said so', () => {
    const file = reading([
      read({ where: 'Plan!C4', claimedRag: 'green' }),
      read({ where: 'Plan!C5', claimedRag: 'green', status: 'in progress' }),
      read({ where: 'Plan!C6' }),
    ]);
    const statuses = (statusFromColour: boolean) =>
      draftOf(file, { ...choices, statusFromColour }).actions.map((one) => one.status);
    expect(statuses(false)).toEqual([null, 'in progress', null]);
    expect(statuses(true)).toEqual(['complete', 'in progress', null]);
  });

  it('leaves out the rows that the person left out, and counts them', () => {
    const file = reading([read({ where: 'Plan!C4' }), read({ where: 'Plan!C5', text: 'Total' })]);
    const draft = draftOf(file, { ...choices, rows: { 'Plan!C5': { leaveOut: true } } });
    expect(draft.actions.map((one) => one.where)).toEqual(['Plan!C4']);
    expect(draft.leftOut.map((one) => one.text)).toEqual(['Total']);
  });

  it('brings each doubt to its row, and waits for it until the row is settled', () => {
    const doubt = { where: 'Plan!D4', severity: 'doubt' as const, message: 'Which February?' };
    const elsewhere = { where: 'Key!A1', severity: 'doubt' as const, message: 'Not a plan' };
    const file = reading(
      [read({ where: 'Plan!C4' }), read({ where: 'Plan!C40' })],
      [doubt, elsewhere],
    );
    const draft = draftOf(file, choices);
    expect(draft.unsettled.map((one) => one.where)).toEqual(['Plan!C4']);
    expect(draft.elsewhere).toEqual([elsewhere]);
    const settled = draftOf(file, { ...choices, rows: { 'Plan!C4': { accepted: true } } });
    expect(settled.unsettled).toEqual([]);
  });

  it('knows the row of a cell in a Word table', () => {
    const doubt = { where: 'table 2 row 5 cell 3', severity: 'doubt' as const, message: 'Which?' };
    const file = reading([read({ where: 'table 2 row 5 cell 1' })], [doubt]);
    expect(draftOf(file, choices).unsettled).toHaveLength(1);
  });

  it('replaces only what the person corrected', () => {
    const file = reading([read({ where: 'Plan!C4', leads: ['Team A'], claimedRag: 'amber' })]);
    const draft = draftOf(file, { ...choices, rows: { 'Plan!C4': { claimedRag: null } } });
    expect(draft.actions[0]).toMatchObject({ claimedRag: null, leads: ['Team A'] });
  });
});

describe('references of imported actions', () => {
  const refs = (rows: [string, string | null][]) => {
    const actions = rows.map(([objective, ref], index) =>
      read({ where: `Plan!C${index + 1}`, objective, ref }),
    );
    return actionRefs(actions, reading(actions).objectives);
  };
  it('are kept as written: 1.10 is not 1.1', () => {
    expect(
      refs([
        ['A', '1.1'],
        ['A', '1.10'],
      ]),
    ).toEqual(['1.1', '1.10']);
  });
  it('stand under their objective where numbering begins again in each', () => {
    expect(
      refs([
        ['A', '1'],
        ['A', '2'],
        ['B', '1'],
      ]),
    ).toEqual(['1.1', '1.2', '2.1']);
  });
  it('are numbers in order where the file has none, or has one twice', () => {
    expect(
      refs([
        ['A', null],
        ['B', null],
      ]),
    ).toEqual(['1', '2']);
    expect(
      refs([
        ['A', '1'],
        ['A', '1'],
      ]),
    ).toEqual(['1', '2']);
  });
});
