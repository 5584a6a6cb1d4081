import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import type {
  ActionPicture,
  ObjectivePicture,
  PartyRef,
  PlanPicture,
  SourceRef,
} from '../rules/picture.ts';
import { untold } from '../rules/picture-action.ts';
import { usualRule } from '../rules/rag-thresholds.ts';
import type { Due } from '../rules/reading.ts';
import type { ExportInput } from './export-input.ts';

/** A small plan of the fictional Saltmarsh with everything that an export must carry. */

export function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}

export function party(name: string, kind: PartyRef['kind'] = 'post'): PartyRef {
  return { id: newId<'party'>(), kind, name };
}

export function source(title: string, words: string | null, page: string | null): SourceRef {
  return { id: newId<'source'>(), title, words, page };
}

export function dueOn(text: string, asWritten: string): Due {
  return { asWritten, from: day(text), to: day(text), precision: 'day' };
}

const noDate: Due = { asWritten: '', from: null, to: null, precision: 'none' };

export function objective(changes: Partial<ObjectivePicture>): ObjectivePicture {
  return {
    id: newId<'objective'>(),
    section: null,
    ref: null,
    title: 'Children are seen in time',
    position: 1,
    sources: [],
    withdrawn: false,
    version: 1,
    ...changes,
  };
}

export function action(
  serves: ObjectivePicture,
  changes: Partial<ActionPicture> & { ref: string },
): ActionPicture {
  const due = changes.due ?? noDate;
  return {
    id: newId<'action'>(),
    objectiveId: serves.id,
    position: 1,
    text: 'Agree the standard for visits and publish it',
    leads: [],
    contributors: [],
    priority: null,
    successMeasure: null,
    outcomeForChildren: null,
    sources: [],
    due,
    firstDue: due,
    dueDateCount: 1,
    revised: false,
    slippageDays: null,
    claimedRag: null,
    status: null,
    lastUpdate: null,
    withdrawn: false,
    daysOverdue: 0,
    version: 1,
    updateVersion: 0,
    dueVersion: 1,
    ...untold,
    ...changes,
  };
}

export function update(on: string, whatChanged: string, by: string | null = 'Robin Marsh') {
  return { id: newId<'update'>(), effectiveOn: day(on), by, whatChanged };
}

export function examplePicture(): PlanPicture {
  const visits = objective({
    section: 'Help and protection',
    ref: '1.1',
    title: 'Children who need help are seen in time',
    sources: [
      source('Inspection of Saltmarsh, May 2025', 'Visits are not always made in time', '12'),
      source('Annual conversation, June 2025', null, null),
    ],
  });
  const records = objective({
    section: 'Help and protection',
    ref: '1.10',
    title: 'Records tell the child’s story',
    position: 2,
  });
  const careLeavers = objective({
    section: 'Care leavers',
    ref: '2.1',
    title: 'Care leavers know what they are entitled to',
    position: 3,
  });
  const planned = objective({
    section: 'Care leavers',
    ref: '2.2',
    title: 'Care leavers have a home that suits them',
    position: 4,
  });
  return {
    plan: {
      id: newId<'plan'>(),
      slug: 'improvement-plan',
      title: 'Children’s services improvement plan',
      periodFrom: day('2025-04-01'),
      periodTo: day('2026-03-31'),
      owner: party('Director of Children’s Services'),
      boards: [party('Improvement Board', 'board'), party('Corporate Parenting Board', 'board')],
      reviewCycleDays: 30,
      ragRule: usualRule('2026-03-04' as IsoDate),
      ragScheme: [
        { colour: 'red', name: 'Red', meaning: 'Off track', standsFor: 'off track' },
        {
          colour: 'amber',
          name: 'Yellow',
          meaning: 'Late, but it can be mended',
          standsFor: 'at risk',
        },
        { colour: 'green', name: 'Green', meaning: 'On track', standsFor: 'on track' },
        { colour: 'blue', name: 'Blue', meaning: 'Complete', standsFor: 'complete' },
      ],
      state: 'active',
      version: 1,
    },
    asAt: day('2026-03-04'),
    objectives: [visits, records, careLeavers, planned],
    actions: [
      action(visits, {
        ref: '1',
        text: 'Agree the standard for visits:\n• within 5 working days\n• recorded within 2',
        leads: [party('Service Manager, Help and Protection'), party('Early Help', 'team')],
        contributors: [party('Health, Education and Police', 'organisation')],
        priority: 'high',
        due: dueOn('2026-02-20', 'Revised date 20/02/2026'),
        firstDue: dueOn('2025-12-01', '1 Dec 2025'),
        dueDateCount: 2,
        revised: true,
        slippageDays: 81,
        claimedRag: 'amber',
        status: 'in progress',
        daysOverdue: 12,
        successMeasure: '95 of 100 visits are in time',
        outcomeForChildren: 'Children are seen when they need to be',
        sources: [source('Team audit, July 2025', 'No shared standard', '3-4')],
        lastUpdate: update('2026-02-02', 'The standard is written; teams are being briefed.'),
      }),
      action(visits, {
        ref: '2',
        text: '=SUM(A1) is how this action begins, oddly',
        leads: [party('Early Help', 'team')],
        due: { asWritten: 'ASAP', from: null, to: null, precision: 'asap' },
        claimedRag: 'red',
        status: 'not started',
      }),
      action(records, {
        ref: '3',
        text: 'Teach staff to write for the child who will read it',
        leads: [party('Principal Social Worker')],
        due: {
          asWritten: 'April to June 2026',
          from: day('2026-04-01'),
          to: day('2026-06-30'),
          precision: 'quarter',
        },
        claimedRag: 'green',
        status: 'in progress',
        lastUpdate: update('2026-01-15', '- 12 of 40 staff taught\n- the rest by May', null),
      }),
      action(records, {
        ref: '4',
        text: 'Stop using the old form',
        withdrawn: true,
        due: { asWritten: 'tbc', from: null, to: null, precision: 'none' },
      }),
      action(careLeavers, {
        ref: '5',
        text: 'Publish the local offer',
        leads: [party('Leaving Care', 'team')],
        due: dueOn('2025-09-30', '30/9/25'),
        claimedRag: 'blue',
        status: 'complete',
        lastUpdate: update('2025-09-28', 'Published.'),
      }),
    ],
  };
}

export function exampleInput(changes: Partial<ExportInput> = {}): ExportInput {
  return {
    picture: examplePicture(),
    selection: null,
    exportedBy: 'Priya Shah',
    exportedAt: new Date('2026-07-05T08:05:00Z'),
    authorityName: 'Saltmarsh Borough Council',
    classification: 'Internal',
    ...changes,
  };
}
