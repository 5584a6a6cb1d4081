import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dryRun } from './import-plan-dry-run.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dry-run-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
}

describe('a dry run', () => {
  it('prints the plan as it would be imported', async () => {
    const place = await file(
      'plan.csv',
      'Objective,Action,Lead,By when,RAG\nHelp arrives in time,Write the guide,SM/TM,February 2014,Green\n,Train the team,SM,COMPLETED,\n',
    );
    const ran = await dryRun(place, {});
    expect(ran.exit).toBe(0);
    expect(ran.json).toMatchObject({
      file: 'plan.csv',
      sections: [],
      objectives: [{ ref: null, title: 'Help arrives in time', section: null, sources: [] }],
      actions: [
        {
          where: 'csv!B2',
          section: null,
          objectiveRef: null,
          objective: 'Help arrives in time',
          text: 'Write the guide',
          leads: ['SM', 'TM'],
          due: {
            asWritten: 'February 2014',
            from: '2014-02-01',
            to: '2014-02-28',
            precision: 'month',
          },
          revised: false,
          claimedRag: 'green',
          ragFrom: 'text',
          status: null,
          successMeasure: null,
          outcome: null,
          progress: null,
          evidence: null,
        },
        { where: 'csv!B3', status: 'complete', claimedRag: null, ragFrom: 'none' },
      ],
      problems: [{ where: 'csv!D3', severity: 'doubt' }],
      counts: {
        objectives: 1,
        actions: 2,
        byRag: { red: 0, amber: 0, green: 1, blue: 0, none: 1 },
        revised: 0,
      },
    });
    expect(ran.text).toContain('2 actions under 1 objectives');
  });

  it('prints nothing of a problem but its place, its severity and its words', async () => {
    const place = await file('doubt.csv', 'Action,Lead,By when\nWrite the guide,SM,Next board\n');
    const { json } = await dryRun(place, {});
    expect(json).toHaveProperty('problems', [
      { where: 'csv!C2', severity: 'doubt', message: 'No date could be read from “Next board”.' },
    ]);
  });

  it.each([
    ['that is not there', 'absent.xlsx', null],
    ['that is no document', 'plan.xlsx', 'Action,Lead'],
    ['of a kind that is not read', 'plan.pdf', '%PDF-1.4'],
  ])('refuses a file %s, with the reason', async (_, name, content) => {
    const place = content === null ? path.join(folder, name) : await file(name, content);
    const ran = await dryRun(place, {});
    expect(ran.exit).toBe(2);
    expect(ran.json).toEqual({ error: ran.text });
    expect(ran.text).toMatch(/\.$/);
  });

  it('refuses a file of more than 10 MiB before reading it', async () => {
    const place = await file('large.csv', '');
    await truncate(place, 10 * 1024 * 1024 + 1);
    const ran = await dryRun(place, {});
    expect(ran.exit).toBe(2);
    expect(ran.text).toContain('10 MiB');
  });
});
