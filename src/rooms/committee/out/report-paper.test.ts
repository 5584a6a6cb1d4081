import { describe, expect, it } from 'vitest';
import { paperHtml } from '#platform/web/components/paper.ts';
import { reportWords } from '../rules/content.ts';
import { exampleAction, exampleFigures } from '../rules/example-figures.test-help.ts';
import { firstHead } from '../rules/first-head.ts';
import type { Depth } from '../rules/sections.ts';
import { reportPaper } from './report-paper.ts';
import { standAlonePage } from '#platform/web/components/stand-alone-page.ts';

const about = {
  committeeId: null,
  committee: 'Safeguarding Sub-Committee',
  meetingOn: null,
  asAt: exampleFigures().asAt,
  since: exampleFigures().since,
  isPublic: true,
  paragraphs: [],
  exemptionReason: null,
};
const printing = { status: null, by: 'Robin Fenwick', at: new Date('2014-11-28T10:00:00Z') };

function paper(depth: Depth, late = 1, head: Partial<typeof about> = {}) {
  const made = exampleFigures({ overdue: late });
  const actions = Array.from({ length: late }, (_, index) =>
    exampleAction({
      id: `a${index}`,
      ref: `9.${index}`,
      text: `Late thing ${index}`,
      daysOverdue: 5,
    }),
  );
  const figures = {
    ...made,
    plans: made.plans.map((plan) => ({ ...plan, actions: [...plan.actions, ...actions] })),
  };
  const whole = firstHead({ ...about, ...head }, 'Progress', [], 'Robin Fenwick');
  return reportPaper(reportWords(depth, whole, {}, figures), figures, printing);
}
const textOf = (depth: Depth, late?: number) => paperHtml(paper(depth, late).blocks).toString();

describe('the paper', () => {
  it('tells members the first of many, and a board and the service all', () => {
    expect(textOf('members', 8)).toContain('Overdue actions, the first 2 of 8');
    expect(textOf('members', 8)).not.toContain('Every action');
    expect(textOf('board', 8)).toContain('By objective');
    expect(textOf('operational', 8)).toContain('Late thing 7');
    expect(textOf('operational', 8)).toContain('Appendix: every action');
  });

  it('gives the reason for a changed date whole, with what it means for children', () => {
    expect(textOf('board')).toContain('The system had to be changed first');
    expect(textOf('board')).toContain('Some visits were recorded late');
  });

  it('numbers its paragraphs through the main report, and marks every figure', () => {
    const numbers = paper('members').blocks.filter(({ kind }) => kind === 'numbered');
    expect(numbers.length).toBeGreaterThan(7);
    expect(textOf('members')).toMatch(/<span class="sl-figure">1 action is<\/span>/);
  });

  it('names in one paragraph the implications that nobody wrote of', () => {
    const words = textOf('board');
    expect(words).toContain(
      'No strategic, financial, resource, legal, risk, equalities, climate or security implication has been named.',
    );
  });

  it('as a file of its own needs nothing else, and is the same every time', async () => {
    const page = await standAlonePage(paper('board'));
    expect(page).toBe(await standAlonePage(paper('board')));
    expect(page).not.toMatch(/<script|<link|src="(?!data:)|url\((?!["']?#)|href="http/);
    expect(page).toContain('<style>');
    const exempt = { isPublic: false, paragraphs: [1, 2] as never[] };
    expect(await standAlonePage(paper('board', 1, exempt))).toContain(
      'exempt under paragraphs 1 and 2 of Part 1 of Schedule 12A',
    );
  });
});
