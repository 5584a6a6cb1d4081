import type { PointKind } from './assessment.ts';

/** A narrative self-assessment as a file gave it, before anything of it is kept. */
export interface NarrativeDraft {
  /** What the document calls itself, and its year; null where neither was found. */
  title: string | null;
  period: string | null;
  contact: string | null;
  introduction: string;
  people: { post: string; name: string | null; since: string | null }[];
  documents: { title: string; dated: string | null; url: string | null; words: string | null }[];
  area: string;
  proud: DraftRow[];
  improve: DraftRow[];
  risks: DraftRow[];
  innovations: DraftRow[];
  sections: DraftSection[];
  closing: string;
  /** Rows of tables of inspections: they belong in the register, which is asked for each. */
  inspections: { title: string; dated: string | null; outcome: string | null }[];
  /** What was not understood, or only half, with where it stands; in the order of the document. */
  notUnderstood: { where: string; text: string; why: string }[];
}

export interface DraftRow {
  /** The few words that stand above the rest of the cell; null where there are none. */
  label: string | null;
  words: string;
  dated: string | null;
  /** Numbers of sections that it refers to. */
  sections: string[];
}

export interface DraftSection {
  number: string;
  title: string;
  summary: string;
  points: { kind: PointKind; words: string }[];
}
