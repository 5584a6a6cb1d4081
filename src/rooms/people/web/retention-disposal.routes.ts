import { z } from 'zod';
import { formatDate, formatInstant } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import {
  decideDisposal,
  isByPeople,
  putForDisposal,
  type DisposalOutcome,
} from '../actions/retention.ts';
import { disposals, dueBy } from '../store/retention.ts';
import { userNames } from '../store/users.ts';
import { recordPages } from './records.pages.ts';
import { recordPaths } from './records.paths.ts';
import type { RecordsDeps } from './records.register.ts';
import { typed } from './shared.ts';

const disposes = { rule: { may: ['D', 'PLN'] } } as const;
const oneId = z.strictObject({ id: typed });

/** What is due for disposal, and the two people that disposing of a plan takes. */
export function addDisposalRoutes(app: App, { db, kinds }: RecordsDeps): void {
  app.get(recordPaths.disposal, { config: disposes }, async (request, reply) => {
    const { actor, today } = request;
    const page = await readInAuthority(db, actor.authorityId, async (tx) => {
      const due = await dueBy(tx, today);
      const all = await disposals(tx, actor.authorityId);
      const people = all.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]);
      const names = await userNames(
        tx,
        actor.authorityId,
        people.filter((id) => id !== null),
      );
      const nameOf = (id: (typeof people)[number]) =>
        (id !== null && names.get(id)) || 'the nightly run';
      const titleOf = async ({ kind, itemId }: { kind: string; itemId: string }) => {
        const of = kinds.find((one) => one.kind === kind);
        const other =
          kind === 'plan' ? 'A plan whose import was undone' : 'A report that is not open to you';
        return (await of?.find(tx, actor, itemId, today))?.title ?? `${other} (${itemId})`;
      };
      const waiting = all.filter((one) => isByPeople(one.kind) && one.agreed === null);
      const listed = [];
      for (const one of due.filter(({ kind }) => isByPeople(kind))) {
        const asked = waiting.find(({ itemId }) => itemId === one.itemId);
        listed.push({
          id: asked?.id ?? one.itemId,
          title: await titleOf(one),
          since: `Due since ${formatDate(one.dueOn)}`,
          held: one.held,
          asked:
            asked === undefined
              ? null
              : `Put forward by ${nameOf(asked.askedBy)} on ${formatInstant(asked.askedAt)}`,
          mayAgree: asked !== undefined && asked.askedBy !== actor.userId,
        });
      }
      const others = due.filter(({ kind }) => !isByPeople(kind));
      return {
        listed,
        byItself: others.filter(({ held }) => !held).length,
        held: others.filter(({ held }) => held).length,
        done: all.flatMap((one) =>
          one.doneAt === null || !isByPeople(one.kind)
            ? []
            : [
                `A ${one.kind} of ${String(one.facts ?? 0)} records, disposed of on ${formatInstant(one.doneAt)}. ${nameOf(one.askedBy)} put it forward, ${nameOf(one.decidedBy)} agreed`,
              ],
        ),
      };
    });
    return reply.page('rooms/people/web/retention-disposal.njk', {
      title: 'Due for disposal',
      subNavigation: recordPages(actor, recordPaths.disposal),
      ...page,
      action: recordPaths.disposal,
    });
  });

  app.post(
    recordPaths.disposal,
    { config: disposes, schema: { body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const form = readForm(oneId, request.body);
      const id = form.ok ? parseId<'plan'>(form.value.id) : null;
      if (id === null) return reply.notFound();
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        putForDisposal(tx, actor, id, today),
      );
      return answered(outcome);

      function answered(of: DisposalOutcome) {
        const wrong = problemOf(of);
        if (wrong === 404) return reply.notFound();
        if (wrong !== null) return reply.problem(409, wrong);
        reply.notice('Put forward. It goes for good once another person agrees.');
        return reply.redirect(recordPaths.disposal, 303);
      }
    },
  );

  for (const answer of ['agree', 'keep'] as const) {
    app.post(
      `${recordPaths.disposal}/${answer}`,
      {
        config: answer === 'agree' ? { ...disposes, stepUp: true } : disposes,
        schema: { body: anyForm },
      },
      async (request, reply) => {
        const { actor, today } = request;
        const form = readForm(oneId, request.body);
        const id = form.ok ? parseId<'disposal'>(form.value.id) : null;
        if (id === null) return reply.notFound();
        const outcome = await inAuthority(db, actor.authorityId, (tx) =>
          decideDisposal(tx, actor, id, answer === 'agree', today),
        );
        const wrong = problemOf(outcome);
        if (wrong === 404) return reply.notFound();
        if (wrong !== null) return reply.problem(409, wrong);
        reply.notice(
          outcome.kind === 'disposed' ? 'It is gone for good.' : 'It stays. Nothing was deleted.',
        );
        return reply.redirect(recordPaths.disposal, 303);
      },
    );
  }
}

/** Why nothing was done, as a page says it; null where it was done. */
function problemOf(outcome: DisposalOutcome): { title: string; text: string } | 404 | null {
  switch (outcome.kind) {
    case 'not-found':
      return 404;
    case 'not-due':
      return { title: 'This is not due', text: 'Its time is not over, or it is gone already.' };
    case 'held':
      return { title: 'A hold keeps this', text: 'Nothing goes until the hold is lifted.' };
    case 'forbidden':
      return {
        title: 'You cannot do this alone',
        text: 'Disposing of a plan takes two people: who put it forward and another.',
      };
    case 'decided-already':
      return {
        title: 'Somebody was quicker',
        text: 'It was put forward or decided while you were looking. Nothing more was done.',
      };
    case 'put-forward':
    case 'disposed':
    case 'kept':
      return null;
  }
}
