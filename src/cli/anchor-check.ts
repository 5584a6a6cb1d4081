import type { AuthorityId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { anchorProblems, anchorProblemText, chainAt, listAuthorities } from '#people';
import type { Anchor } from './anchor-file.ts';

/** What the anchors show of one authority. */
export interface AnchoredAuthority {
  authorityId: string;
  authority: string;
  /** How many anchors name it. */
  anchors: number;
  /** In words; empty where every anchored entry stands as it was. */
  problems: string[];
}

/** Holds every anchor, oldest first, against the audit logs as they stand. */
export async function holdAgainst(
  db: Db,
  anchors: readonly Anchor[],
): Promise<AnchoredAuthority[]> {
  const here = await listAuthorities(db);
  const heads = Map.groupBy(
    anchors.flatMap(({ at, authorities }) => authorities.map((one) => ({ at, ...one }))),
    (head) => head.id,
  );
  const found: AnchoredAuthority[] = [];
  for (const [id, anchored] of heads) {
    const latest = anchored.at(-1);
    const standing = here.find((one) => one.id === id);
    const problems =
      standing === undefined
        ? [`It was anchored with ${latest?.seq ?? 0} entries, and there is no such authority now.`]
        : await problemsOf(db, standing.id, anchored);
    const authority = standing?.slug ?? latest?.slug ?? id;
    found.push({ authorityId: id, authority, anchors: anchored.length, problems });
  }
  return found;
}

async function problemsOf(
  db: Db,
  id: AuthorityId,
  anchored: readonly { at: string; seq: number; hash: string }[],
): Promise<string[]> {
  const seqs = anchored.map((head) => head.seq);
  const chain = await readInAuthority(db, id, (tx) => chainAt(tx, id, seqs));
  return anchorProblems(anchored, chain).map(anchorProblemText);
}

export function otherInstallation(file: string): string {
  return `${file} was taken of another installation of Sightline, and proves nothing of this one.`;
}
