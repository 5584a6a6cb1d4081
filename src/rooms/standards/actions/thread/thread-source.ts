import type { AssessmentId, CriterionId, EditionId, JudgementId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ThreadSource, ToldItem } from '#findings';
import type { Actor } from '#people';
import { sectionName, type SectionId } from '../../rules/narrative/assessment.ts';
import type { Criterion, Judgement } from '../../rules/picture.ts';
import {
  toldCriterion,
  toldJudgement,
  toldSection,
  type CriterionStory,
  type CriterionTold,
  type SaidOf,
} from '../../rules/thread/told.ts';
import { judgementsOfLines } from '../../store/judgements-of-lines.ts';
import { assessmentOfSection } from '../../store/narrative/read.ts';
import { criteriaByIds, readEditionHeads } from '../../store/read-editions.ts';
import {
  judgementById,
  judgementsByIds,
  readJudgementHistory,
  readVerdicts,
} from '../../store/read-judgements.ts';
import { readSectionSteps } from '../../store/read-sections.ts';
import { readAssessmentFor } from '../narrative/open-assessment.ts';
import { readEditionFor, type EditionPicture } from '../open-edition.ts';
import { actionsOfCriteria } from '../open-judgement.ts';

type Days = Parameters<ThreadSource['tell']>[2];
type Items = Parameters<ThreadSource['tell']>[3];

/** The addresses of what threads tell of: the pages of this room give them. */
export interface ThreadLinks {
  criterion: (id: string) => string;
  section: (edition: string, domain: string) => string;
  narrativeSection: (assessment: string, section: string) => string;
}

/** What standards tell of criteria, judgements and narrative sections in threads. */
export const standardsThreads = (links: ThreadLinks): ThreadSource => ({
  kinds: ['criterion', 'judgement', 'section'],
  // A criterion is told with its judgements, and a judgement with its criterion: no link joins them.
  partsOf: async (tx, { authorityId }, { kind, id }) => {
    if (kind === 'judgement') {
      const judgement = await judgementById(tx, authorityId, id as JudgementId);
      return judgement === null ? [] : [{ kind: 'criterion', id: judgement.criterionId }];
    }
    if (kind !== 'criterion') return [];
    const line = await judgementsOfLines(tx, authorityId, [id as CriterionId]);
    const earlier = new Set<string>(line.map(({ criterionId }) => criterionId));
    earlier.delete(id);
    return [
      ...[...earlier].map((one) => ({ kind: 'criterion' as const, id: one })),
      ...line.flatMap(({ judgementId }) =>
        judgementId === null ? [] : [{ kind: 'judgement' as const, id: judgementId }],
      ),
    ];
  },
  tell: async (tx, actor, days, items) => [
    ...(await tellCriteria(tx, actor, days, items, links)),
    ...(await tellSections(tx, actor, days, items, links)),
  ],
});

async function tellCriteria(
  tx: Tx,
  actor: Actor,
  { asAt, today }: Days,
  items: Items,
  links: ThreadLinks,
): Promise<ToldItem[]> {
  const { authorityId } = actor;
  const judged = await judgementsByIds(
    tx,
    authorityId,
    items.flatMap(({ kind, id }) => (kind === 'judgement' ? [id as JudgementId] : [])),
  );
  const asked = items.flatMap(({ kind, id }) => (kind === 'criterion' ? [id as CriterionId] : []));
  const criterionIds = [...new Set([...asked, ...judged.map((one) => one.criterionId)])];
  if (criterionIds.length === 0) return [];
  const line = await judgementsOfLines(tx, authorityId, criterionIds);
  const all = [...new Set(line.map((one) => one.criterionId))];
  const criteria = new Map(
    (await criteriaByIds(tx, authorityId, all)).map((one) => [one.id, one] as const),
  );
  const told = await toldAs(tx, actor, { asAt }, [...criteria.values()], links);
  const withCriterion = <One extends { criterionId: CriterionId }>(one: One) => {
    const criterion = told.get(one.criterionId);
    return criterion === undefined ? [] : [{ ...one, criterion }];
  };
  const judgements = (await readJudgementHistory(tx, authorityId, all, { asAt })).flatMap(
    withCriterion,
  );
  const verdicts = (await readVerdicts(tx, authorityId, all, { asAt })).flatMap(withCriterion);
  const answers = await actionsOfCriteria(tx, authorityId, criterionIds, asAt);
  const pictures = await picturesOf(tx, actor, { asAt, today }, [
    ...new Set(criterionIds.flatMap((id) => criteria.get(id)?.editionId ?? [])),
  ]);
  const steps = Map.groupBy(
    await readSectionSteps(
      tx,
      authorityId,
      criterionIds.flatMap((id) => criteria.get(id)?.domainId ?? []),
      { asAt },
    ),
    ({ sectionId }) => sectionId,
  );
  const tellable = new Map<CriterionId, ToldItem>();
  for (const id of criterionIds) {
    const criterion = criteria.get(id);
    const as = told.get(id);
    const picture = criterion && pictures.get(criterion.editionId);
    if (criterion === undefined || as === undefined || picture === undefined) continue;
    const { edition } = picture;
    const domain = edition.domains.find((one) => one.id === criterion.domainId);
    const ofLine = new Set(line.flatMap((one) => (one.of === id ? [one.criterionId] : [])));
    const story: CriterionStory = {
      criterion: as,
      judgements: judgements.filter((one) => ofLine.has(one.criterionId)),
      verdicts: verdicts.filter((one) => ofLine.has(one.criterionId)),
      section: {
        title: domain?.title ?? '',
        steps: steps.get(criterion.domainId) ?? [],
        link: links.section(edition.id, criterion.domainId),
      },
      inUseSince: edition.state === 'in use' ? edition.since : null,
      answered: answers.has(id),
    };
    tellable.set(id, toldCriterion(story, asAt));
  }
  return [
    ...asked.flatMap((id) => tellable.get(id) ?? []),
    ...judged.flatMap((one) => tellJudgement(one, judgements, tellable, asked)),
  ];
}

/** A judgement that stands says what is missing on its criterion, where that is not told itself. */
function tellJudgement(
  { id, criterionId }: Judgement,
  judgements: readonly SaidOf<Judgement>[],
  tellable: ReadonlyMap<CriterionId, ToldItem>,
  asked: readonly CriterionId[],
): ToldItem[] {
  const judgement = judgements.find((one) => one.id === id);
  const criterion = tellable.get(criterionId);
  if (judgement === undefined || criterion === undefined) return [];
  const stands = judgements.find((one) => one.criterionId === criterionId)?.id === id;
  return [toldJudgement(judgement, stands && !asked.includes(criterionId) ? criterion.gaps : [])];
}

async function toldAs(
  tx: Tx,
  { authorityId }: Actor,
  { asAt }: Pick<Days, 'asAt'>,
  criteria: readonly Criterion[],
  links: ThreadLinks,
): Promise<Map<CriterionId, CriterionTold>> {
  const editionIds = [...new Set(criteria.map(({ editionId }) => editionId))];
  const heads = await readEditionHeads(tx, authorityId, { asAt }, editionIds);
  const headOf = new Map(heads.map((head) => [head.id, head]));
  const told = new Map<CriterionId, CriterionTold>();
  for (const { id, ref, editionId } of criteria) {
    const head = headOf.get(editionId);
    if (head === undefined) continue;
    const { title, levels } = head;
    told.set(id, { id, ref, title, levels, link: links.criterion(id) });
  }
  return told;
}

/** Each edition as this person may read it; one that they may not know of is left out. */
async function picturesOf(
  tx: Tx,
  actor: Actor,
  { asAt, today }: Days,
  ids: readonly EditionId[],
): Promise<Map<EditionId, EditionPicture>> {
  const pictures = new Map<EditionId, EditionPicture>();
  for (const id of ids) {
    const picture = await readEditionFor(tx, actor, id, asAt, today);
    if (picture !== null) pictures.set(id, picture);
  }
  return pictures;
}

async function tellSections(
  tx: Tx,
  actor: Actor,
  { asAt, today }: Days,
  items: Items,
  links: ThreadLinks,
): Promise<ToldItem[]> {
  const ids = items.flatMap(({ kind, id }) => (kind === 'section' ? [id as SectionId] : []));
  const told: ToldItem[] = [];
  const within = new Map<AssessmentId, SectionId[]>();
  for (const id of ids) {
    const assessmentId = await assessmentOfSection(tx, actor.authorityId, id);
    if (assessmentId === null) continue;
    within.set(assessmentId, [...(within.get(assessmentId) ?? []), id]);
  }
  for (const [assessmentId, sectionIds] of within) {
    const found = await readAssessmentFor(tx, actor, assessmentId, asAt, today);
    if (found === null) continue;
    const { assessment } = found;
    const steps = await readSectionSteps(tx, actor.authorityId, sectionIds, { asAt });
    for (const section of assessment.sections) {
      const { id } = section;
      if (!sectionIds.includes(id)) continue;
      told.push(
        toldSection(
          {
            id,
            name: sectionName(section),
            title: assessment.title,
            steps: steps.filter(({ sectionId }) => sectionId === id),
            link: links.narrativeSection(assessmentId, id),
          },
          asAt,
        ),
      );
    }
  }
  return told;
}
