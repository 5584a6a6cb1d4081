import type { IsoDate } from '#kernel/dates.ts';
import { newId, type FindingId, type SourceId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { appendFindings, appendSource, type FindingContent, type SourceContent } from '#findings';
import { recordFacts, type Actor } from '#people';

export interface MadeSource {
  sourceId: SourceId;
  findingIds: [FindingId, ...FindingId[]];
}

/** A source that this person registered on that day, with these findings or one recommendation. */
export async function makeSource(
  db: Db,
  actor: Actor,
  on: IsoDate,
  source: Partial<SourceContent> = {},
  findings: readonly Partial<FindingContent>[] = [{}],
): Promise<MadeSource> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: on };
    const content = { ...anySource, title: `Inspection ${newId()}`, ...source };
    const made = await appendSource(tx, writing, content);
    if (made === null) throw new Error('The test source stands already');
    const given = findings.map((one, index) => ({
      submissionId: null,
      content: { ...anyFinding, ref: String(index + 1), position: index + 1, ...one },
    }));
    const { ids, written } = await appendFindings(tx, writing, made.sourceId, given);
    await recordFacts(tx, actor.userId, 'registered a source', [...made.written, ...written]);
    return { sourceId: made.sourceId, findingIds: ids as MadeSource['findingIds'] };
  });
}

const anySource: SourceContent = {
  kind: 'inspection',
  title: '',
  body: 'Ofsted',
  reference: null,
  visitFrom: null,
  visitTo: null,
  publishedOn: null,
  receivedOn: null,
  overall: null,
  overallIs: 'none given',
  grades: [],
  summary: null,
  classification: 'public',
  withdrawn: false,
  reason: null,
};

const anyFinding: FindingContent = {
  kind: 'recommendation',
  ref: '1',
  position: 1,
  words: 'Write up every visit within two days',
  page: '4',
  paragraph: '12',
  area: null,
  leadId: null,
  reportsToId: null,
  themeIds: [],
  wordsToShare: null,
  withdrawn: false,
  reason: null,
};
