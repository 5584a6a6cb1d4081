import type { Calendar } from '../../calendar.ts';
import { file, link, note, update, withdrawn, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function voice(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'What children tell us',
    ref: '7',
    title: 'Children see that what they said has changed something',
    sources: [
      quote('survey', 2, 'They ask us a lot. I have never heard what happened after.'),
      quote(
        'inspection',
        11,
        'Children are listened to one by one. Their views together do not yet shape services.',
      ),
    ],
    actions: [
      {
        ref: '7.1',
        text: 'Begin a Children in Care Council that meets every month and is chaired by a young person.',
        leads: ['participationOfficer'],
        priority: 'high',
        due: on.byMonth(-9),
        measure:
          'Six meetings held; the director and a councillor answered each question within a month.',
        outcome: 'Children who live in care decide together what to ask for.',
        history: [
          update(1, 'green', 'First meeting, with five young people and a great deal of pizza.'),
          update(
            2,
            'green',
            'Two more meetings. They have chosen a chair and a name, which is theirs to tell.',
          ),
          update(
            3,
            'blue',
            'Six meetings held. 14 questions were asked and answered; nine of the answers were yes.',
            link('Questions and answers', 'voice/questions'),
          ),
        ],
      },
      {
        ref: '7.2',
        text: 'Hear each child at their review, in the way they choose, and write the decisions to them.',
        leads: ['reviewingOfficer'],
        priority: 'high',
        due: on.byMonth(1),
        measure: 'A letter to the child after each review; 8 in 10 children take part.',
        outcome: 'Children know what was decided about them, and why.',
        history: [
          update(1, 'amber', '12 of 24 children took part in their last review. No letters yet.'),
          update(3, 'green', '16 of 25 took part. The first 11 letters were sent.'),
          update(5, 'green', '18 of 25 took part, and all 25 had a letter.'),
          update(
            7,
            'green',
            '20 of 25 took part. Two children ran their own meeting. One asked for her letter to be shorter, and it is.',
          ),
        ],
      },
      {
        ref: '7.3',
        text: 'Introduce an advocate to every child who comes into care or has a child protection conference.',
        leads: ['participationOfficer'],
        contributors: ['advocacy'],
        priority: 'medium',
        due: on.byMonth(-7),
        measure: 'Met by the advocate, or said no to it in person: all children of 5 and over.',
        outcome: 'Children have somebody on their side who does not work for the council.',
        history: [
          update(1, 'amber', 'Clear Voice Advocacy were asked by 3 children of 19.'),
          update(
            2,
            'amber',
            'From now on children are told that the advocate will come, and can say no. 8 of 12.',
          ),
          update(3, 'green', '16 of 18.'),
          update(
            4,
            'blue',
            'All 17 in this quarter: 13 met the advocate and four said no in person.',
            note('Quarterly return of Clear Voice Advocacy, without names'),
          ),
        ],
      },
      {
        ref: '7.4',
        text: 'Ask all children in care and care leavers once a year what their lives are like.',
        leads: ['participationOfficer'],
        priority: 'medium',
        due: on.byMonth(-5),
        measure: 'Three in five answer.',
        history: [
          update(
            3,
            'amber',
            'Questions were chosen by the Children in Care Council. 24 of them, down from 61.',
          ),
          update(4, 'green', '19 of 44 have answered so far. Two young people telephone the rest.'),
          update(
            5,
            'blue',
            '28 of 44 answered (17 of 25 in care, 11 of 19 care leavers). Report to the board next.',
          ),
        ],
      },
      {
        ref: '7.5',
        text: 'Tell children twice a year what they said and what was done about it, on one page.',
        leads: ['participationOfficer'],
        priority: 'medium',
        due: on.byMonth(1),
        measure:
          'Two pages sent; children asked by the Participation Officer can name one thing that changed.',
        outcome: 'Children go on telling us things, because it is worth it.',
        sources: [quote('survey', 2, 'I would like to be told even if it is no.')],
        history: [
          update(
            2,
            'green',
            'First page is drawn by a young person who wants to be an illustrator. She was paid.',
          ),
          update(
            4,
            'green',
            'First page sent to 44 children and young people. It says no twice, with the reasons.',
            file(
              'You said, we did: the first page, as text',
              'you-said-we-did-1.txt',
              'You said: nobody rings my dad.\nWe did: every assessment now asks for his number, and we ring it.\n\nYou said: I want to see my brother more than once a month.\nWe did: we changed it for three of you. For one of you a judge has decided, and we told you why.\n\nYou said: can we have a phone app?\nWe said no: you told us later that you would not use it.\n',
            ),
          ),
          update(5, 'green', 'Second page is begun.'),
        ],
      },
      {
        ref: '7.6',
        text: 'Write the pledge to children in care again, with them, so that every line of it can be checked.',
        leads: ['participationOfficer'],
        contributors: ['overviewCommittee'],
        priority: 'low',
        due: on.byMonth(6),
        measure: 'Adopted by the full council; each line has somebody who answers for it.',
        outcome: 'Promises to children are kept.',
        addedDaysAgo: 100,
        history: [
          update(
            7,
            'not-started',
            'The Children in Care Council want to begin after their next two meetings. We wait for them.',
          ),
        ],
      },
      {
        ref: '7.7',
        text: 'Make a way to complain that a child of ten understands, and learn from what comes.',
        leads: ['participationOfficer', 'qualityManager'],
        priority: 'medium',
        due: on.byMonth(-4),
        measure: 'Tested by children; each complaint answered within ten working days.',
        outcome: 'Children who are unhappy with us can say so and are safe to do it.',
        history: [
          update(2, 'green', 'Cards with a free telephone number were tested by six children.'),
          update(
            4,
            'green',
            'Cards are in every welcome pack. Three complaints came, all answered in time.',
          ),
          update(
            5,
            'blue',
            'Seven complaints in all, six answered in ten days and one in fourteen. Four were upheld and changed something; these are in the yearly report.',
            link('Complaints by children, half-year', 'voice/complaints'),
          ),
        ],
      },
      {
        ref: '7.8',
        text: 'Buy a telephone app through which children in care can send their views.',
        leads: ['participationOfficer'],
        priority: 'low',
        due: on.byMonth(-2),
        history: [
          update(2, 'amber', 'Two suppliers have shown theirs. About £9,000 a year.'),
          withdrawn(
            4,
            'The Children in Care Council tried two apps and said that they would not use either: they would rather be rung. The money goes to a second participation worker for four hours a week.',
          ),
        ],
      },
    ],
  };
}
