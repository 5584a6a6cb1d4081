import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, FindingId, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  allProgress,
  progressOf,
  readEvidence,
  readFindings,
  readSources,
  standingLinksOf,
} from '#findings';
import type { CheckedCriterion, CheckedSection, Ground } from '../rules/checks/ground.ts';
import { domainSection } from '../rules/domain-sections.ts';
import { sectionName } from '../rules/narrative/assessment.ts';
import { sectionState } from '../rules/narrative/section-state.ts';
import { readChallenges } from './challenge/read.ts';
import { readAssessment, readAssessmentHeads } from './narrative/read.ts';
import { readEdition, readEditionHeads } from './read-editions.ts';
import { readJudgements, readVerdicts } from './read-judgements.ts';
import { readRounds, readSectionSteps } from './read-sections.ts';

/** Everything that the checks look at, as at a day; who may read it is not asked here. */
export async function readCheckGround(
  tx: Tx,
  authority: AuthorityId,
  today: IsoDate,
): Promise<Ground> {
  const standards = await readStandards(tx, authority, today);
  const findings = (await readFindings(tx, authority, today, 'all')).filter(
    ({ withdrawn, source }) => !withdrawn && !source.withdrawn,
  );
  const sources = (await readSources(tx, authority, today)).filter(
    // One that only a plan named is not registered yet.
    ({ withdrawn, version }) => !withdrawn && version > 0,
  );
  const evidence = await readEvidence(tx, authority, today);
  const links = await standingLinksOf(
    tx,
    authority,
    evidence.map(({ id }) => id),
    today,
  );
  const ids = (relation: 'shows' | 'document of', kind: 'finding' | 'source') =>
    links.filter((one) => one.relation === relation && one.to.kind === kind).map(({ to }) => to.id);
  return {
    ...standards,
    today,
    sections: [...standards.sections, ...(await readNarrativeSections(tx, authority, today))],
    findings,
    sources,
    evidence: evidence.map(({ id, title, goodUntil, withdrawn, classification }) => ({
      id,
      title,
      goodUntil,
      withdrawn,
      restricted: classification === 'restricted',
    })),
    shownFindings: new Set(ids('shows', 'finding') as FindingId[]),
    withDocument: new Set(ids('document of', 'source') as SourceId[]),
    actions: await readActions(tx, authority, today),
    challenges: await readChallenges(tx, authority, { asAt: today }),
  };
}

/** The editions in use, with what stands on each criterion, and the domains of their open rounds. */
async function readStandards(
  tx: Tx,
  authority: AuthorityId,
  today: IsoDate,
): Promise<Pick<Ground, 'criteria' | 'sections'>> {
  const until = { asAt: today };
  const criteria: CheckedCriterion[] = [];
  const sections: CheckedSection[] = [];
  for (const head of await readEditionHeads(tx, authority, until)) {
    const edition =
      head.state === 'in use' ? await readEdition(tx, authority, head.id, until) : null;
    if (edition === null) continue;
    const own = edition.domains.flatMap((domain) => domain.criteria);
    const ids = own.map(({ id }) => id);
    const judgements = await readJudgements(tx, authority, ids, until);
    const verdicts = Map.groupBy(
      await readVerdicts(tx, authority, ids, until),
      ({ criterionId }) => criterionId,
    );
    criteria.push(
      ...own.map((criterion) => ({
        criterion,
        levels: edition.levels,
        judgement: judgements.get(criterion.id) ?? null,
        verdicts: verdicts.get(criterion.id) ?? [],
      })),
    );
    const [round] = await readRounds(tx, authority, [edition.id], until);
    if (round === undefined) continue;
    const domainIds = edition.domains.map(({ id }) => id);
    const steps = await readSectionSteps(tx, authority, domainIds, until);
    for (const { id, title } of edition.domains) {
      const state = domainSection(
        round,
        steps.filter(({ sectionId }) => sectionId === id),
      );
      sections.push({
        ...{ id, postId: state.postId, dueOn: state.dueOn, locked: state.locked },
        title: `${title} (${edition.title}, ${round.name})`,
        href: `/standards/frameworks/${edition.id}/sections/${id}`,
      });
    }
  }
  return { criteria, sections };
}

/** The numbered sections of the newest narrative self-assessment. */
async function readNarrativeSections(
  tx: Tx,
  authority: AuthorityId,
  today: IsoDate,
): Promise<CheckedSection[]> {
  const [head] = await readAssessmentHeads(tx, authority, today);
  const newest = head === undefined ? null : await readAssessment(tx, authority, today, head.id);
  if (newest === null) return [];
  const sections = newest.sections.filter(({ kind }) => kind === 'numbered');
  const ids = sections.map(({ id }) => id);
  const steps = await readSectionSteps(tx, authority, ids, { asAt: today });
  return sections.map((section) => {
    const state = sectionState(steps.filter(({ sectionId }) => sectionId === section.id));
    return {
      ...{ id: section.id, postId: state.postId, dueOn: state.dueOn, locked: state.locked },
      title: `${sectionName(section)} (${newest.title})`,
      href: `/standards/assessments/${newest.id}/sections/${section.id}`,
    };
  });
}

/** Every action of which findings were told; for how long it is done is asked of those that are. */
async function readActions(
  tx: Tx,
  authority: AuthorityId,
  today: IsoDate,
): Promise<Ground['actions']> {
  const told = await allProgress(tx, authority, today);
  const done = told.filter(({ state }) => state === 'done').map(({ id }) => id);
  const since = await progressOf(tx, authority, done, today);
  return told.map((one) => ({ ...one, since: since.get(one.id)?.since ?? one.on }));
}
