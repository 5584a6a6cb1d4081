import type { FindingId, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  appendFindings,
  appendFindingVersions,
  linkItems,
  readFindings,
  type FindingContent,
  type Writing,
  type WrittenFact,
} from '#findings';
import type { Point, PointKind, Section, SectionId } from '../../rules/narrative/assessment.ts';

/** A strength or an area for development as a form or a file gives it. */
export interface GivenPoint {
  /** The point that it is; null: a new one. */
  findingId: FindingId | null;
  kind: PointKind;
  /** Empty: the point is taken out. */
  words: string;
}

type Place = Pick<Section, 'number' | 'title'>;

/** A point as the register keeps it: where it stands, and its place in the order of the document. */
export function pointContent(
  section: Place,
  kind: PointKind,
  words: string,
  index: number,
): FindingContent {
  const number = Number.parseInt(section.number ?? '0', 10);
  return {
    kind,
    ref: null,
    position: number * 1000 + (kind === 'strength' ? 0 : 500) + index,
    words,
    page: null,
    paragraph: section.number === null ? null : `Section ${section.number}`,
    area: section.title.slice(0, 200),
    leadId: null,
    reportsToId: null,
    themeIds: [],
    wordsToShare: null,
    withdrawn: false,
    reason: null,
  };
}

/** Adds points to a section: findings of the assessment's source, each drawn from the section. */
export async function addPoints(
  tx: Tx,
  writing: Writing,
  sourceId: SourceId,
  sectionId: SectionId,
  contents: readonly FindingContent[],
): Promise<{ ids: FindingId[]; written: WrittenFact[] }> {
  if (contents.length === 0) return { ids: [], written: [] };
  const added = await appendFindings(
    tx,
    writing,
    sourceId,
    contents.map((content) => ({ submissionId: null, content })),
  );
  const ids = added.ids.filter((id) => id !== null);
  const links = await linkItems(
    tx,
    writing,
    ids.map((id) => ({
      from: { kind: 'section', id: sectionId },
      to: { kind: 'finding', id },
      relation: 'drawn from',
    })),
  );
  return { ids, written: [...added.written, ...links] };
}

/**
 * Writes the points of a section as they are given, in their order: new ones are added, others
 * changed or taken out; what people said of a finding elsewhere (lead, themes) stays as it is.
 */
export async function writePoints(
  tx: Tx,
  writing: Writing,
  sourceId: SourceId,
  sectionId: SectionId,
  section: Place,
  before: readonly Point[],
  given: readonly GivenPoint[],
): Promise<WrittenFact[]> {
  const placed = placedPoints(section, given);
  const kept = before.filter(({ findingId }) => given.some((one) => one.findingId === findingId));
  const pictures = new Map(
    (
      await readFindings(tx, writing.authority, writing.effectiveOn, {
        findingIds: kept.map(({ findingId }) => findingId),
      })
    ).map((one) => [one.id, one]),
  );
  const versions = kept.flatMap((point) => {
    const picture = pictures.get(point.findingId);
    const wanted = placed.find(({ findingId }) => findingId === point.findingId);
    if (picture === undefined) return [];
    const standing: FindingContent = {
      kind: picture.kind,
      ref: picture.ref,
      position: picture.position,
      words: picture.words,
      page: picture.page,
      paragraph: picture.paragraph,
      area: picture.area,
      leadId: picture.lead?.id ?? null,
      reportsToId: picture.reportsTo?.id ?? null,
      themeIds: picture.themes.map(({ id }) => id),
      wordsToShare: picture.wordsToShare,
      withdrawn: false,
      reason: null,
    };
    const content: FindingContent =
      wanted === undefined
        ? { ...standing, withdrawn: true, reason: 'Taken out of the self-assessment' }
        : {
            ...standing,
            words: wanted.content.words,
            position: wanted.content.position,
            paragraph: wanted.content.paragraph,
            area: wanted.content.area,
          };
    if (JSON.stringify(content) === JSON.stringify(standing)) return [];
    return [{ id: point.findingId, version: picture.version + 1, content }];
  });
  const changed = await appendFindingVersions(tx, writing, versions);
  const fresh = placed.filter(({ findingId }) => findingId === null).map(({ content }) => content);
  const added = await addPoints(tx, writing, sourceId, sectionId, fresh);
  return [...changed, ...added.written];
}

function placedPoints(
  section: Place,
  given: readonly GivenPoint[],
): { findingId: FindingId | null; content: FindingContent }[] {
  const counts: Record<PointKind, number> = { strength: 0, 'area for development': 0 };
  return given
    .filter(({ words }) => words !== '')
    .map(({ findingId, kind, words }) => {
      counts[kind] += 1;
      return { findingId, content: pointContent(section, kind, words, counts[kind]) };
    });
}
