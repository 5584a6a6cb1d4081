import { addMonths, daysBetween, formatDate, type IsoDate } from '#kernel/dates.ts';
import {
  dayOfSource,
  type FindingPicture,
  type FindingState,
  type LinkedAction,
  type SourcePicture,
} from '#findings';
import { isOwnWordAlone, oldAfterDays } from '../../rules/freshness.ts';
import type { RestKind } from '../../rules/kinds.ts';
import type { CriterionId } from '#kernel/ids.ts';
import type { Edition, Judgement } from '../../rules/picture.ts';
import { countLevels, countsInWords } from '../../rules/position.ts';
import { ageInWords, restNames } from '../../rules/words.ts';

/**
 * The annual self-evaluation: the inspectorate's three questions, answered from the registers. Each
 * statement says on what it rests and how old that is; what people add stands beside it.
 */
export const questions = [
  {
    number: 1,
    text: 'What do you know about the quality and impact of practice?',
    short: 'What we know',
  },
  { number: 2, text: 'How do you know it?', short: 'How we know it' },
  {
    number: 3,
    text: 'What are your plans for the next 12 months?',
    short: 'Our plans',
  },
] as const;
export type QuestionNumber = (typeof questions)[number]['number'];

/** One thing that a statement rests on. */
export interface Ground {
  text: string;
  /** The address of its page; null where it has none. */
  href: string | null;
  /** Its own day, by which it is old or new; null where nobody said. */
  on: IsoDate | null;
}

export interface Statement {
  text: string;
  restsOn: Ground[];
  /** How many more it rests on than are named. */
  more: number;
  /** "3 days to 14 months old"; that nothing is dated; that it rests on nothing. */
  age: string;
  /** All that it rests on is more than a year old, or it rests on nothing. */
  isWeak: boolean;
}

/** What the evaluation is drawn from: only what its reader may read. */
export interface EvaluationGround {
  asAt: IsoDate;
  findings: readonly FindingPicture[];
  sources: readonly SourcePicture[];
  editions: readonly { edition: Edition; judgements: ReadonlyMap<CriterionId, Judgement> }[];
}

/** How far ahead the third question looks. */
export const plannedMonths = 12;
const namedAtMost = 6;

/** The answers to each question that follow from the registers. */
export function evaluate(ground: EvaluationGround): Record<QuestionNumber, Statement[]> {
  return { 1: known(ground), 2: knownBy(ground), 3: planned(ground) };
}

function known(ground: EvaluationGround): Statement[] {
  const { asAt, editions } = ground;
  const standing = standingFindings(ground);
  const strengths = standing.filter(({ kind }) => kind === 'strength');
  const others = standing.filter(({ kind }) => kind !== 'strength');
  const by = (states: readonly FindingState[]) =>
    others.filter(({ derived }) => states.includes(derived.state));
  const [better, changed] = [by(['better for children']), by(['practice changed'])];
  const [undone, regressed] = [by(['open', 'planned', 'in progress']), by(['regressed'])];
  return [
    ...editions.flatMap(({ edition, judgements }) => judged(edition, judgements, asAt)),
    ...about(
      strengths.length,
      asAt,
      strengths,
      (n) => `${n} of what was said of us ${n === 1 ? 'is a strength' : 'are strengths'}.`,
    ),
    ...about(
      better.length,
      asAt,
      better,
      (n) =>
        `${n} ${n === 1 ? 'finding has' : 'findings have'} led to something better for children, tested.`,
    ),
    ...about(
      changed.length,
      asAt,
      changed,
      (n) =>
        `${n} ${n === 1 ? 'finding has' : 'findings have'} changed practice; whether children are better for it is not shown yet.`,
    ),
    ...about(
      undone.length,
      asAt,
      undone,
      (n) => `${n} ${n === 1 ? 'finding asks' : 'findings ask'} for work that is not done.`,
    ),
    ...about(
      regressed.length,
      asAt,
      regressed,
      (n) => `${n} ${n === 1 ? 'finding' : 'findings'} that had been put right failed again.`,
    ),
  ];
}

/** What was judged against an edition, and how much of it is the service's word alone. */
function judged(
  edition: Edition,
  judgements: ReadonlyMap<CriterionId, Judgement>,
  asAt: IsoDate,
): Statement[] {
  const criteria = edition.domains.flatMap((domain) => domain.criteria);
  const found = criteria.flatMap((criterion) => {
    const judgement = judgements.get(criterion.id);
    return judgement === undefined ? [] : [{ criterion, judgement }];
  });
  if (found.length === 0) return [];
  const grounds = (all: typeof found): Ground[] =>
    all.map(({ criterion, judgement }) => ({
      text: `${criterion.ref} ${criterion.text}`,
      href: `/standards/criteria/${criterion.id}`,
      on: judgement.effectiveOn,
    }));
  const counts = countLevels(criteria, judgements, edition.levels);
  const alone = found.filter(({ judgement }) => isOwnWordAlone(judgement, edition.levels));
  return [
    statement(`${edition.title}, ${edition.label}: ${countsInWords(counts)}`, grounds(found), asAt),
    ...(alone.length === 0
      ? []
      : [
          statement(
            `${alone.length} of them ${alone.length === 1 ? 'rests' : 'rest'} on the service’s own word alone.`,
            grounds(alone),
            asAt,
          ),
        ]),
  ];
}

function knownBy({ asAt, sources, editions }: EvaluationGround): Statement[] {
  const yearAgo = addMonths(asAt, -12);
  const standing = sources.filter(({ withdrawn, version }) => !withdrawn && version > 0);
  const fresh = standing.filter((source) => dayOfSource(source) > yearAgo);
  const kinds = [...Map.groupBy(fresh, ({ kind }) => kind)];
  const rests = editions.flatMap(({ judgements }) =>
    [...judgements.values()].flatMap((judgement) =>
      judgement.restsOn.map((rest) => ({ rest, judgement })),
    ),
  );
  const byKind = [...Map.groupBy(rests, ({ rest }) => rest.kind)];
  const old = standing.filter((source) => dayOfSource(source) <= yearAgo);
  return [
    ...kinds.map(([kind, some]) =>
      statement(
        `${some.length} ${some.length === 1 ? 'source' : 'sources'} of the last year ${some.length === 1 ? 'is' : 'are'} of the kind “${kind}”.`,
        some.map(sourceGround),
        asAt,
      ),
    ),
    ...(fresh.length === 0
      ? [statement('No source of the last year stands in the register.', [], asAt)]
      : []),
    ...(old.length === 0
      ? []
      : [
          statement(
            `${old.length} ${old.length === 1 ? 'source is' : 'sources are'} more than a year old.`,
            old.map(sourceGround),
            asAt,
          ),
        ]),
    ...byKind.map(([kind, some]) =>
      statement(
        `Judgements rest ${some.length === 1 ? 'once' : `${some.length} times`} on: ${lower(restNames[kind])}.`,
        some.map(({ rest, judgement }) => ({
          text: rest.words ?? lower(restNames[kind satisfies RestKind]),
          href: `/standards/criteria/${judgement.criterionId}`,
          on: rest.datedOn,
        })),
        asAt,
      ),
    ),
  ];
}

function planned(ground: EvaluationGround): Statement[] {
  const { asAt } = ground;
  const until = addMonths(asAt, plannedMonths);
  const asked = standingFindings(ground).filter(({ kind }) => kind !== 'strength');
  const actions = [
    ...new Map(asked.flatMap((finding) => finding.actions.map((one) => [one.id, one]))).values(),
  ].filter(({ state }) => state === 'planned' || state === 'in progress' || state === 'regressed');
  const due = actions
    .filter(({ dueOn }) => dueOn !== null && dueOn >= asAt && dueOn <= until)
    .sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
  const late = actions.filter(({ dueOn }) => dueOn !== null && dueOn < asAt);
  const undated = actions.filter(({ dueOn }) => dueOn === null);
  const without = asked.filter(
    ({ derived, response }) => derived.state === 'open' && response?.answer !== 'not accepted',
  );
  const action = (one: LinkedAction): Ground => ({
    text: `${one.label} (${one.place}${one.dueOn === null ? '' : `, due ${formatDate(one.dueOn)}`})`,
    href: one.href,
    on: one.toldOn,
  });
  const of = (all: readonly LinkedAction[], text: (n: number) => string): Statement[] =>
    all.length === 0 ? [] : [statement(text(all.length), all.map(action), asAt)];
  return [
    ...of(
      due,
      (n) =>
        `${n} ${n === 1 ? 'action that answers a finding is' : 'actions that answer findings are'} due in the next ${plannedMonths} months.`,
    ),
    ...of(
      late,
      (n) =>
        `${n} ${n === 1 ? 'action is' : 'actions are'} past ${n === 1 ? 'its' : 'their'} date.`,
    ),
    ...of(undated, (n) => `${n} ${n === 1 ? 'action has' : 'actions have'} no date to be held to.`),
    ...about(
      without.length,
      asAt,
      without,
      (n) => `${n} ${n === 1 ? 'finding has' : 'findings have'} no action yet.`,
    ),
  ];
}

const standingFindings = ({ findings }: EvaluationGround): FindingPicture[] =>
  findings.filter(({ withdrawn, source }) => !withdrawn && !source.withdrawn);

function about(
  count: number,
  asAt: IsoDate,
  findings: readonly FindingPicture[],
  text: (count: number) => string,
): Statement[] {
  if (count === 0) return [];
  const grounds = findings.map((finding) => ({
    text: `${finding.words} (${finding.source.title})`,
    href: `/findings/${finding.id}`,
    on: dayOfSource(finding.source),
  }));
  return [statement(text(count), grounds, asAt)];
}

function sourceGround(source: SourcePicture): Ground {
  return { text: source.title, href: `/findings/sources/${source.id}`, on: dayOfSource(source) };
}

/** A statement with the newest of what it rests on, how many more there are, and how old all is. */
function statement(text: string, restsOn: readonly Ground[], asAt: IsoDate): Statement {
  const newest = restsOn.toSorted((a, b) => ((a.on ?? '') < (b.on ?? '') ? 1 : -1));
  const ages = restsOn
    .flatMap(({ on }) => (on === null ? [] : [Math.max(0, daysBetween(on, asAt))]))
    .sort((a, b) => a - b);
  const [least, most] = [ages[0], ages.at(-1)];
  const shown = newest.slice(0, namedAtMost).map((one) => ({ ...one, text: shortened(one.text) }));
  return {
    text,
    restsOn: shown,
    more: restsOn.length - shown.length,
    age: ageText(restsOn.length, least, most),
    isWeak: restsOn.length === 0 || (least !== undefined && least > oldAfterDays),
  };
}

function ageText(grounds: number, least: number | undefined, most: number | undefined): string {
  if (grounds === 0) return 'It rests on nothing in the registers';
  if (least === undefined || most === undefined) return 'Nothing that it rests on has a date';
  const [young, old] = [ageInWords(least), ageInWords(most)];
  return young === old ? young : `${young} to ${old}`;
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
