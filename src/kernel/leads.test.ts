import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLeads, readSources } from './leads.ts';

function leads(...cells: string[]): string[][] {
  return readLeads(cells).map(({ parts }) => parts);
}

describe('leads in one cell', () => {
  const written: [string, string[]][] = [
    ['Service Manager', ['Service Manager']],
    ['Head of Service\nTeam Manager', ['Head of Service', 'Team Manager']],
    ['HOS/TM/SG/ GM', ['HOS', 'TM', 'SG', 'GM']],
    [
      'Head of Service, Team Manager; Virtual Head',
      ['Head of Service', 'Team Manager', 'Virtual Head'],
    ],
    ['• Head of Service\n• Team Manager', ['Head of Service', 'Team Manager']],
    ['- Head of Service', ['Head of Service']],
    ['Head of Service and/or Team Manager', ['Head of Service', 'Team Manager']],
    ['Service Manager (Health/Education, QA)', ['Service Manager (Health/Education, QA)']],
    ['AD - People', ['AD - People']],
    ['Team Manager (acting, Housing', ['Team Manager (acting', 'Housing']],
    ['CSC & EH Management Team', ['CSC & EH Management Team']],
    ['Police and Crime Commissioner', ['Police and Crime Commissioner']],
    ['Team Manager, team  manager', ['Team Manager']],
    ['', []],
  ];
  it.each(written)('%j', (cell, expected) => {
    expect(leads(cell)).toEqual([expected]);
  });

  it('are none, with a doubt, where the cell names nobody', () => {
    for (const cell of ['N/A', 'TBC', 'tbc', 'n/a']) {
      const [reading] = readLeads([cell]);
      expect(reading?.parts).toEqual([]);
      expect(reading?.doubts).toHaveLength(1);
    }
    expect(readLeads(['Team Manager / TBC'])[0]?.parts).toEqual(['Team Manager']);
  });
});

describe('"and" between leads', () => {
  it('splits where both sides stand elsewhere', () => {
    expect(leads('SWs and Managers', 'SWs', 'Managers')[0]).toEqual(['SWs', 'Managers']);
    expect(leads('SWs & managers', 'sws', 'MANAGERS')[0]).toEqual(['SWs', 'managers']);
    expect(leads('SWs &Managers', 'SWs/Managers')[0]).toEqual(['SWs', 'Managers']);
    expect(leads('A, B and C', 'B', 'C')[0]).toEqual(['A', 'B', 'C']);
    expect(leads('B and C and D', 'B', 'C', 'D')[0]).toEqual(['B', 'C', 'D']);
  });

  it('does not where only one side does', () => {
    expect(leads('Service Manager & Systemic Psychotherapist', 'Service Manager')[0]).toEqual([
      'Service Manager & Systemic Psychotherapist',
    ]);
    expect(leads('Assistant Director & Service Manager', 'Service Manager')[0]).toEqual([
      'Assistant Director & Service Manager',
    ]);
  });

  it('does not take a part as known that is only ever seen joined', () => {
    expect(leads('Health and Housing', 'Health and Housing', 'Housing and Police')).toEqual([
      ['Health and Housing'],
      ['Health and Housing'],
      ['Housing and Police'],
    ]);
  });

  it('keeps a known name with "and" in it whole beside another', () => {
    expect(
      leads('Children and Families Team and Housing', 'Children and Families Team', 'Housing')[0],
    ).toEqual(['Children and Families Team', 'Housing']);
  });
});

describe('sources', () => {
  it('split as leads do, and keep dates and years whole', () => {
    const [reading] = readSources([
      'Ofsted SLAC 2012; SBLR 2014, case audit 12/06/2014 / SEF 2013/14',
    ]);
    expect(reading?.parts).toEqual([
      'Ofsted SLAC 2012',
      'SBLR 2014',
      'case audit 12/06/2014',
      'SEF 2013/14',
    ]);
  });
});

describe('whatever is written', () => {
  const name = fc.constantFrom('SM', 'TM', 'Head of Service', 'Housing', 'Virtual Head', 'EH Lead');
  const joiner = fc.constantFrom(', ', '; ', '/', '\n', ' and ', ' & ');
  const cell = fc
    .array(fc.tuple(name, joiner), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([one, join], i) => (i === 0 ? one : join + one)).join(''));

  it('loses no letter and adds none', () => {
    const letters = (text: string): string => text.replace(/\band\b|[^a-z]/gi, '').toLowerCase();
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(name, { minLength: 1 }), { maxLength: 6 }),
        joiner,
        (cells, join) => {
          const written = cells.map((names) => names.join(join));
          const read = readLeads(written);
          for (const [i, text] of written.entries()) {
            expect(letters((read[i]?.parts ?? []).join(' '))).toBe(letters(text));
          }
        },
      ),
    );
  });

  it('splits at "and" wherever all the names stand alone elsewhere', () => {
    const alone = ['SM', 'TM', 'Head of Service', 'Housing', 'Virtual Head', 'EH Lead'];
    fc.assert(
      fc.property(cell, (text) => {
        const [read] = readLeads([text, ...alone]);
        expect((read?.parts ?? []).every((part) => alone.includes(part))).toBe(true);
      }),
    );
  });

  it('never has an empty lead', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (cells) => {
        const read = readLeads(cells);
        expect(read).toHaveLength(cells.length);
        expect(read.flatMap(({ parts }) => parts).every((part) => part.trim() !== '')).toBe(true);
      }),
    );
  });
});
