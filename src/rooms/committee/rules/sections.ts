/** How much of a plan a report tells, and to whom. */
export const depths = ['members', 'board', 'operational'] as const;
export type Depth = (typeof depths)[number];

export const depthNames: Readonly<Record<Depth, { name: string; meaning: string }>> = {
  members: { name: 'For members', meaning: 'One or two pages' },
  board: { name: 'For a board', meaning: 'With a table of the objectives' },
  operational: { name: 'Operational', meaning: 'With every action' },
};

/** A part of the report whose words the officer may change, in the order of the paper. */
export interface Section {
  key: SectionKey;
  title: string;
  /** An implication stands in one numbered paragraph, under its name. */
  implication?: true;
}

const implications = [
  ['strategic', 'Strategic implications'],
  ['financial', 'Financial implications'],
  ['resource', 'Resource implications'],
  ['legal', 'Legal implications'],
  ['risk', 'Risk implications'],
  ['equalities', 'Equalities implications'],
  ['climate', 'Climate implications'],
  ['security', 'Security implications'],
] as const;

export type SectionKey =
  | 'summary'
  | 'recommendation'
  | 'background'
  | 'position'
  | 'overdue'
  | 'claimed'
  | 'children'
  | 'next'
  | (typeof implications)[number][0]
  | 'conclusion';

/** The house style of committee papers: summary and recommendation first, then the main report. */
export const sections: readonly Section[] = [
  { key: 'summary', title: 'Summary' },
  { key: 'recommendation', title: 'Recommendation' },
  { key: 'background', title: 'Background' },
  { key: 'position', title: 'Current position' },
  { key: 'overdue', title: 'What is overdue or revised, and why' },
  { key: 'claimed', title: 'Claimed against derived' },
  { key: 'children', title: 'What changed for children' },
  { key: 'next', title: 'Next steps' },
  ...implications.map(([key, title]): Section => ({ key, title, implication: true })),
  { key: 'conclusion', title: 'Conclusion' },
];

/** The section of this name, or null. */
export function sectionOf(key: string): Section | null {
  return sections.find((section) => section.key === key) ?? null;
}

/** What the officer wrote in each section; a section that is not named has the system's words. */
export type WrittenWords = Partial<Readonly<Record<SectionKey, string>>>;
