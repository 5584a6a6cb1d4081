import { writeXlsx, type Cell, type CellValue } from 'hucre';

/**
 * An improvement plan as a council keeps it in Excel: titles above the header, section rows,
 * objectives merged over their actions, RAG as a fill alone, and dates in every way.
 */
export async function councilWorkbook(actions: number): Promise<Uint8Array> {
  const rows: CellValue[][] = [
    ['Saltmarsh Borough Council: improvement plan'],
    ['Updated for the Improvement Board'],
    ['Recommendation', 'Action', 'Lead', 'By when', 'How will we know', 'RAG', 'Progress'],
  ];
  const cells = new Map<string, Partial<Cell>>();
  const merges = [];
  for (let made = 0; made < actions;) {
    rows.push([`Priority ${1 + Math.floor(made / 40)}: ${pick(topics, made)}`]);
    for (let objective = 0; objective < 8 && made < actions; objective += 1) {
      const startRow = rows.length;
      for (let action = 0; action < 5 && made < actions; action += 1, made += 1) {
        const colour = pick(['FF0000', 'FFC000', '92D050', '00B0F0'], made);
        cells.set(`${rows.length},5`, {
          value: null,
          style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: colour } } },
        });
        rows.push([
          action === 0
            ? `${made + 1} Children get the help they need: ${pick(topics, made)}`
            : null,
          `${1 + made}. Review how ${pick(topics, made + 1)} is done and agree what changes.\n• ask staff\n• ask children`,
          pick(leads, made),
          pick(dates, made),
          `${50 + (made % 50)} of 100 are in time`,
          null,
          `${pick(progress, made)} Reported to the board in month ${1 + (made % 12)}.`,
        ]);
      }
      merges.push({ startRow, endRow: rows.length - 1, startCol: 0, endCol: 0 });
    }
  }
  return await writeXlsx({ sheets: [{ name: 'Plan', rows, cells, merges }] });
}

function pick<Value>(from: readonly Value[], at: number): Value {
  const value = from[at % from.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

const topics = ['visits', 'supervision', 'recording', 'health assessments', 'the local offer'];
const leads = [
  'Service Manager, Help and Protection',
  'Principal Social Worker / Early Help Lead',
  'Head of Quality Assurance and Team Managers',
];
const dates: readonly CellValue[] = [
  new Date('2026-06-30T00:00:00Z'),
  'Revised date September 2026',
  '01/08/2026',
  'Dec-26',
  'ASAP',
  'August 26-December 26',
  'Ongoing',
];
const progress = ['Started in two teams.', 'Complete.', 'Waiting for the new system.'];
