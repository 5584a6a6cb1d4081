import { addDays, parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { handoverOf } from '../../rules/handover.ts';
import { countTable, type Movement } from '../../rules/movement.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import type { Round } from '../../rules/rounds.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { handoverView } from '../handover/handover.view.ts';
import type { Comparison } from '../movement/movement-query.ts';
import { movementView } from '../movement/movement.view.ts';
import { exampleAllowed, examplePicture } from '../plans.examples.ts';
import { tableView } from '../table/table.view.ts';
import { closeRoundView, roundFormView, roundsView, roundView } from './rounds.view.ts';

const page = 'rooms/plans/web/page.njk';
const link = (href: string) => href;
const { asAt } = examplePicture;
const [late, next, slipped, orphan, done] = examplePicture.actions;
if (!late || !next || !slipped || !orphan || !done) throw new Error('Five actions stand');
const lead = late.leads[0];

const open: Round = {
  id: newId<'round'>(),
  planId: examplePicture.plan.id,
  name: 'March 2026',
  askedBy: day('2026-03-20'),
  openedOn: day('2026-03-01'),
  openedAt: new Date('2026-03-01T09:00:00Z'),
  openedBy: null,
  close: null,
  reminders: lead === undefined ? [] : [{ partyId: lead.id, on: day('2026-03-03'), by: null }],
};
const closed: Round = {
  ...open,
  id: newId<'round'>(),
  name: 'January 2026',
  askedBy: day('2026-01-20'),
  openedOn: day('2026-01-05'),
  close: {
    on: day('2026-01-28'),
    at: new Date('2026-01-28T15:00:00Z'),
    by: null,
    note: 'Reported to the Improvement Board.',
  },
  reminders: [],
};
const standing = { given: [next], missing: [late, slipped, orphan] };
const stands = { round: open, picture: examplePicture, standing };
const ofRound = {
  allowed: exampleAllowed,
  mayWrite: true,
  before: null,
  holders: () => ['Robin Fenwick'],
  names: new Map(),
  completeOnTable: 1,
  csrf: 'token',
  address: 'https://sightline.saltmarsh.example/my-work',
  link,
};

const before: PlanPicture = {
  ...examplePicture,
  asAt: day('2026-01-28'),
  actions: [
    { ...late, claimedRag: 'amber', daysOverdue: 0 },
    { ...slipped, due: slipped.firstDue, dueDateCount: 1, claimedRag: 'red' },
    { ...orphan, withdrawn: true },
    { ...done, status: 'in progress', claimedRag: 'green' },
  ],
};
const after: PlanPicture = { ...examplePicture, actions: [late, next, slipped, orphan, done] };
const movement: Movement = {
  from: before.asAt,
  to: asAt,
  opening: 3,
  added: [next.id],
  reopened: [orphan.id],
  completed: [done.id],
  withdrawn: [],
  closing: 4,
  revised: [slipped.id],
  newlyOverdue: [late.id],
  better: [slipped.id],
  worse: [late.id],
  table: { then: countTable(before.actions), now: countTable(after.actions), left: [] },
};
const comparison: Comparison = {
  from: before.asAt,
  to: asAt,
  fromRound: closed,
  toRound: null,
  view: 'summary',
  show: 'all',
  page: 1,
};
const compared = {
  picture: after,
  before,
  after,
  movement,
  rounds: [open, closed],
  allowed: exampleAllowed,
  today: asAt,
  link,
};
const complete: PlanPicture = {
  ...after,
  actions: [
    late,
    {
      ...done,
      closure: {
        ...done.closure,
        completion: { since: day('2025-12-18'), by: null },
      },
    },
    { ...done, id: newId<'action'>(), onTable: false },
  ],
};

/** Review rounds, what moved, the plan's own table, and the handover sheet of a post. */
export const examples: PageExample[] = [
  example(
    'Review rounds',
    page,
    roundsView({
      picture: examplePicture,
      allowed: exampleAllowed,
      rounds: [open, closed],
      open: stands,
      names: new Map(),
      link,
    }),
  ),
  example('Round, open', page, roundView({ ...stands, ...ofRound })),
  example('Round, closed', page, roundView({ ...stands, ...ofRound, round: closed, before: null })),
  example(
    'Open a round, wrong',
    'rooms/plans/web/rounds/round-form.njk',
    roundFormView(
      wrong({ name: '' }, [{ field: 'name', text: 'Enter a name for the round' }]),
      examplePicture,
    ),
  ),
  example(
    'Close a round',
    'rooms/plans/web/rounds/close-round.njk',
    closeRoundView(fresh({}), stands),
  ),
  example('Movement', page, movementView({ ...compared, comparison })),
  example(
    'Movement, side by side',
    page,
    movementView({ ...compared, comparison: { ...comparison, view: 'side-by-side' } }),
  ),
  example(
    'The plan’s table',
    'rooms/plans/web/table/table.njk',
    tableView(complete, fresh({}), 'leave', []),
  ),
  example(
    'Handover sheet',
    page,
    handoverView(
      {
        party: { id: lead?.id ?? newId<'party'>(), kind: 'post', name: lead?.name ?? 'Nobody' },
        holder: { name: 'Robin Fenwick', since: addDays(asAt, -60) },
        handover: handoverOf(lead?.id ?? newId<'party'>(), [before], [after], asAt),
      },
      { asAt, mayExport: true, link },
    ),
  ),
];

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`Not a day: ${text}`);
  return date;
}
