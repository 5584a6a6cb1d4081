import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, AuthorityId, EditionId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import { readEvidence, readFindings, readSources } from '#findings';
import type { SharedSection } from '../../rules/challenge/picture.ts';
import type { ReadSection, SharedJudgement } from '../../rules/challenge/shared.ts';
import { sectionName, type Assessment, type SectionId } from '../../rules/narrative/assessment.ts';
import { readWords } from '../../rules/narrative/tokens.ts';
import type { Domain, DomainId, Edition, Judgement, Rest } from '../../rules/picture.ts';
import { readAssessment, readAssessmentHeads } from '../narrative/read.ts';
import { readEdition, readEditionHeads } from '../read-editions.ts';
import { readJudgements } from '../read-judgements.ts';

/** What could be shared: every domain of an edition in use, every section of a narrative. */
export interface Shareable {
  within: string;
  sections: (SharedSection & { title: string })[];
}

/** All that a challenge could share on that day, by edition and assessment. */
export async function readShareable(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
): Promise<Shareable[]> {
  const found: Shareable[] = [];
  for (const head of await readEditionHeads(tx, authority, { asAt })) {
    if (head.state !== 'in use') continue;
    const edition = await readEdition(tx, authority, head.id, { asAt });
    if (edition === null) continue;
    const sections = edition.domains.map((domain) => ({
      kind: 'domain' as const,
      id: domain.id,
      title: domainTitle(domain),
    }));
    found.push({ within: editionTitle(edition), sections });
  }
  for (const head of await readAssessmentHeads(tx, authority, asAt)) {
    const assessment = await readAssessment(tx, authority, asAt, head.id);
    if (assessment === null) continue;
    const sections = assessment.sections.map((section) => ({
      kind: 'narrative' as const,
      id: section.id,
      title: sectionName(section),
    }));
    found.push({ within: assessmentTitle(assessment), sections });
  }
  return found.filter(({ sections }) => sections.length > 0);
}

/**
 * These sections as they stood at the end of that day, exactly as reviewers read them, in the
 * order of their documents. What is restricted in the register is not named: of such a finding
 * only its words to share.
 */
export async function readShared(
  tx: Tx,
  authority: AuthorityId,
  shared: readonly SharedSection[],
  on: IsoDate,
): Promise<ReadSection[]> {
  const wanted = new Set(shared.map(({ id }) => id));
  return [
    ...(await readDomains(tx, authority, wanted, on)),
    ...(await readNarratives(tx, authority, wanted, on)),
  ];
}

const domainTitle = ({ ref, title }: Pick<Domain, 'ref' | 'title'>): string =>
  ref === null ? title : `${ref} ${title}`;
const editionTitle = ({ title, label }: Pick<Edition, 'title' | 'label'>): string =>
  `${title}, ${label}`;
const assessmentTitle = ({ title, period }: Pick<Assessment, 'title' | 'period'>): string =>
  title.includes(period) ? title : `${title}, ${period}`;

async function readDomains(
  tx: Tx,
  authority: AuthorityId,
  wanted: ReadonlySet<string>,
  on: IsoDate,
): Promise<ReadSection[]> {
  const editionIds = await editionsOf(tx, authority, [...wanted]);
  const found: ReadSection[] = [];
  for (const editionId of editionIds) {
    const edition = await readEdition(tx, authority, editionId, { asAt: on });
    if (edition === null) continue;
    const domains = edition.domains.filter(({ id }) => wanted.has(id));
    const criteria = domains.flatMap((domain) => domain.criteria);
    const judgements = await readJudgements(
      tx,
      authority,
      criteria.map(({ id }) => id),
      { asAt: on },
    );
    const shown = await showJudgements(tx, authority, [...judgements.values()], on);
    for (const domain of domains) {
      found.push({
        kind: 'domain',
        id: domain.id,
        title: domainTitle(domain),
        within: editionTitle(edition),
        criteria: domain.criteria.map(({ id, ref, text }) => ({
          id,
          ref,
          text,
          judgement: shown.get(id) ?? null,
        })),
        levels: edition.levels,
        text: '',
        points: [],
      });
    }
  }
  return found;
}

async function editionsOf(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<EditionId[]> {
  const rows = await tx
    .selectFrom('domain')
    .select('edition_id as id')
    .distinct()
    .where('authority_id', '=', authority)
    .where('id', '=', anyOf(ids as readonly DomainId[]))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function showJudgements(
  tx: Tx,
  authority: AuthorityId,
  judgements: readonly Judgement[],
  on: IsoDate,
): Promise<Map<Judgement['criterionId'], SharedJudgement>> {
  const rests = judgements.flatMap(({ restsOn }) => restsOn);
  const names = await namesOf(tx, authority, rests, on);
  return new Map(
    judgements.map(({ criterionId, restsOn, effectiveOn, ...judgement }) => [
      criterionId,
      {
        on: effectiveOn,
        progress: judgement.progress,
        level: judgement.level,
        result: judgement.result,
        howMet: judgement.howMet,
        whyNot: judgement.whyNot,
        whatNext: judgement.whatNext,
        due: judgement.due,
        leads: judgement.leads,
        restsOn: restsOn.map((rest) => ({
          kind: rest.kind,
          words: rest.words,
          datedOn: rest.datedOn,
          names: names(rest),
        })),
      },
    ]),
  );
}

/** What of the register a rest names; of what is restricted, nothing but words to share. */
async function namesOf(
  tx: Tx,
  authority: AuthorityId,
  rests: readonly Rest[],
  on: IsoDate,
): Promise<(rest: Rest) => string[]> {
  const sources = await readSources(
    tx,
    authority,
    on,
    rests.flatMap((one) => one.sourceId ?? []),
  );
  const findings = await readFindings(tx, authority, on, {
    findingIds: rests.flatMap((one) => one.findingId ?? []),
  });
  const evidence = await readEvidence(
    tx,
    authority,
    on,
    rests.flatMap((one) => one.evidenceId ?? []),
  );
  const sourceNames = new Map(
    sources.flatMap((one) => (one.classification === 'restricted' ? [] : [[one.id, one.title]])),
  );
  const evidenceTitles = new Map(
    evidence.flatMap((one) => (one.classification === 'restricted' ? [] : [[one.id, one.title]])),
  );
  const findingWords = new Map(
    findings.map((one) => [
      one.id,
      one.source.classification === 'restricted' ? one.wordsToShare : one.words,
    ]),
  );
  return ({ sourceId, findingId, evidenceId }) =>
    [
      sourceId === null ? null : sourceNames.get(sourceId),
      findingId === null ? null : findingWords.get(findingId),
      evidenceId === null ? null : evidenceTitles.get(evidenceId),
    ].flatMap((words) => words ?? []);
}

async function readNarratives(
  tx: Tx,
  authority: AuthorityId,
  wanted: ReadonlySet<string>,
  on: IsoDate,
): Promise<ReadSection[]> {
  const found: ReadSection[] = [];
  for (const id of await assessmentsOf(tx, authority, [...wanted])) {
    const assessment = await readAssessment(tx, authority, on, id);
    if (assessment === null) continue;
    for (const section of assessment.sections.filter((one) => wanted.has(one.id))) {
      found.push({
        kind: 'narrative',
        id: section.id,
        title: sectionName(section),
        within: assessmentTitle(assessment),
        criteria: [],
        levels: [],
        text: plainWords(section.summary, assessment, section.written.at),
        points: await pointsToShare(tx, authority, section.points, on),
      });
    }
  }
  return found;
}

async function assessmentsOf(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<AssessmentId[]> {
  const rows = await tx
    .selectFrom('assessment_section')
    .select('assessment_id as id')
    .distinct()
    .where('authority_id', '=', authority)
    .where('id', '=', anyOf(ids as readonly SectionId[]))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

function plainWords(summary: string, assessment: Assessment, writtenAt: Date): string {
  const sections = assessment.sections.filter(({ kind }) => kind === 'numbered');
  return readWords(summary, { figures: assessment.figures, sections }, writtenAt)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'figure') return piece.note.value;
      return piece.kind === 'section' ? sectionName(piece.section) : piece.token;
    })
    .join('');
}

async function pointsToShare(
  tx: Tx,
  authority: AuthorityId,
  points: Assessment['sections'][number]['points'],
  on: IsoDate,
): Promise<ReadSection['points']> {
  const findings = await readFindings(tx, authority, on, {
    findingIds: points.map(({ findingId }) => findingId),
  });
  return findings.flatMap(({ kind, words, wordsToShare, source }) => {
    const shown = source.classification === 'restricted' ? wordsToShare : words;
    return shown === null ? [] : [{ kind, words: shown }];
  });
}
