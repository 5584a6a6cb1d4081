import type { IsoDate } from '#kernel/dates.ts';
import type { Level } from './levels.ts';

/** A criterion as it was read from a file. */
export interface ReadCriterion {
  /** "cell B7", "line 31" */
  where: string;
  ref: string;
  text: string;
  /** By the key of the level. */
  descriptors: Record<string, string>;
}

export interface ReadDomain {
  where: string;
  ref: string | null;
  title: string;
  criteria: ReadCriterion[];
}

/** What is wrong with a file, or in doubt, and where. */
export interface ReadProblem {
  where: string;
  text: string;
}

/** What was understood of a framework in a workbook or a YAML file. Nothing is guessed in silence. */
export interface FrameworkReading {
  title: string;
  label: string;
  publisher: string | null;
  publishedOn: IsoDate | null;
  note: string | null;
  levels: Level[];
  domains: ReadDomain[];
  /** With any, the file cannot be loaded: it is mended and read again. */
  problems: ReadProblem[];
}
