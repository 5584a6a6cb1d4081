import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { setRetention } from '../actions/retention.ts';
import { kindsOfRecord, monthsInWords, type KindOfRecord } from '../rules/retention.ts';
import { retentionMonths, retentionRules } from '../store/retention.ts';
import { userNames } from '../store/users.ts';
import { recordPages } from './records.pages.ts';
import { recordPaths, retentionPath } from './records.paths.ts';
import type { RecordsDeps } from './records.register.ts';
import { retentionFormView, retentionView, type KeptKind } from './retention.view.ts';
import { typed } from './shared.ts';

const changes = { rule: { may: ['U', 'USR'] } } as const;
const params = z.strictObject({ kind: z.string().max(40) });
const form = z.strictObject({ months: typed, reason: typed });

/** How long each kind of record is kept: the administrator's page. It holds no content. */
export function addRetentionRoutes(app: App, { db }: RecordsDeps): void {
  app.get(recordPaths.retention, { config: changes }, async (request, reply) => {
    const { actor } = request;
    const kinds = await readInAuthority(db, actor.authorityId, async (tx) => {
      const rules = await retentionRules(tx, actor.authorityId);
      const names = await userNames(
        tx,
        actor.authorityId,
        rules.flatMap(({ setBy }) => setBy ?? []),
      );
      const kept: KeptKind[] = [];
      for (const of of kindsOfRecord) {
        const set = rules.find((rule) => rule.kind === of.kind);
        const by = set?.setBy == null ? 'somebody at the server' : names.get(set.setBy);
        kept.push({
          of,
          months: await retentionMonths(tx, of.kind),
          why:
            set === undefined
              ? `The usual time. ${of.basis}`
              : `${set.reason} (set by ${by ?? 'somebody'} on ${formatInstant(set.setAt)})`,
        });
      }
      return kept;
    });
    return reply.page(
      'rooms/people/web/retention.njk',
      retentionView(kinds, recordPages(actor, recordPaths.retention)),
    );
  });

  app.get(
    retentionPath(':kind'),
    { config: changes, schema: { params } },
    async (request, reply) => {
      const of = kindOf(request.params.kind);
      if (of === undefined) return reply.notFound();
      const { authorityId } = request.actor;
      const months = await readInAuthority(db, authorityId, (tx) => retentionMonths(tx, of.kind));
      const values = { months: String(months), reason: '' };
      return reply.page('rooms/people/web/retention-form.njk', retentionFormView(of, values, []));
    },
  );

  app.post(
    retentionPath(':kind'),
    { config: { ...changes, stepUp: true }, schema: { params, body: anyForm } },
    async (request, reply) => {
      const of = kindOf(request.params.kind);
      if (of === undefined) return reply.notFound();
      const read = readForm(form, request.body);
      if (!read.ok) {
        const view = retentionFormView(of, read.values, read.errors);
        return reply.page('rooms/people/web/retention-form.njk', view, 422);
      }
      const { actor } = request;
      const given = { kind: of.kind, ...read.value };
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        setRetention(tx, actor, given),
      );
      switch (outcome.kind) {
        case 'forbidden':
          return reply.problem(403);
        case 'refused': {
          const view = retentionFormView(of, read.value, outcome.problems);
          return reply.page('rooms/people/web/retention-form.njk', view, 422);
        }
        case 'set':
          reply.notice(
            `${of.name}: kept for ${monthsInWords(Number(read.value.months))} from now on.`,
          );
          return reply.redirect(recordPaths.retention, 303);
      }
    },
  );
}

function kindOf(kind: string): KindOfRecord | undefined {
  return kindsOfRecord.find((one) => one.kind === kind);
}
