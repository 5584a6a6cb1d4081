import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId, type UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, partiesByIds, userNames, type Actor } from '#people';
import {
  readAssessmentFor,
  standingTo,
  standingToWrite,
  type FoundAssessment,
} from '../../actions/narrative/open-assessment.ts';
import type { Forbidden, Locked, NotFound } from '../../actions/outcome.ts';
import type { Section, SectionId } from '../../rules/narrative/assessment.ts';
import type { NarrativeDeps } from './deps.ts';

/** What this person may do on the pages of an assessment. */
export interface Allowed {
  /** Change the document as a whole: its head, its tables, its figures, new sections. */
  change: boolean;
  /** Write in this section. */
  write: (section: SectionId) => boolean;
  /** Hand sections out. */
  assign: boolean;
  /** Return a section, or sign it off. */
  decide: boolean;
  export: boolean;
  create: boolean;
}

export interface Loaded<More> {
  found: FoundAssessment;
  allowed: Allowed;
  /** Names of whoever wrote a text or took a step, and of the posts that sections were handed to. */
  names: ReadonlyMap<string, string>;
  more: More;
}

export const assessmentParams = z.strictObject({ assessment: z.string().max(40) });
export const sectionParams = assessmentParams.extend({ section: z.string().max(40) });

export const earlierDay = {
  title: 'Nothing can be changed on an earlier day',
  text: 'You are looking at how things stood on an earlier day. Go to today to change something.',
};

/**
 * The assessment of a request as its person may read it on the day of the page, with whatever else
 * the page needs from the same snapshot. Null once a problem page was sent: what is absent and what
 * is hidden look alike. `change`: nothing is shown to who may not change it, nor on an earlier day.
 */
export async function loadAssessment<More>(
  { db }: NarrativeDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  more: (tx: Tx, found: FoundAssessment) => Promise<More>,
  needs: 'read' | 'change' | 'export' | SectionId = 'read',
): Promise<Loaded<More> | null> {
  const { actor, asAt, today } = request;
  const params = request.params as { assessment?: string };
  const id = parseId<'assessment'>(params.assessment ?? '');
  const isWriting = needs !== 'read' && needs !== 'export';
  if (isWriting && asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const loaded =
    id === null
      ? null
      : await readInAuthority(db, actor.authorityId, async (tx) => {
          const found = await readAssessmentFor(tx, actor, id, asAt, today);
          if (found === null) return null;
          return {
            found,
            allowed: allowedOn(actor, found, asAt === today),
            names: await namesIn(tx, actor, found),
            more: await more(tx, found),
          };
        });
  if (loaded === null) {
    reply.notFound();
    return null;
  }
  const { allowed } = loaded;
  const granted =
    needs === 'read' ||
    (needs === 'export'
      ? allowed.export
      : needs === 'change'
        ? allowed.change
        : allowed.write(needs));
  if (!granted) {
    reply.problem(403);
    return null;
  }
  return loaded;
}

/** The section of a request within an assessment that was loaded; null once it was answered. */
export function sectionIn(
  reply: FastifyReply,
  { assessment }: FoundAssessment,
  section: string,
): Section | null {
  const id = parseId<'section'>(section);
  const found = assessment.sections.find((one) => one.id === id) ?? null;
  if (found === null) reply.notFound();
  return found;
}

export function allowedOn(actor: Actor, found: FoundAssessment, isToday: boolean): Allowed {
  const at = standingTo(actor, found);
  return {
    change: isToday && may(actor, 'U', 'PLN', {}),
    write: (section) => isToday && may(actor, 'U', 'PLN', standingToWrite(actor, found, section)),
    assign: isToday && may(actor, 'G', 'PLN', at),
    decide: isToday && may(actor, 'A', 'PLN', at),
    export: may(actor, 'E', 'PLN', at),
    create: isToday && may(actor, 'C', 'PLN'),
  };
}

async function namesIn(
  tx: Tx,
  { authorityId }: Actor,
  { assessment, states }: FoundAssessment,
): Promise<Map<string, string>> {
  const all = [...states.values()];
  const writers = [...assessment.sections, ...assessment.rows].map(({ written }) => written.by);
  const users = [...writers, ...all.map(({ by }) => by)].filter((id): id is UserId => id !== null);
  const posts = all.flatMap(({ postId }) => postId ?? []);
  const [people, parties] = [
    await userNames(tx, authorityId, [...new Set(users)]),
    await partiesByIds(tx, authorityId, [...new Set(posts)]),
  ];
  return new Map<string, string>([
    ...people,
    ...[...parties].map(([id, { name }]): [string, string] => [id, name]),
  ]);
}

/** Answers what a deed refused as a whole: hidden and absent look alike. */
export function answerOf(
  reply: FastifyReply,
  outcome: NotFound | Forbidden | Locked,
): FastifyReply {
  switch (outcome.kind) {
    case 'not-found':
      return reply.notFound();
    case 'forbidden':
      return reply.problem(403);
    case 'locked':
      return reply.problem(409, {
        title: 'This section is locked',
        text: 'It waits to be signed off, or was signed off. Whoever signs it off can return it or open it again.',
      });
  }
}
