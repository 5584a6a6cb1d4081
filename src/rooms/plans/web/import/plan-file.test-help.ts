import { plan, rowsOf, solid, words } from '#platform/documents/read/test-files.ts';

const columns = 'ABCDEFGH';
const amberFill = 1;

/** A row of a sheet; a cell may be given with its style. */
function row(at: number, ...cells: (string | [string, number])[]): string {
  return cells
    .map((cell, index) => {
      const [text, style] = typeof cell === 'string' ? [cell, 0] : cell;
      return words(`${columns.charAt(index)}${at}`, text, style);
    })
    .join('');
}

/**
 * The plan of an officer who keeps it in Excel: a title above the table, an objective that is
 * left blank to continue, a colour by fill alone, a date that cannot be, a column of our own
 * making. `more` is a text that makes the file another one.
 */
export function officersPlan(more = ''): Uint8Array {
  return plan(
    rowsOf(
      row(1, `Saltmarsh plan for visits ${more}`.trim()),
      '',
      row(3, 'Objective', 'Action', 'Lead', 'Timescale', 'RAG', 'Progress', 'Who helps'),
      row(
        4,
        'Visits are on time',
        'Report every late visit weekly',
        'Service Manager, Fieldwork',
        '30 June 2026',
        'Green',
        'The report goes out on Mondays',
        'Data Team',
      ),
      row(
        5,
        '',
        'Agree cover for sickness',
        'Team managers',
        '31 February 2026',
        ['', amberFill],
        '',
      ),
      row(
        6,
        'Plans are clear',
        'Train all team managers in writing plans',
        'Practice Lead',
        'Revised date September 2026',
        'Red',
        'Two of nine are trained',
        '',
      ),
      row(7, '', 'Publish the guide to plans', '', 'ASAP', '', ''),
    ),
    { fills: [solid('rgb="FFFFC000"')], cells: [{ fill: 2 }] },
  );
}
