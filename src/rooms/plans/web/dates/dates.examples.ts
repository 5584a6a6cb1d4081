import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { boardTable } from '../../rules/board-table.ts';
import type { DateRequest } from '../../rules/date-requests.ts';
import { readDue } from '#kernel/due/read-due.ts';
import type { DueFact } from '../../rules/history.ts';
import type { ActionPicture, PartyRef, PlanPicture } from '../../rules/picture.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { exampleAllowed as allowed, examplePicture } from '../plans.examples.ts';
import { boardView } from './board.view.ts';
import { datesView } from './dates.view.ts';
import { requestView } from './request.view.ts';

const link = (href: string) => href;
const asker: UserId = newId();
const names = new Map([[asker, 'Sandra Pike']]);
const owner: PartyRef = { id: newId(), kind: 'post', name: 'Director of Children’s Services' };
const board = examplePicture.plan.boards[0] ?? never();
const action = examplePicture.actions[2] ?? never();
const other = examplePicture.actions[3] ?? never();

const granted: DateRequest = {
  ...asked(action, '30 June 2026', 2),
  decision: {
    outcome: 'granted',
    capacity: 'owner',
    reason: null,
    effectiveOn: day('2026-01-12'),
    recordedAt: new Date('2026-01-12T09:30:00Z'),
    by: null,
    dueVersion: 3,
  },
};
const waits = asked(other, '30 September 2026', 1);
const slipped: ActionPicture = {
  ...action,
  dueDateCount: 3,
  revised: true,
  dueVersion: 3,
  boardAnswer: {
    answer: 'not approved',
    board,
    minute: 'minute 7 of 3 March 2026',
    on: day('2026-03-03'),
    version: 1,
  },
};
const picture: PlanPicture = {
  ...examplePicture,
  actions: examplePicture.actions.map((one) =>
    one === action
      ? slipped
      : one === other
        ? { ...one, asked: { ...waits, on: waits.effectiveOn } }
        : one,
  ),
};
const requests = [granted, waits];
const dues: DueFact[] = ['10 February 2026', '31 March 2026', '30 June 2026'].map(
  (text, index) => ({
    actionId: action.id,
    version: index + 1,
    effectiveOn: day('2026-01-12'),
    recordedAt: new Date('2026-01-12T09:30:00Z'),
    by: asker,
    due: readDue(text).due,
    reason: index === 0 ? null : granted.reason,
    effectOnChildren: index === 0 ? null : granted.effectOnChildren,
    declaredRevised: false,
  }),
);
const rows = boardTable(picture, requests);
const about = {
  picture,
  action: picture.actions[3] ?? never(),
  request: waits,
  history: { dues, names },
  writable: true,
  isMine: false,
  link,
};

/** What waits and what slipped, deciding on one, being told why not, and the table of the board. */
export const examples: PageExample[] = [
  example(
    'Dates of a plan',
    'rooms/plans/web/page.njk',
    datesView({
      picture,
      allowed,
      dues,
      requests,
      undecided: { round: 'February 2026', requests: [waits] },
      board: rows,
      names,
      link,
    }),
  ),
  example(
    'Decide on a date, with a mistake',
    'rooms/plans/web/dates/request.njk',
    requestView(
      wrong({ outcome: 'refused', reason: '' }, [
        { field: 'reason', text: 'Say why, so that whoever asked knows what to do' },
      ]),
      {
        ...about,
        deciding: { verdict: { kind: 'may', capacity: 'owner' }, posts: [owner], boards: [] },
      },
    ),
    { status: 422 },
  ),
  example(
    'Why somebody cannot decide on a date',
    'rooms/plans/web/dates/request.njk',
    requestView(fresh({}), {
      ...about,
      isMine: true,
      deciding: {
        verdict: { kind: 'may not', reasons: ['asked for it', 'owner asked for it'] },
        posts: [owner],
        boards: [board],
      },
    }),
  ),
  example(
    'Dates for the board',
    'rooms/plans/web/dates/board.njk',
    boardView(fresh({}), { picture, allowed, rows, answersFor: [board, owner], by: newId(), link }),
  ),
];

function asked(about: ActionPicture, due: string, version: number): DateRequest {
  return {
    id: newId<'due request'>(),
    actionId: about.id,
    version,
    effectiveOn: day('2026-02-20'),
    recordedAt: new Date('2026-02-20T10:00:00Z'),
    by: asker,
    due: readDue(due).due,
    reason: 'The trust lost two paediatricians in October, and the posts are advertised again.',
    effectOnChildren: 'Four children wait six weeks longer for their first assessment.',
    decision: null,
  };
}

function day(text: string): IsoDate {
  return parseIsoDate(text) ?? never();
}

function never(): never {
  throw new Error('The examples have fewer parts than they use');
}
