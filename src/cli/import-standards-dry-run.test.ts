import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dryRunOfStandards } from './import-standards-dry-run.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'standards-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
}

describe('a dry run of a self-assessment', () => {
  it('prints the criteria as they would be imported, and nothing else', async () => {
    const place = await file(
      'criteria.csv',
      [
        'Ref,Description,How do we meet this,Fully / Partially / Not Met,"If not fully, why?",What else,When,Who',
        '1.9,Records say who decided,Monthly look,Partially,Two gaps,Mend the form,End of January 2014,TM/HOS',
        '1.10,Assessments are in time,Weekly list,Partially,,,February 14,HOS',
        '1.20,Visits are kept,,Not met,No list,Make one,,',
      ].join('\n'),
    );
    const ran = await dryRunOfStandards(place, {});
    expect(ran.exit).toBe(0);
    expect(ran.json).toEqual({
      file: 'criteria.csv',
      framework: { levels: ['fully', 'partially', 'not met', 'not applicable'] },
      judgements: [
        {
          where: 'csv!B2',
          ref: '1.9',
          criterion: 'Records say who decided',
          howMet: 'Monthly look',
          level: 'partially',
          why: 'Two gaps',
          next: 'Mend the form',
          due: {
            asWritten: 'End of January 2014',
            from: '2014-01-31',
            to: '2014-01-31',
            precision: 'day',
          },
          leads: ['TM', 'HOS'],
        },
        {
          where: 'csv!B3',
          ref: '1.10',
          criterion: 'Assessments are in time',
          howMet: 'Weekly list',
          level: 'partially',
          why: null,
          next: null,
          due: {
            asWritten: 'February 14',
            from: '2014-02-01',
            to: '2014-02-28',
            precision: 'month',
          },
          leads: ['HOS'],
        },
        {
          where: 'csv!B4',
          ref: '1.20',
          criterion: 'Visits are kept',
          howMet: null,
          level: 'not met',
          why: 'No list',
          next: 'Make one',
          due: { asWritten: '', from: null, to: null, precision: 'none' },
          leads: [],
        },
      ],
      problems: [
        {
          where: 'csv!G3',
          severity: 'doubt',
          message:
            '“February 14” is read as the month February 2014; it could also be the day 14 February.',
        },
      ],
      counts: {
        criteria: 3,
        byLevel: { fully: 0, partially: 2, 'not met': 1, 'not applicable': 0, none: 0 },
      },
    });
    expect(ran.text).toContain('3 criteria: Fully met 0, Partially met 2, Not met 1');
  });

  it.each([
    ['that is not there', 'absent.docx', null],
    ['that is no document', 'criteria.docx', 'Ref,Description'],
    ['that is empty', 'empty.csv', ''],
  ])('refuses a file %s, with the reason', async (_, name, content) => {
    const place = content === null ? path.join(folder, name) : await file(name, content);
    const ran = await dryRunOfStandards(place, {});
    expect(ran.exit).toBe(2);
    expect(ran.json).toEqual({ error: ran.text });
    expect(ran.text).toMatch(/\.$/);
  });

  it('says of a table of something else that it holds no criteria', async () => {
    const place = await file('trees.csv', 'Name,Town\nAsh,Saltmarsh\n');
    const ran = await dryRunOfStandards(place, {});
    expect(ran.exit).toBe(0);
    expect(ran.json).toMatchObject({
      judgements: [],
      problems: [{ severity: 'error' }],
      counts: { criteria: 0 },
    });
  });
});
