import type { IsoDate } from '#kernel/dates.ts';
import type {
  ActionId,
  DueRequestId,
  ObjectiveId,
  PartyId,
  PlanId,
  SourceId,
  UpdateId,
  UserId,
} from '#kernel/ids.ts';
import type { ClosurePicture } from './closure.ts';
import type { RagRule } from './rag-thresholds.ts';
import type { Due, Rag, Status } from './reading.ts';

/** A plan as it stood at the end of a day: what every page, list, export and command shows. */
export interface PlanPicture {
  plan: PlanHead;
  asAt: IsoDate;
  objectives: ObjectivePicture[];
  /** In the order of objectives and of their own position; withdrawn ones included, marked. */
  actions: ActionPicture[];
}

export interface PartyRef {
  id: PartyId;
  kind: 'post' | 'team' | 'board' | 'organisation';
  name: string;
}

/** One colour of a plan's own scheme: its name, and its meaning in this council's words. */
export interface RagColour {
  colour: Rag;
  name: string;
  meaning: string;
  standsFor: 'complete' | 'on track' | 'at risk' | 'off track' | 'not started';
}

export interface PlanHead {
  id: PlanId;
  slug: string;
  title: string;
  periodFrom: IsoDate | null;
  periodTo: IsoDate | null;
  owner: PartyRef | null;
  boards: PartyRef[];
  reviewCycleDays: number | null;
  ragScheme: RagColour[];
  state: 'active' | 'archived' | 'undone';
  version: number;
  /** By what its RAG is derived on the day of the picture. */
  ragRule: RagRule;
}

export interface SourceRef {
  id: SourceId;
  title: string;
  words: string | null;
  page: string | null;
  /** Given where the source is restricted: what was taken out of the three fields above. */
  restricted?: { words: string | null; page: string | null };
}

/** What a plan calls a source that is restricted: a plan is read by more people than may read it. */
export const restrictedSource = 'A restricted source';

export interface ObjectivePicture {
  id: ObjectiveId;
  section: string | null;
  ref: string | null;
  title: string;
  position: number;
  sources: SourceRef[];
  withdrawn: boolean;
  version: number;
}

export interface ActionPicture {
  id: ActionId;
  ref: string;
  objectiveId: ObjectiveId;
  position: number;
  text: string;
  leads: PartyRef[];
  contributors: PartyRef[];
  priority: 'high' | 'medium' | 'low' | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
  sources: SourceRef[];
  due: Due;
  firstDue: Due;
  /** How many different due dates it has had, the first included; 1 where it never changed. */
  dueDateCount: number;
  /** The date was changed here, or the imported paper itself called it revised. */
  revised: boolean;
  /** Days from the first due date to the current one; null where either is not known. */
  slippageDays: number | null;
  claimedRag: Rag | null;
  status: Status | null;
  lastUpdate: LastUpdate | null;
  withdrawn: boolean;
  /** Days past the last day meant, for an action that is neither complete nor withdrawn; else 0. */
  daysOverdue: number;
  version: number;
  updateVersion: number;
  dueVersion: number;
  /** The day from which it stands in the plan; null where that is not known. */
  addedOn: IsoDate | null;
  /** The date that was asked for and that nobody has decided by then. */
  asked: AskedDue | null;
  /** What the overseeing board said last of the date that it has now; null where it said nothing. */
  boardAnswer: BoardAnswer | null;
  /** How it will be tested; 'to be agreed' where it was left open, null where nobody said. */
  test: ActionTest | 'to be agreed' | null;
  testVersion: number;
  /** How many pieces of evidence its updates and its closure rest on. */
  evidenceCount: number;
  closure: ClosurePicture;
  closureVersion: number;
  /** Whether the plan's own table, as members are shown it, still holds it. */
  onTable: boolean;
  tableVersion: number;
}

/** Another due date that somebody asked for. */
export interface AskedDue {
  id: DueRequestId;
  due: Due;
  reason: string;
  effectOnChildren: string;
  on: IsoDate;
  by: UserId | null;
}

/** What a board said of a due date, and where it is minuted. */
export interface BoardAnswer {
  answer: 'approved' | 'not approved';
  board: PartyRef | null;
  minute: string;
  on: IsoDate;
  version: number;
}

/** The test of an action, written when it is opened: what is measured, of whom, and what is enough. */
export interface ActionTest {
  measure: string;
  sample: string | null;
  threshold: string;
  byWhen: IsoDate | null;
}

export interface LastUpdate {
  id: UpdateId;
  effectiveOn: IsoDate;
  by: string | null;
  whatChanged: string;
}
