import { parseIsoDate } from '#kernel/dates.ts';
import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import { checkReading } from './check-reading.ts';
import type { FrameworkReading, ReadDomain } from './framework-reading.ts';
import { isStanding, levelKey, withRanks, type Level, type LevelStanding } from './levels.ts';

/** The sheets of a framework's workbook, and the headers of each. */
export const sheetNames = { about: 'Framework', levels: 'Levels', criteria: 'Criteria' } as const;
export const aboutRows = ['Title', 'Edition', 'Publisher', 'Published on', 'Note'] as const;
export const levelHeaders = ['Level', 'Meaning', 'Counts as'] as const;
export const criteriaHeaders = ['Domain number', 'Domain', 'Reference', 'Criterion'] as const;

/**
 * Reads a framework from a workbook with the three sheets that the export of an edition has. Other
 * columns of the sheet of criteria are what each level looks like, named by the level; columns of
 * judgements, which an export also has, are passed over.
 */
export function readFrameworkSheets(grid: DocumentGrid): FrameworkReading {
  const problems: FrameworkReading['problems'] = grid.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ where, message }) => ({ where, text: message }));
  const sheet = (name: string): GridTable | null => {
    const found = grid.tables.find((one) => one.name.trim().toLowerCase() === name.toLowerCase());
    if (found === undefined) {
      problems.push({ where: 'the workbook', text: `It has no sheet “${name}”.` });
    }
    return found ?? null;
  };

  const about = sheet(sheetNames.about);
  const said = (name: (typeof aboutRows)[number]): GridCell | null =>
    about?.rows.find(([first]) => plain(first) === name.toLowerCase())?.[1] ?? null;
  const textSaid = (name: (typeof aboutRows)[number]) => text(said(name));
  const missing = (name: (typeof aboutRows)[number]) => {
    if (about !== null && textSaid(name) === null) {
      problems.push({ where: `sheet ${sheetNames.about}`, text: `“${name}” is not filled in.` });
    }
  };
  missing('Title');
  missing('Edition');
  const published = said('Published on');
  const publishedOn = published?.date ?? parseIsoDate(published?.text ?? '');
  if (published !== null && text(published) !== null && publishedOn === null) {
    problems.push({ where: published.where, text: `“${published.text.slice(0, 40)}” is no date.` });
  }

  const levels = readLevels(sheet(sheetNames.levels));
  function readLevels(table: GridTable | null): Level[] {
    const [header, ...rows] = table?.rows ?? [];
    if (table === null) return [];
    const [name, meaning, counts] = levelHeaders.map((one) => columnOf(header, one));
    if (name === undefined || counts === undefined || name === -1 || counts === -1) {
      const where = `sheet ${sheetNames.levels}`;
      problems.push({ where, text: `Its first row is to say ${levelHeaders.join(', ')}.` });
      return [];
    }
    const read = rows.flatMap((row) => {
      const named = text(row[name]);
      if (named === null) return [];
      const standing = plain(row[counts]);
      if (!isStanding(standing)) {
        const where = row[counts]?.where ?? `sheet ${sheetNames.levels}`;
        const why = 'Say as what the level counts: met, partly met, not met or not applicable.';
        problems.push({ where, text: why });
      }
      const countsAs: LevelStanding = isStanding(standing) ? standing : 'partly met';
      return [{ key: levelKey(named), name: named, meaning: text(row[meaning ?? -1]), countsAs }];
    });
    return withRanks(read);
  }

  const domains = readCriteria(sheet(sheetNames.criteria));
  function readCriteria(table: GridTable | null): ReadDomain[] {
    const [header, ...rows] = table?.rows ?? [];
    if (table === null) return [];
    const [number = -1, domain = -1, ref = -1, words = -1] = criteriaHeaders.map((one) =>
      columnOf(header, one),
    );
    if (domain === -1 || ref === -1 || words === -1) {
      const where = `sheet ${sheetNames.criteria}`;
      problems.push({ where, text: `Its first row is to say ${criteriaHeaders.join(', ')}.` });
      return [];
    }
    const described = levels.flatMap((level) => {
      const column = columnOf(header, level.name);
      return column === -1 ? [] : [{ key: level.key, column }];
    });
    const read: ReadDomain[] = [];
    for (const row of rows) {
      if (row.every((cell) => text(cell) === null)) continue;
      const where = (column: number) => row[column]?.where ?? `sheet ${sheetNames.criteria}`;
      const named = text(row[domain]);
      // A domain that is said once stands for the rows under it.
      const title = named ?? read.at(-1)?.title ?? null;
      if (title === null) problems.push({ where: where(domain), text: 'There is no domain.' });
      const criterion = { ref: text(row[ref]), text: text(row[words]) };
      if (criterion.ref === null)
        problems.push({ where: where(ref), text: 'There is no reference.' });
      if (criterion.text === null)
        problems.push({ where: where(words), text: 'There is no criterion.' });
      if (read.at(-1)?.title !== title) {
        read.push({
          where: where(domain),
          ref: text(row[number]),
          title: title ?? '',
          criteria: [],
        });
      }
      read.at(-1)?.criteria.push({
        where: where(words),
        ref: criterion.ref ?? '',
        text: criterion.text ?? '',
        descriptors: Object.fromEntries(
          described.flatMap(({ key, column }) => {
            const cell = text(row[column]);
            return cell === null ? [] : [[key, cell]];
          }),
        ),
      });
    }
    return read;
  }

  const reading: FrameworkReading = {
    title: textSaid('Title') ?? '',
    label: textSaid('Edition') ?? '',
    publisher: textSaid('Publisher'),
    publishedOn,
    note: textSaid('Note'),
    levels,
    domains,
    problems,
  };
  return { ...reading, problems: [...problems, ...checkReading(reading)] };
}

function text(cell: GridCell | undefined | null): string | null {
  const words = cell?.text.trim() ?? '';
  return words === '' ? null : words;
}

function plain(cell: GridCell | undefined | null): string {
  return (text(cell) ?? '').toLowerCase().replace(/\s+/g, ' ');
}

function columnOf(header: readonly GridCell[] | undefined, name: string): number {
  return header?.findIndex((cell) => plain(cell) === name.toLowerCase()) ?? -1;
}
