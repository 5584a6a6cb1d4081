import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId, Id, PartyId, SourceId, ThemeId } from '#kernel/ids.ts';
import type { DerivedState } from './finding-state.ts';
import type {
  Answer,
  Classification,
  FindingKind,
  GradedArea,
  ProgressState,
  SourceKind,
} from './kinds.ts';

export interface PartyRef {
  id: PartyId;
  kind: string;
  name: string;
}

/** A source as it stood at the end of a day. */
export interface SourcePicture {
  id: SourceId;
  kind: SourceKind;
  title: string;
  body: string | null;
  reference: string | null;
  visitFrom: IsoDate | null;
  visitTo: IsoDate | null;
  publishedOn: IsoDate | null;
  receivedOn: IsoDate | null;
  overall: string | null;
  overallIs: 'given' | 'none given' | 'not recorded';
  grades: GradedArea[];
  summary: string | null;
  classification: Classification;
  withdrawn: boolean;
  /** 0: a plan named it, and nobody has registered it yet. */
  version: number;
  /** The day from which it stands here. */
  addedOn: IsoDate;
  /** The last day on which somebody wrote on it, on a finding of it, or looked it through. */
  lookedOn: IsoDate;
}

/** The day by which a source is put in time: what it was published, received, visited or added on. */
export function dayOfSource(
  source: Pick<SourcePicture, 'publishedOn' | 'visitTo' | 'visitFrom' | 'receivedOn' | 'addedOn'>,
): IsoDate {
  return (
    source.publishedOn ?? source.visitTo ?? source.visitFrom ?? source.receivedOn ?? source.addedOn
  );
}

export interface ThemeRef {
  id: ThemeId;
  name: string;
}

export interface Theme extends ThemeRef {
  meaning: string | null;
  mergedInto: ThemeId | null;
  withdrawn: boolean;
  version: number;
}

/** An action that answers a finding, as its room told of it. */
export interface LinkedAction {
  linkId: Id<'item link'>;
  linkedOn: IsoDate;
  id: string;
  label: string;
  place: string;
  href: string;
  /** The plan that it stands in. */
  withinId: string;
  partyIds: PartyId[];
  state: ProgressState;
  /** The day from which it is in this state. */
  since: IsoDate;
  dueOn: IsoDate | null;
  firstDueOn: IsoDate | null;
  /** The day on which anything was last told of it. */
  toldOn: IsoDate;
}

export interface FindingResponse {
  answer: Answer;
  reason: string | null;
  on: IsoDate;
}

/** A finding as it stood at the end of a day. */
export interface FindingPicture {
  id: FindingId;
  source: SourcePicture;
  kind: FindingKind;
  ref: string | null;
  position: number;
  words: string;
  page: string | null;
  paragraph: string | null;
  area: string | null;
  lead: PartyRef | null;
  reportsTo: PartyRef | null;
  wordsToShare: string | null;
  withdrawn: boolean;
  version: number;
  addedOn: IsoDate;
  /** Merged themes are given as what they were merged into, each once. */
  themes: ThemeRef[];
  response: FindingResponse | null;
  /** The number of the last response; 0 where there is none. */
  responseVersion: number;
  actions: LinkedAction[];
  derived: DerivedState;
}
