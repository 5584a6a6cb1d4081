import type { Calendar } from '../../calendar.ts';
import { asSoonAsPossible } from '../../calendar.ts';
import {
  accepted,
  askedDate,
  link,
  newDate,
  note,
  said,
  update,
  type ObjectiveStory,
} from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function frontDoor(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Help and protection',
    ref: '1',
    title: 'Children get the right help at the front door, the first time',
    sources: [
      quote(
        'inspection',
        2,
        'Most decisions at the front door are right. Too many wait for a manager, and the reason for a decision cannot always be found.',
      ),
      quote('board', 3, 'The board asked for re-referrals to be explained and not only counted.'),
    ],
    actions: [
      {
        ref: '1.1',
        text: 'Decide every contact about a child within one working day, with the reason written down and signed off by a manager.',
        leads: ['assessmentManager'],
        priority: 'high',
        due: on.byMonth(-7),
        measure:
          '95% of contacts decided within one working day, three months running, and the reason found in all ten of a monthly dip sample.',
        outcome: 'Children who need help get it quickly, and families know what will happen next.',
        sources: [
          quote(
            'inspection',
            3,
            'In a small number of cases a manager’s decision took three days.',
          ),
        ],
        test: {
          measure: 'Contacts decided within one working day, with a reason a stranger can follow',
          sample: 'All contacts of a month for the time; 10 drawn at random for the reason',
          threshold: '95 in 100, and 10 of 10, three months running',
        },
        history: [
          update(
            1,
            'amber',
            'A short meeting at 9.30 now goes through every contact of the day before. In its first month 71 of 92 contacts were decided within a working day. Most of the delay falls on Mondays.',
          ),
          update(
            2,
            'amber',
            '82 of 89 were decided in time. Cover between the two duty managers has helped on Mondays. The reason was missing in 3 of the 10 we sampled.',
          ),
          update(
            3,
            'green',
            '94 of 97 in time, and all 10 sampled had a reason that a stranger could follow. We will hold this for two more months before we call it done.',
          ),
          update(
            4,
            'blue',
            'Third month above 95% (101 of 104). The dip sample carries on as part of the monthly audit.',
            link('Front door dip samples, three months', 'quality/front-door-samples'),
            note('Duty log checked by the Quality Assurance Manager on the day of this update'),
          ),
          said(
            { daysAgo: 190 },
            'done',
            'Every contact of the day before is gone through at 9.30, with two duty managers.',
            'verified',
          ),
          said(
            { daysAgo: 120 },
            'practice changed',
            'Decided within a working day in 96 of 100 over three months in which nobody was watching, and the reason was there in all 20 sampled.',
            'verified',
            link('Front door dip samples, second half-year', 'quality/front-door-samples-2'),
          ),
          said(
            { daysAgo: 40 },
            'children better off',
            'Families were seen in 3 days after a contact, where it was 8. Eleven of fourteen parents said that they were told quickly what would happen.',
            'verified',
            note('Calls to fourteen parents by the participation officer'),
          ),
        ],
      },
      {
        ref: '1.2',
        text: 'Rewrite the threshold guide with partners, in plain words and with examples from Saltmarsh.',
        leads: ['serviceManager'],
        contributors: ['partnership', 'headteachers', 'health'],
        priority: 'medium',
        due: on.byMonth(-9),
        measure:
          'Agreed by the partnership; 8 in 10 professionals who answer a short survey say that they know which level to choose.',
        outcome: 'Fewer children are passed back and forth between services.',
        history: [
          update(1, 'green', 'Working group met twice. First draft is with schools for comment.'),
          update(
            2,
            'amber',
            'Health partners asked for a separate page on unborn babies, which is right and was missing. The partnership meets every quarter, so that agreement moves to its next meeting.',
          ),
          newDate(
            2,
            on.byMonth(-6),
            'The partnership can agree it only at its next quarterly meeting.',
            'None that we know of: the old guide stays in use until then.',
          ),
          update(3, 'green', 'Second draft tested with twelve teachers and four health visitors.'),
          update(
            4,
            'blue',
            'Agreed by the partnership and published. 61 professionals answered the survey; 52 said that they know which level to choose.',
            link('Threshold guide', 'partnership/threshold-guide'),
            link('Survey of professionals, results', 'partnership/threshold-survey'),
          ),
          said(
            { daysAgo: 12 },
            'done',
            'The guide is published, and every school and practice has had an hour on it.',
            'waits',
          ),
        ],
      },
      {
        ref: '1.3',
        text: 'Look at every child referred again within twelve months, find out why, and bring what was learned to the monthly practice meeting.',
        leads: ['assessmentManager'],
        contributors: ['performanceAnalyst'],
        priority: 'high',
        due: on.byMonth(-1),
        measure:
          'Re-referrals at or below 18% over a rolling year, with a reason recorded for each.',
        outcome: 'Children are not helped for a short while and then left to come back worse.',
        sources: [
          quote('selfAssessment', 9, 'We know our re-referral rate and cannot explain it.'),
        ],
        history: [
          update(
            1,
            'amber',
            'The list now comes every month. 22 children in the first list; we have read nine.',
          ),
          update(
            2,
            'amber',
            'All 22 read. The commonest reason, in 8 of 22, is that a family stopped taking part in early help and nobody told us.',
          ),
          update(
            4,
            'amber',
            'Early help now tells us within five days when a family stops. The rate over twelve months is 23% (80 of 348 referrals).',
            link('What 22 re-referrals taught us', 'practice/re-referrals'),
          ),
          update(
            6,
            'amber',
            'Rate is 21% (74 of 352). Better, and not yet what we promised. Two children were referred four times; their cases were audited in full.',
          ),
          update(
            7,
            'amber',
            'Rate is 20% (70 of 349). We will miss the date. The fall is real but slow, and I would rather keep the target than lower it. A new date goes to the next board.',
          ),
          askedDate(
            { daysAgo: 5 },
            on.byMonth(4),
            'At the pace of this year the rate is at 18% in about five months.',
            'Some twenty children are likely to be referred again before then. Each is still read within a week.',
          ),
        ],
      },
      {
        ref: '1.4',
        text: 'Hold every strategy discussion with police and health present, and record who was there and what each of them said.',
        leads: ['assessmentManager', 'police', 'health'],
        priority: 'high',
        due: on.byMonth(1),
        measure:
          'Health present or heard in 19 of every 20 strategy discussions; minutes sent within one working day.',
        outcome: 'Children at risk are protected by everybody who knows something about them.',
        sources: [
          quote(
            'audits',
            4,
            'Health was part of seven of the twelve strategy discussions that were audited.',
          ),
        ],
        test: 'to be agreed',
        history: [
          update(1, 'red', 'Health was present in 9 of 16. There is no rota to call on.'),
          update(
            2,
            'amber',
            'The health rota starts next week. Police have been present in every one.',
          ),
          update(
            3,
            'amber',
            'Health present in 13 of 17 since the rota began. The four without were all after 4pm.',
          ),
          update(
            5,
            'green',
            '15 of 16, and the one without was a telephone call at night that was noted.',
          ),
          update(
            7,
            'green',
            '31 of 32 over two months. Minutes went out within a day in 28 of 32. We will close this when the minutes are as good as the attendance.',
            note('Counted from the minutes by the duty administrator; list kept by the team'),
          ),
          update(
            { daysAgo: 4 },
            'green',
            '17 of 17 this month so far. Minutes within a day in 16 of 17: a template that is filled in during the meeting did it.',
          ),
        ],
      },
      {
        ref: '1.5',
        text: 'Record at the front door whether a parent has agreed to information being shared, and why it was shared where they had not.',
        leads: ['assessmentManager'],
        priority: 'medium',
        due: on.byMonth(-8),
        measure:
          'Consent recorded in all ten contacts of the monthly dip sample, two months running.',
        history: [
          update(
            1,
            'amber',
            'The form has a box for it now. It was filled in for 6 of the 10 sampled.',
          ),
          update(2, 'green', '9 of 10. The one missing was a police notification at a weekend.'),
          update(3, 'blue', '10 of 10, the second month running. Done.'),
          accepted(
            { daysAgo: 75 },
            'The new recording system asks for it before a contact can be saved, so that there is nothing left to sample.',
          ),
        ],
      },
      {
        ref: '1.6',
        text: 'Agree with Northmere, who run the out-of-hours service for both councils, what is handed over each morning and by when.',
        leads: ['serviceManager'],
        contributors: ['northmere'],
        priority: 'medium',
        due: asSoonAsPossible,
        measure: 'Handover received before 9am on every working day for two months.',
        outcome: 'Nothing that a child says at night is lost by the morning.',
        history: [
          update(2, 'amber', 'First meeting held. Northmere agree that the handover is too thin.'),
          update(
            5,
            'amber',
            'I have taken this over. A one-page form is agreed. It arrived before 9am on 14 of 21 mornings.',
          ),
          update(
            7,
            'amber',
            '18 of 22 mornings. The four late ones followed nights with one worker on duty. Northmere will look at their rota; we have asked for a date.',
          ),
        ],
      },
      {
        ref: '1.7',
        text: 'Tell everybody who makes a referral what was decided, within three working days.',
        leads: ['assessmentManager'],
        priority: 'low',
        due: on.byMonth(2),
        measure: 'Letter or call recorded for 9 in 10 referrals.',
        history: [
          update(3, 'amber', 'We tried a standard letter. Schools told us that it says nothing.'),
          update(
            5,
            'green',
            'New wording agreed with two headteachers. It is sent by hand, so that it depends on who is on duty. 61 of 80 referrers were told in time.',
          ),
        ],
      },
    ],
  };
}
