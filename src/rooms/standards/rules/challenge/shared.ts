import type { IsoDate } from '#kernel/dates.ts';
import type { CriterionId } from '#kernel/ids.ts';
import { levelOf, type Level } from '../levels.ts';
import type { JudgementContent } from '../picture.ts';
import type { SharedSection } from './picture.ts';

/** On what a judgement rests, as reviewers read it. */
export interface SharedRest {
  kind: JudgementContent['restsOn'][number]['kind'];
  words: string | null;
  datedOn: IsoDate | null;
  /** What of the register it names: a source's title, a finding's words. Nothing restricted. */
  names: string[];
}

export interface SharedJudgement extends Omit<JudgementContent, 'restsOn'> {
  on: IsoDate;
  restsOn: SharedRest[];
}

export interface SharedCriterion {
  id: CriterionId;
  ref: string;
  text: string;
  judgement: SharedJudgement | null;
}

/** A section exactly as reviewers read it: on a page, and in the pack. */
export interface ReadSection extends SharedSection {
  title: string;
  /** The edition or the assessment that it is of. */
  within: string;
  /** Of a domain: its criteria, in the order of the document. */
  criteria: SharedCriterion[];
  /** The levels of its edition, best first; none of a narrative. */
  levels: Level[];
  /** Of a narrative section: its text. */
  text: string;
  /** Of a narrative section: its strengths and areas for development. */
  points: { kind: string; words: string }[];
}

/** The name of a level of this section, or the words for none. */
export function levelName(section: Pick<ReadSection, 'levels'>, key: string | null): string {
  return levelOf(section.levels, key)?.name ?? 'Not judged';
}

/** The level that somebody wrote by its name, or null. */
export function levelWritten({ levels }: Pick<ReadSection, 'levels'>, name: string): Level | null {
  const tidy = (text: string) =>
    text
      .toLowerCase()
      .replace(/[\s.]+/g, ' ')
      .trim();
  return levels.find((level) => tidy(level.name) === tidy(name)) ?? null;
}

/** The criterion of this section that a reference names: a text, 1.10 is not 1.1. */
export function criterionWritten(
  { criteria }: Pick<ReadSection, 'criteria'>,
  ref: string,
): SharedCriterion | null {
  const tidy = ref.trim().replace(/\.$/, '');
  return criteria.find((criterion) => criterion.ref === tidy) ?? null;
}
