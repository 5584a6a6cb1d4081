import type { IsoDate } from '#kernel/dates.ts';
import { dueInWords } from '#kernel/due/due-in-words.ts';
import { readCriteria } from '../rooms/standards/rules/read-criteria/index.ts';
import {
  countByLevel,
  type CriteriaReading,
  type ReadJudgement,
} from '../rooms/standards/rules/read-criteria/reading.ts';
import type { Level } from '../rooms/standards/rules/levels.ts';
import { refusedRun, tablesOf, type DryRun } from './read-given-file.ts';

/**
 * Reads a table of criteria from disk and says what would be imported, without a database.
 * `positionOn` is the day on which the self-assessment stood as it is written.
 */
export async function dryRunOfStandards(
  file: string,
  options: { positionOn?: IsoDate },
): Promise<DryRun> {
  const given = await tablesOf(file);
  if ('refused' in given) return refusedRun(given.refused);
  const reading = readCriteria(given.grid, options);
  return {
    exit: 0,
    json: printed(given.name, reading),
    text: inWords(given.name, reading),
  };
}

/** A level as it is said in short: "fully", "partially", "not met", "requires improvement". */
function short(levels: readonly Level[], key: string | null): string | null {
  const level = levels.find((one) => one.key === key);
  if (level === undefined) return null;
  return level.name
    .toLowerCase()
    .replace(/^(fully|partially) met$/, '$1')
    .replace(/ to be good$/, '');
}

function printed(file: string, { judgements, levels, problems }: CriteriaReading): unknown {
  const names = levels.map(({ key }) => short(levels, key));
  const byLevel = [...countByLevel(levels, judgements)].map(([level, count]) => [
    short(levels, level?.key ?? null) ?? 'none',
    count,
  ]);
  return {
    file,
    framework: { levels: names },
    judgements: judgements.map(
      ({ where, ref, criterion, howMet, level, why, next, due, leads }) => ({
        where,
        ref,
        criterion,
        howMet,
        level: short(levels, level),
        why,
        next,
        due,
        leads,
      }),
    ),
    problems: problems.map(({ where, severity, message }) => ({ where, severity, message })),
    counts: {
      criteria: judgements.length,
      byLevel: Object.fromEntries(byLevel) as Record<string, number>,
    },
  };
}

function inWords(file: string, { judgements, levels, problems, title }: CriteriaReading): string {
  const counts = [...countByLevel(levels, judgements)].map(
    ([level, count]) => `${level?.name ?? 'no level'} ${count}`,
  );
  return [
    title === null ? file : `${title} (${file})`,
    `${judgements.length} criteria: ${counts.join(', ')}.`,
    '',
    ...judgements.map((one) => judgementInWords(one, levels)),
    '',
    problems.length === 0 ? 'No doubts.' : `${problems.length} to look at:`,
    ...problems.map(({ where, severity, message }) => `${severity} ${where}: ${message}`),
  ].join('\n');
}

function judgementInWords(one: ReadJudgement, levels: readonly Level[]): string {
  const words = one.criterion.replace(/\s+/g, ' ');
  const cut = words.length <= 70 ? words : `${words.slice(0, 67)}…`;
  const level = short(levels, one.level) ?? 'no level';
  const leads = one.leads.length === 0 ? 'no lead' : one.leads.join(', ');
  return `${one.where}  ${one.ref ?? 'no reference'}  ${level}  ${dueInWords(one.due)}  ${leads}: ${cut}`;
}
