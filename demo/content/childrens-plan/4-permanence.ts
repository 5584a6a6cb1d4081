import type { Calendar } from '../../calendar.ts';
import { link, newDate, newLeads, note, update, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function permanence(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Children in care and care leavers',
    ref: '4',
    title: 'Children in care have a lasting home, near to the people who matter to them',
    sources: [
      quote(
        'inspection',
        7,
        'Most children live with carers who know them well. For a few, plans for a lasting home come too late.',
      ),
    ],
    actions: [
      {
        ref: '4.1',
        text: 'Hold a permanence planning meeting for every child before the second review.',
        leads: ['careTeamManager'],
        contributors: ['reviewingOfficer'],
        priority: 'high',
        due: on.byMonth(0),
        measure:
          'Held before the second review for every child who came into care in the last year.',
        outcome: 'Children know sooner where they will grow up.',
        history: [
          update(2, 'amber', 'Held in time for 3 of 7 children.'),
          update(
            4,
            'green',
            'Held in time for 5 of 8. The meeting is booked on the day on which a child comes into care.',
          ),
          update(6, 'green', 'In time for 7 of 9.'),
          update(
            7,
            'green',
            'In time for the one child who came into care since the last update; 8 of 10 over the year. The other two are a brother and sister who moved here from another council.',
          ),
        ],
      },
      {
        ref: '4.2',
        text: 'Do life story work with every child whose plan is a lasting home away from their parents.',
        leads: ['careTeamManager'],
        contributors: ['principalSocialWorker'],
        priority: 'high',
        due: on.byMonth(-9),
        measure: 'A life story book, seen by the child, for all 17 children.',
        outcome: 'Children understand where they come from and why they live where they do.',
        sources: [
          quote(
            'survey',
            4,
            'I have one photograph from before. I would like to know who the dog was.',
          ),
          quote(
            'inspection',
            8,
            'Life story work is of a high standard where it is done. It is done for few.',
          ),
        ],
        history: [
          update(1, 'amber', 'Two of 17 have a book. Four have begun.'),
          update(3, 'amber', 'Four of 17. The worker who was trained for this has left.'),
          newDate(
            3,
            on.byMonth(-5),
            'The one worker trained to do this has left, and training the next takes three months.',
            'Thirteen children wait for their story.',
          ),
          update(4, 'amber', 'Two workers are in training. Nothing more to show yet.'),
          update(5, 'red', 'Five of 17. Court work came first in every week of this round.'),
          newDate(
            5,
            on.byMonth(-1),
            'Court work took the time that was set aside. Half a day a week is now protected for each of three workers.',
            'One child has asked twice when it will be his turn. He has been told, and has begun.',
          ),
          update(6, 'amber', 'Seven of 17. The protected half-days held in six weeks of eight.'),
          update(
            7,
            'red',
            'Nine of 17, and five begun. We have missed the third date. At this pace the last book is done in about five months.\n\nWe would rather have help than a fourth date: Lantern Youth Project has offered a worker for one day a week if the cost (about £6,000) is agreed.',
            note('List of 17 children with stage, kept by the team; no names'),
          ),
        ],
      },
      {
        ref: '4.3',
        text: 'Write the strategy for enough homes of the right kind, from what our children need and not from what is for sale.',
        leads: ['commissioning'],
        priority: 'high',
        due: on.byMonth(-8),
        measure:
          'Agreed by the committee, with a forecast for three years and the cost of each choice.',
        outcome: 'Fewer children have to move far away.',
        history: [
          update(1, 'green', 'Forecast under way with the Performance Analyst.'),
          update(
            2,
            'amber',
            'The forecast is done: 24 to 30 children in care over three years. Costs from the region are late.',
          ),
          newDate(2, on.byMonth(-5), 'Regional costs come a quarter later than was promised.'),
          update(
            4,
            'green',
            'Draft went to the board. Children in Care Council read it and added a page.',
          ),
          update(
            5,
            'blue',
            'Agreed by the Children’s Overview Committee.',
            link('A home near home: strategy', 'commissioning/homes-strategy'),
            link('Minute of the committee', 'committee/childrens-overview'),
          ),
        ],
      },
      {
        ref: '4.4',
        text: 'Find four new fostering households with Northmere, two of them for teenagers.',
        leads: ['commissioning', 'northmere'],
        priority: 'high',
        due: on.byMonth(-3),
        measure: 'Four households approved, two of them for teenagers.',
        outcome: 'Teenagers live with families, in Saltmarsh.',
        history: [
          update(2, 'green', 'Joint campaign has begun. 31 enquiries.'),
          update(3, 'amber', '31 enquiries led to five visits and two applications.'),
          update(5, 'amber', 'One household is approved, for younger children. One withdrew.'),
          newDate(
            5,
            on.byMonth(4),
            'An assessment takes six months, and the campaign brought fewer applications than we hoped.',
            'Two teenagers live more than 20 miles away for want of a carer here.',
          ),
          update(
            7,
            'amber',
            'Two approved, one of them for teenagers. Two more in assessment. Carers say that word of mouth works better than posters, so we pay £500 to a carer who brings another.',
          ),
        ],
      },
      {
        ref: '4.5',
        text: 'Check each child’s plan half-way between reviews, and say so in the record.',
        leads: ['reviewingOfficer'],
        priority: 'medium',
        due: on.byMonth(-6),
        measure: 'A mid-way check is recorded for every child, two rounds running.',
        outcome: 'Nobody waits six months to find out that nothing was done.',
        history: [
          update(1, 'amber', 'Recorded for 9 of 24 children.'),
          update(2, 'amber', 'Recorded for 17 of 25.'),
          update(
            3,
            'green',
            'Recorded for all 25. Six drifted plans were raised with the team, five mended.',
          ),
          update(
            4,
            'blue',
            'Recorded for all 25 again.',
            note('Reviewing officer’s tracker, checked by the Quality Assurance Manager'),
          ),
        ],
      },
      {
        ref: '4.6',
        text: 'Meet within five days when a child’s home is at risk of breaking down.',
        leads: ['careTeam'],
        priority: 'high',
        due: on.byMonth(-7),
        measure: 'No unplanned move without such a meeting.',
        outcome: 'Children stay where they are settled.',
        history: [
          update(
            1,
            'green',
            'The meeting is agreed with fostering agencies. Two were held; both children stayed.',
          ),
          update(
            3,
            'green',
            'Five held in all. Four children stayed, one moved to her aunt as planned.',
          ),
          update(4, 'blue', 'Part of how we work now.'),
        ],
      },
      {
        ref: '4.7',
        text: 'See every child who lives more than 20 miles away at least every four weeks, and look at whether they could come nearer.',
        leads: ['careTeamManager'],
        priority: 'medium',
        due: on.byMonth(3),
        measure:
          'All six children seen every four weeks for a quarter; a decision for each on whether to come nearer.',
        outcome: 'Children far away are not forgotten.',
        sources: [
          quote('laterSurvey', 3, 'It is two trains. My social worker comes when she can.'),
        ],
        addedDaysAgo: 110,
        history: [
          newLeads(6, 'careTeamManager', 'commissioningHead'),
          update(
            7,
            'not-started',
            'The list of six is drawn up. Visits are still every six weeks as the law asks; the travel budget for more was agreed only this week.',
          ),
        ],
      },
    ],
  };
}
