import type { Calendar } from '../../calendar.ts';
import type { Quote, SourceStory } from '../../story.ts';

/** The papers that the children's plan answers, all of them fictional. */
export function papersOf(on: Calendar) {
  const papers = {
    inspection: { title: `Inspection letter, ${on.month(-17)}`, kind: 'inspection' },
    audits: { title: `Case audits, summary report, ${on.month(-16)}`, kind: 'case audit' },
    laterAudits: { title: `Case audits, summary report, ${on.month(-6)}`, kind: 'case audit' },
    survey: { title: `Annual survey of children, ${on.month(-16)}`, kind: 'survey' },
    laterSurvey: { title: `Annual survey of children, ${on.month(-4)}`, kind: 'survey' },
    selfAssessment: { title: `Self-assessment, ${on.month(-18)}`, kind: 'self-assessment' },
    board: { title: `Achieving Improvement Board, minutes, ${on.month(-15)}`, kind: 'board' },
  } as const satisfies Record<string, SourceStory>;
  return {
    all: Object.values(papers) as readonly SourceStory[],
    titles: Object.fromEntries(
      Object.entries(papers).map(([key, { title }]) => [key, title]),
    ) as Readonly<Record<keyof typeof papers, string>>,
    /** The paper's own words, and the page on which they stand. */
    quote: (paper: keyof typeof papers, page: number, words: string): Quote => ({
      title: papers[paper].title,
      words,
      page: String(page),
    }),
  };
}

export type Papers = ReturnType<typeof papersOf>;
