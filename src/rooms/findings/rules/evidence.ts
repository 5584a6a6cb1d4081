import { daysBetween, type IsoDate } from '#kernel/dates.ts';
import type { EvidenceId, FileId } from '#kernel/ids.ts';
import type { Classification } from './kinds.ts';

/** A file that evidence holds. */
export interface EvidenceFile {
  id: FileId;
  name: string;
  sizeBytes: number;
  sha256: string;
}

/** A piece of evidence as it stood at the end of a day. */
export interface EvidencePicture {
  id: EvidenceId;
  kind: 'link' | 'note' | 'file';
  title: string;
  url: string | null;
  file: EvidenceFile | null;
  /** The last day on which it shows what it is given for; null where nobody said. */
  goodUntil: IsoDate | null;
  classification: Classification;
  withdrawn: boolean;
  version: number;
  addedOn: IsoDate;
  /** The day from which it is as it is. */
  changedOn: IsoDate;
}

/** A state of a piece of evidence, as its history tells of it. */
export interface EvidenceVersion {
  version: number;
  on: IsoDate;
  title: string;
  url: string | null;
  file: EvidenceFile | null;
  goodUntil: IsoDate | null;
  classification: Classification;
  withdrawn: boolean;
  reason: string | null;
}

/** Whether it no longer shows on that day what it was given for. */
export function isOutOfDate(
  evidence: Pick<EvidencePicture, 'goodUntil' | 'withdrawn'>,
  asAt: IsoDate,
): boolean {
  return !evidence.withdrawn && evidence.goodUntil !== null && evidence.goodUntil < asAt;
}

/** How many days it is still good; negative where it is out of date, null where nobody said. */
export function daysGood({ goodUntil }: Pick<EvidencePicture, 'goodUntil'>, asAt: IsoDate) {
  return goodUntil === null ? null : daysBetween(asAt, goodUntil);
}
