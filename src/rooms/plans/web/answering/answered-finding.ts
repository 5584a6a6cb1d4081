import type { FastifyRequest } from 'fastify';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FormValues } from '#platform/web/forms.ts';
import {
  findingKindName,
  listSources,
  mayWithFinding,
  readableFinding,
  type FindingPicture,
} from '#findings';
import { sourceValues } from '../edit/sources.ts';
import type { PlanDeps } from '../deps.ts';
import type { Answered, AnsweredToAdd } from './answered.ts';
import { answeringPaths } from './paths.ts';

/**
 * The finding that a new action is to answer, for whoever may change both: null where the form
 * names none, 'absent' where this person may not change it or there is none.
 */
export async function findingToAnswer(
  { db }: PlanDeps,
  { actor, today }: FastifyRequest,
  named: FormValues[string] | undefined,
): Promise<AnsweredToAdd | null | 'absent'> {
  if (named === undefined || named === '') return null;
  const id = typeof named === 'string' ? parseId<'finding'>(named) : null;
  if (id === null) return 'absent';
  return await readInAuthority(db, actor.authorityId, async (tx) => {
    const readable = await readableFinding(tx, actor, { asAt: today, today }, id);
    if (readable?.access !== 'whole' || !mayWithFinding(actor, 'U', readable.finding)) {
      return 'absent' as const;
    }
    const { finding } = readable;
    // Plans know a source by the title under which one of them named it first.
    const known = await listSources(tx, actor.authorityId, { restricted: true });
    const title = known.find((one) => one.id === finding.source.id)?.title ?? '';
    return { ...toldFinding(finding), values: valuesFrom(finding, title) };
  });
}

/** What pages of plans say of a finding. They are read by more people than a restricted one is. */
export function toldFinding(finding: FindingPicture): Answered {
  const isRestricted = finding.source.classification === 'restricted';
  const where = [
    finding.page === null ? null : `page ${finding.page}`,
    finding.paragraph === null ? null : `paragraph ${finding.paragraph}`,
  ].filter((part) => part !== null);
  return {
    item: { kind: 'finding', id: finding.id },
    kind: `${findingKindName(finding.kind)}${finding.ref === null || isRestricted ? '' : ` ${finding.ref}`}`,
    source: isRestricted ? 'a restricted source' : `“${finding.source.title}”`,
    where: isRestricted || where.length === 0 ? '' : `, ${where.join(', ')}`,
    words: isRestricted ? finding.wordsToShare : finding.words,
    href: answeringPaths.finding(finding.id),
    back: 'Back to the finding',
    paths: {
      link: answeringPaths.linkFinding(finding.id),
      add: answeringPaths.newForFinding(finding.id),
      end: (action) => answeringPaths.endFinding(finding.id, action),
    },
  };
}

function valuesFrom(finding: FindingPicture, title: string): FormValues {
  const told = toldFinding(finding);
  const { source, page, lead } = finding;
  const isRestricted = source.classification === 'restricted';
  return {
    text: told.words ?? '',
    leads: lead === null ? [] : [lead.name],
    ...(isRestricted ? {} : sourceValues([{ id: source.id, title, words: finding.words, page }])),
  };
}
