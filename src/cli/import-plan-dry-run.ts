import type { IsoDate } from '#kernel/dates.ts';
import { dueInWords } from '../rooms/plans/rules/words.ts';
import { readPlan } from '../rooms/plans/rules/read-plan/index.ts';
import type { PlanReading, ReadAction } from '../rooms/plans/rules/reading.ts';
import { refusedRun, tablesOf, type DryRun } from './read-given-file.ts';

/**
 * Reads a plan from disk and says what would be imported, without a database.
 * `positionOn` is the day on which the plan stood as it is written.
 */
export async function dryRun(file: string, options: { positionOn?: IsoDate }): Promise<DryRun> {
  const given = await tablesOf(file);
  if ('refused' in given) return refusedRun(given.refused);
  const reading = readPlan(given.grid, options);
  return { exit: 0, json: printed(given.name, reading), text: inWords(given.name, reading) };
}

function printed(file: string, reading: PlanReading): unknown {
  const { title, columns, sections, objectives, actions, problems, ragMeanings, counts } = reading;
  return {
    file,
    title,
    columns,
    sections,
    objectives,
    actions,
    problems: problems.map(({ where, severity, message }) => ({ where, severity, message })),
    ragMeanings,
    counts,
  };
}

function inWords(file: string, reading: PlanReading): string {
  const { actions, counts, objectives, problems, sections, title } = reading;
  const rated = Object.entries(counts.byRag).map(([colour, count]) => `${colour} ${count}`);
  const lines = [
    title === null ? file : `${title} (${file})`,
    `${counts.actions} actions under ${objectives.length} objectives in ${sections.length} sections; ${counts.revised} with a revised date.`,
    `RAG: ${rated.join(', ')}.`,
    '',
    ...actions.map(actionInWords),
    '',
    problems.length === 0 ? 'No doubts.' : `${problems.length} to look at:`,
    ...problems.map(({ where, severity, message }) => `${severity} ${where}: ${message}`),
  ];
  return lines.join('\n');
}

function actionInWords(action: ReadAction): string {
  const words = action.text.replace(/\s+/g, ' ');
  const short = words.length <= 70 ? words : `${words.slice(0, 67)}…`;
  const rag = action.claimedRag ?? 'not rated';
  const leads = action.leads.length === 0 ? 'no lead' : action.leads.join(', ');
  return `${action.where}  ${rag}  ${dueInWords(action.due)}  ${leads}: ${short}`;
}
