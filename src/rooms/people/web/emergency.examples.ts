import { parseId, type Id } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import type { EmergencyOpening } from '../rules/emergency.ts';
import { recordPaths } from './records.paths.ts';
import { emergencyPaths } from './emergency.paths.ts';
import { askToOpenView, emergencyAlerts, openingsView, openingView } from './emergency.view.ts';

const now = new Date('2026-03-04T10:00:00Z');
const ash = id<'user'>(1);
const dana = id<'user'>(2);
const names = new Map([
  [ash, 'Ash Brook'],
  [dana, 'Dana Holm'],
]);
const subNavigation = [
  { text: 'Names to take out', href: recordPaths.names, current: false },
  { text: 'Emergency openings', href: emergencyPaths.all, current: true },
];
const waiting: EmergencyOpening = {
  id: id<'emergency-opening'>(10),
  askedBy: ash,
  askedAt: new Date('2026-03-04T09:05:00Z'),
  hours: 4,
  reason:
    'The emergency duty team has to know who leads the visits of one family tonight. Nobody who may read the plan answers the telephone',
  agreed: null,
  decidedBy: null,
  decidedAt: null,
  until: null,
  endedBy: null,
  endedAt: null,
  reads: 0,
};
const open: EmergencyOpening = {
  ...waiting,
  id: id<'emergency-opening'>(11),
  agreed: true,
  decidedBy: dana,
  decidedAt: new Date('2026-03-04T09:10:00Z'),
  until: new Date('2026-03-04T13:10:00Z'),
  reads: 7,
};
const ended: EmergencyOpening = {
  ...open,
  id: id<'emergency-opening'>(12),
  endedBy: dana,
  endedAt: new Date('2026-03-04T09:40:00Z'),
  reads: 1,
};
const byItself: EmergencyOpening = {
  ...open,
  id: id<'emergency-opening'>(13),
  until: new Date('2026-02-04T13:10:00Z'),
  reads: 0,
};
const refused: EmergencyOpening = {
  ...waiting,
  id: id<'emergency-opening'>(14),
  agreed: false,
  decidedBy: dana,
  decidedAt: new Date('2026-03-03T09:10:00Z'),
  reason: 'To see how it looks',
};
const one = 'rooms/people/web/emergency-opening.njk';
const shown = (opening: EmergencyOpening, viewer: Id<'user'>) =>
  openingView(opening, names, { userId: viewer, seesLog: true }, now);
const told = (openings: readonly EmergencyOpening[], viewer: Id<'user'>) => ({
  alerts: emergencyAlerts(openings, names, viewer, now),
});

/** The pages of emergency openings in their states, and the alerts over them. */
export const examples: PageExample[] = [
  example(
    'Emergency openings',
    'rooms/people/web/emergency-list.njk',
    openingsView({
      openings: [waiting, open, ended, byItself, refused],
      names,
      now,
      mayAsk: true,
      subNavigation,
    }),
    told([waiting, open, ended], dana),
  ),
  example(
    'Emergency openings, none',
    'rooms/people/web/emergency-list.njk',
    openingsView({ openings: [], names, now, mayAsk: false, subNavigation }),
  ),
  example(
    'Ask for an emergency opening',
    'rooms/people/web/emergency-ask.njk',
    askToOpenView({ values: {}, errors: [] }),
  ),
  example(
    'Ask for an emergency opening, with mistakes',
    'rooms/people/web/emergency-ask.njk',
    askToOpenView({
      values: { reason: '', hours: '' },
      errors: [
        { field: 'reason', text: 'Say what happened and what you have to read' },
        { field: 'hours', text: 'Choose for how long' },
      ],
    }),
    { status: 422 },
  ),
  example('Emergency opening, to answer', one, shown(waiting, dana), told([waiting], dana)),
  example('Emergency opening, one’s own, waiting', one, shown(waiting, ash)),
  example('Emergency opening, open', one, shown(open, dana), told([open], dana)),
  example('Emergency opening, one’s own, open', one, shown(open, ash), told([open], ash)),
  example('Emergency opening, ended', one, shown(ended, dana), told([ended], dana)),
  example('Emergency opening, ended by itself', one, shown(byItself, dana)),
  example('Emergency opening, refused', one, shown(refused, ash)),
];

function id<Kind extends string>(number: number): Id<Kind> {
  const made = parseId<Kind>(`01980a7e-0000-7000-8000-${String(number).padStart(12, '0')}`);
  if (made === null) throw new Error('Not an identifier');
  return made;
}
