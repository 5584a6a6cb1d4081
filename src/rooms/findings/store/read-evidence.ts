import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, EvidenceId, FileId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { EvidencePicture, EvidenceVersion } from '../rules/evidence.ts';
import './tables.ts';

interface Row extends Omit<EvidenceVersion, 'file'> {
  id: EvidenceId;
  kind: EvidencePicture['kind'];
  fileId: FileId | null;
  fileName: string | null;
  sizeBytes: number | null;
  sha256: string | null;
}

/**
 * Every state of these pieces of evidence, or of all, that held by the end of a day, by piece and in
 * the order of their days: what was first given is version 1, and stands from the first day on which
 * it shows something.
 */
export async function evidenceHistory(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  only?: readonly EvidenceId[],
): Promise<Map<EvidenceId, (EvidenceVersion & { kind: EvidencePicture['kind'] })[]>> {
  if (only?.length === 0) return new Map();
  const wanted = only === undefined ? sql`true` : sql`e.id = ${anyOf(only)}`;
  const { rows } = await sql<Row>`
    select state.id, state.kind, state.version, state.day as "on", state.title, state.url,
      state.good_until as "goodUntil", state.classification, state.withdrawn, state.reason,
      state.file_id as "fileId", f.name as "fileName", f.size_bytes as "sizeBytes", f.sha256
    from (
      select e.authority_id, e.id, e.kind, 1 as version,
        least((e.recorded_at at time zone 'Europe/London')::date, (
          select min(l.effective_on) from item_link l
          where l.authority_id = e.authority_id and l.from_id = e.id)) as day, e.title, e.url,
        null::date as good_until, 'internal' as classification, false as withdrawn,
        null as reason, e.file_id
      from evidence e where e.authority_id = ${authority} and ${wanted}
      union all
      select e.authority_id, e.id, e.kind, v.version, v.effective_on, v.title, v.url,
        v.good_until, v.classification, v.withdrawn, v.reason, v.file_id
      from evidence e join evidence_version v
        on v.authority_id = e.authority_id and v.evidence_id = e.id
      where e.authority_id = ${authority} and ${wanted}
    ) state
    left join stored_file f on f.authority_id = state.authority_id and f.id = state.file_id
    where state.day <= ${asAt}
    order by state.id, state.day, state.version`.execute(tx);
  const states = rows.map(({ fileId, fileName, sizeBytes, sha256, ...row }) => ({
    ...row,
    file:
      fileId === null
        ? null
        : { id: fileId, name: fileName ?? '', sizeBytes: sizeBytes ?? 0, sha256: sha256 ?? '' },
  }));
  return Map.groupBy(states, ({ id }) => id);
}

/** These pieces of evidence, or all, as they stood at the end of a day, newest first. */
export async function readEvidence(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  only?: readonly EvidenceId[],
): Promise<EvidencePicture[]> {
  return picturesOf(await evidenceHistory(tx, authority, asAt, only));
}

/** What these histories come to. */
export function picturesOf(
  histories: Awaited<ReturnType<typeof evidenceHistory>>,
): EvidencePicture[] {
  return [...histories]
    .flatMap(([id, states]): EvidencePicture[] => {
      const first = states[0];
      const last = states.at(-1);
      if (first === undefined || last === undefined) return [];
      const { kind, title, url, file, goodUntil, classification, withdrawn, version } = last;
      return [
        {
          ...{ id, kind, title, url, file, goodUntil, classification, withdrawn, version },
          addedOn: first.on,
          changedOn: last.on,
        },
      ];
    })
    .sort((a, b) => b.addedOn.localeCompare(a.addedOn) || a.title.localeCompare(b.title, 'en-GB'));
}

/** The version that the next state of a piece of evidence has: counted over every day. */
export async function nextEvidenceVersion(
  tx: Tx,
  authority: AuthorityId,
  id: EvidenceId,
): Promise<number> {
  const row = await tx
    .selectFrom('evidence_version')
    .select((make) => make.fn.max('version').as('version'))
    .where('authority_id', '=', authority)
    .where('evidence_id', '=', id)
    .executeTakeFirst();
  return ((row?.version as number | null | undefined) ?? 1) + 1;
}
