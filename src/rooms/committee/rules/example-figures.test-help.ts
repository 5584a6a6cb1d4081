import type { IsoDate } from '#kernel/dates.ts';
import { noCounts, type ActionFigures, type ReportFigures } from './figures.ts';

interface Given {
  actions: number;
  complete: number;
  inProgress: number;
  notStarted: number;
  notStated: number;
  outstanding: number;
  overdue: number;
  revised: number;
  completed: number;
  shown: number;
  shownThen: number;
  leftTable: number;
}

const day = (text: string) => text as IsoDate;

/** An action of the example, as far as it is not said otherwise. */
export function exampleAction(more: Partial<ActionFigures> = {}): ActionFigures {
  return {
    id: '01980a7e-0000-7000-8000-000000000001',
    ref: '1.1',
    objectiveId: 'objective',
    text: 'Report every late visit to the service manager each week',
    leads: ['Service Manager, Children in Care'],
    priority: 'high',
    status: 'in progress',
    claimed: 'Amber',
    derived: { standing: 'at risk', reasons: ['its date was changed once (2nd date)'] },
    disagreement: null,
    due: '31 December 2014',
    dueOn: day('2014-12-31'),
    firstDue: '30 June 2014',
    firstDueOn: day('2014-06-30'),
    dates: 2,
    slippageDays: 184,
    daysOverdue: 0,
    revised: true,
    revisedWhy: 'The system had to be changed first',
    revisedEffect: 'Some visits were recorded late',
    askedDue: null,
    lastUpdate: { on: day('2014-11-03'), words: 'The weekly list began' },
    successMeasure: 'No visit is late',
    outcomeForChildren: 'Children know when they will be seen',
    reached: 'none',
    reachedAccount: null,
    withdrawn: false,
    ...more,
  };
}

/** The figures of a small plan, with these counts; the same plan several times where asked. */
export function exampleFigures(given: Partial<Given> = {}, plans = 1): ReportFigures {
  const counts = {
    ...noCounts,
    actions: 3,
    complete: 1,
    inProgress: 2,
    outstanding: 2,
    shown: 3,
    ...Object.fromEntries(Object.entries(given).filter(([name]) => name in noCounts)),
  };
  const plan = (number: number) => ({
    id: `plan ${number}`,
    title: number === 1 ? 'Service Improvement Plan' : `Another plan, ${number}`,
    owner: 'Director of Children’s Services',
    boards: ['Improvement Board'],
    periodFrom: day('2014-04-01'),
    periodTo: day('2015-03-31'),
    colours: [{ name: 'Amber', meaning: 'Some delay' }],
    sources: ['Inspection 2012', 'Deep-dive audit 2014'],
    now: counts,
    then: { ...counts, shown: given.shownThen ?? 3 },
    movement: {
      opening: 3,
      added: 0,
      reopened: 0,
      completed: given.completed ?? 1,
      withdrawn: 0,
      closing: 2,
      revised: 1,
      newlyOverdue: 0,
      better: 0,
      worse: 1,
      leftTable: given.leftTable ?? 0,
    },
    objectives: [{ id: 'objective', section: null, ref: '1', title: 'Visits are on time', counts }],
    actions: [exampleAction()],
    points: [
      {
        label: '1 September 2014',
        on: day('2014-09-01'),
        complete: 0,
        inProgress: 3,
        notStarted: 0,
        notStated: 0,
      },
      {
        label: '27 November 2014',
        on: day('2014-11-27'),
        complete: 1,
        inProgress: 2,
        notStarted: 0,
        notStated: 0,
      },
    ],
  });
  return {
    asAt: day('2014-11-27'),
    since: day('2014-09-01'),
    plans: Array.from({ length: plans }, (_, index) => plan(index + 1)),
  };
}
