import type { Generated } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, EvidenceId, FileId, Id, SourceId, UserId } from '#kernel/ids.ts';

export const sourceKinds = [
  'inspection',
  'case audit',
  'thematic audit',
  'learning review',
  'practice review',
  'survey',
  'complaints',
  'self-assessment',
  'peer challenge',
  'board',
  'committee',
  'legislation',
  'other',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

interface Fact {
  authority_id: AuthorityId;
  recorded_at: Generated<Date>;
  recorded_by: UserId | null;
}

interface FindingTables {
  source: Fact & {
    id: SourceId;
    kind: SourceKind;
    title: string;
    title_key: string;
    body: string | null;
    dated_on: IsoDate | null;
  };
  source_link: Fact & {
    id: Id<'source link'>;
    source_id: SourceId;
    target_kind: 'objective' | 'action';
    target_id: string;
    words: string | null;
    page: string | null;
    effective_on: IsoDate;
  };
  source_link_end: Fact & {
    id: Id<'source link end'>;
    source_link_id: Id<'source link'>;
    effective_on: IsoDate;
  };
  stored_file: Fact & {
    id: FileId;
    name: string;
    media_type: string;
    size_bytes: number;
    sha256: string;
  };
  file_chunk: { authority_id: AuthorityId; file_id: FileId; n: number; bytes: Buffer };
  evidence: Fact & {
    id: EvidenceId;
    kind: 'link' | 'note' | 'file';
    title: string;
    url: string | null;
    file_id: FileId | null;
  };
}

declare module '#platform/db/tables.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this room's tables join the others
  interface Tables extends FindingTables {}
}
