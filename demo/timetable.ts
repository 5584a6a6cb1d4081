import { addDays, type IsoDate } from '#kernel/dates.ts';
import { workingDayBefore } from './calendar.ts';
import type {
  ActionStory,
  CouncilStory,
  Happening,
  ObjectiveStory,
  PersonStory,
  FindingStory,
  PlanStory,
  RegisteredStory,
  RegisterStory,
  ReportStory,
  ReviewStory,
  StandardsStory,
  When,
} from './story.ts';

/** One thing that happened, on a day, to be told to the product. */
export type Moment = { day: IsoDate; at: string } & Event;

export type Event =
  | { kind: 'opening' }
  | { kind: 'arrival'; person: PersonStory }
  | { kind: 'departure'; person: PersonStory }
  | { kind: 'plan'; plan: PlanStory }
  | { kind: 'share'; plan: PlanStory; guest: string; reason: string }
  | { kind: 'review'; step: 'open' | 'remind' | 'close'; plan: PlanStory; review: ReviewStory }
  | { kind: 'report'; step: 'begin' | 'finish'; report: ReportStory }
  | { kind: 'themes' | 'same'; register: RegisterStory }
  | { kind: 'source'; register: RegisterStory; source: RegisteredStory }
  | {
      kind: 'response';
      register: RegisterStory;
      finding: FindingStory;
      response: NonNullable<FindingStory['response']>;
    }
  | { kind: 'answered'; register: RegisterStory; finding: FindingStory }
  | { kind: 'framework' | 'handed'; standards: StandardsStory }
  | { kind: 'judged'; standards: StandardsStory; round: StandardsStory['rounds'][number] }
  | { kind: 'verdict'; standards: StandardsStory; verdict: StandardsStory['verdicts'][number] }
  | { kind: 'objective'; plan: PlanStory; objective: ObjectiveStory }
  | { kind: 'action'; plan: PlanStory; objective: ObjectiveStory; action: ActionStory }
  | { kind: 'happening'; plan: PlanStory; action: ActionStory; happening: Happening };

/** A council began to use Sightline that many days before it is looked at. */
const openedDaysAgo = 440;

/**
 * Everything that happened in a council, in order. Each moment has its day, never today or
 * later and never at a weekend, and an instant in working hours in London, as PostgreSQL reads
 * one; the instants rise.
 */
export function timetableOf(council: CouncilStory, today: IsoDate): Moment[] {
  const events: { daysAgo: number; event: Event }[] = [];
  const add = (daysAgo: number, event: Event) => events.push({ daysAgo, event });

  add(openedDaysAgo, { kind: 'opening' });
  for (const person of council.people) {
    add(person.cameDaysAgo ?? openedDaysAgo, { kind: 'arrival', person });
    if (person.leftDaysAgo !== undefined) add(person.leftDaysAgo, { kind: 'departure', person });
  }
  for (const plan of council.plans) {
    add(plan.begunDaysAgo, { kind: 'plan', plan });
    if (plan.shared !== undefined) {
      const { with: guest, reason } = plan.shared;
      add(1, { kind: 'share', plan, guest, reason });
    }
    for (const review of plan.reviews ?? []) {
      const { openedDaysAgo, remindedDaysAgo, closed } = review;
      add(openedDaysAgo, { kind: 'review', step: 'open', plan, review });
      if (remindedDaysAgo !== undefined) {
        add(remindedDaysAgo, { kind: 'review', step: 'remind', plan, review });
      }
      if (closed !== undefined) {
        add(closed.daysAgo, { kind: 'review', step: 'close', plan, review });
      }
    }
    let count = 0;
    for (const objective of plan.objectives) {
      add(plan.begunDaysAgo, { kind: 'objective', plan, objective });
      for (const action of objective.actions) {
        add(action.addedDaysAgo ?? plan.begunDaysAgo, { kind: 'action', plan, objective, action });
        for (const happening of action.history) {
          const daysAgo = daysAgoOf(plan, count, happening.when);
          add(daysAgo, { kind: 'happening', plan, action, happening });
        }
        count += 1;
      }
    }
  }
  for (const report of council.reports ?? []) {
    add(report.begunDaysAgo, { kind: 'report', step: 'begin', report });
    if (report.final !== undefined) {
      add(report.final.daysAgo, { kind: 'report', step: 'finish', report });
    }
  }
  if (council.register !== undefined) addRegister(council.register, add);
  if (council.standards !== undefined) addStandards(council.standards, add);
  const dated = events
    .sort((a, b) => b.daysAgo - a.daysAgo)
    .map(({ daysAgo, event }) => ({
      day: workingDayBefore(addDays(today, -Math.max(daysAgo, 1))),
      event,
    }));
  const byDay = Map.groupBy(dated, (moment) => moment.day);
  return [...byDay].flatMap(([day, moments]) =>
    moments.map(({ event }, index) => ({
      day,
      at: instantOf(day, index, moments.length),
      ...event,
    })),
  );
}

/** Findings are answered by actions once both stand. */
function addRegister(register: RegisterStory, add: (daysAgo: number, event: Event) => void): void {
  add(openedDaysAgo - 2, { kind: 'themes', register });
  for (const source of register.sources) {
    add(source.registeredDaysAgo, { kind: 'source', register, source });
    for (const finding of source.findings) {
      const { response } = finding;
      if (response !== null) {
        add(response.daysAgo, { kind: 'response', register, finding, response });
      }
      if (finding.answeredBy.length > 0) {
        add((response?.daysAgo ?? source.registeredDaysAgo) - 15, {
          kind: 'answered',
          register,
          finding,
        });
      }
    }
  }
  add(100, { kind: 'same', register });
}

function addStandards(
  standards: StandardsStory,
  add: (daysAgo: number, event: Event) => void,
): void {
  const { rounds, verdicts, handed, startedDaysAgo } = standards;
  add(startedDaysAgo, { kind: 'framework', standards });
  for (const round of rounds) add(round.daysAgo, { kind: 'judged', standards, round });
  for (const verdict of verdicts) {
    add(verdict.writtenDaysAgo, { kind: 'verdict', standards, verdict });
  }
  add(handed.daysAgo, { kind: 'handed', standards });
}

/** In a round people write over nine days, each action on its own. */
function daysAgoOf(plan: PlanStory, count: number, when: When): number {
  if (typeof when === 'object') return when.daysAgo;
  const began = plan.rounds[when - 1];
  if (began === undefined) throw new RangeError(`${plan.title} has no round ${when}`);
  return began - ((count * 4) % 9);
}

/** Spread between five past nine and half past four. */
function instantOf(day: IsoDate, index: number, count: number): string {
  const opening = 9 * 3600 + 5 * 60;
  const length = 7 * 3600 + 25 * 60;
  const seconds = opening + Math.floor((length * (index + 0.4)) / count);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} Europe/London`;
}
