import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import type { PlanPicture } from '#plans';
import { readBytes } from '#platform/documents/read/read-bytes.ts';
import { untold } from '../src/rooms/plans/rules/picture-action.ts';
import { usualRule } from '../src/rooms/plans/rules/rag-thresholds.ts';
import { readPlan } from '../src/rooms/plans/rules/read-plan/index.ts';
import { councilWorkbook } from './council-workbook.ts';

/** The plan of the council's workbook as it would stand once imported, without a database. */
export async function planPicture(actions: number): Promise<PlanPicture> {
  const grid = await readBytes(await councilWorkbook(actions), 'plan.xlsx');
  if ('refused' in grid) throw new Error(grid.refused);
  const reading = readPlan(grid);
  const asAt = day('2026-03-04');
  const objectives = reading.objectives.map((objective, position) => ({
    id: newId<'objective'>(),
    section: objective.section,
    ref: objective.ref,
    title: objective.title,
    position,
    sources: [],
    withdrawn: false,
    version: 1,
  }));
  const party = (name: string) => ({ id: newId<'party'>(), kind: 'post' as const, name });
  return {
    plan: {
      id: newId<'plan'>(),
      slug: 'improvement-plan',
      title: reading.title ?? 'Improvement plan',
      periodFrom: null,
      periodTo: null,
      owner: party('Director of Children’s Services'),
      boards: [],
      reviewCycleDays: 30,
      ragRule: usualRule(asAt),
      ragScheme: [],
      state: 'active',
      version: 1,
    },
    asAt,
    objectives,
    actions: reading.actions.map((action, position) => {
      const serves = objectives.find(
        ({ title, section }) => title === action.objective && section === action.section,
      );
      if (serves === undefined) throw new Error(`${action.where} serves no objective`);
      return {
        id: newId<'action'>(),
        ref: action.ref ?? String(position + 1),
        objectiveId: serves.id,
        position,
        text: action.text,
        leads: action.leads.map(party),
        contributors: [],
        priority: action.priority,
        successMeasure: action.successMeasure,
        outcomeForChildren: action.outcome,
        sources: [],
        due: action.due,
        firstDue: action.due,
        dueDateCount: 1,
        revised: action.revised,
        slippageDays: null,
        claimedRag: action.claimedRag,
        status: action.status,
        lastUpdate: {
          id: newId<'update'>(),
          effectiveOn: asAt,
          by: 'Robin Marsh',
          whatChanged: action.progress ?? 'No change.',
        },
        withdrawn: false,
        daysOverdue: 0,
        version: 1,
        updateVersion: 1,
        dueVersion: 1,
        ...untold,
      };
    }),
  };
}

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}
