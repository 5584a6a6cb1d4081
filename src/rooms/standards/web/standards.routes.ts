import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { fresh, versionIn, wrong } from '#platform/web/form-state.ts';
import { anyForm, optionalText, readForm, typedValues } from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { may } from '#people';
import { mayBringBack } from '../actions/bring-back-edition.ts';
import { setEditionState, shipped, shippedFile, startShipped } from '../actions/frameworks.ts';
import { readEditionFor, readEditionsFor } from '../actions/open-edition.ts';
import { fallsShort } from '../rules/levels.ts';
import { preparedLoads } from '../store/loads.ts';
import { sectionsOfMine } from './my-sections.ts';
import type { StandardsDeps } from './deps.ts';
import { editionQuery, readFilter } from './edition-filter.ts';
import { editionStateView } from './edition-state.view.ts';
import { editionView } from './edition.view.ts';
import { answerRefusal, earlierDay, linker } from './parts.ts';
import { paths, routePaths } from './paths.ts';
import { standardsView } from './standards.view.ts';

const template = 'rooms/standards/web/page.njk';
const stateTemplate = 'rooms/standards/web/edition-state.njk';
const params = z.strictObject({ edition: z.string().max(40) });
const reads = { rule: { may: ['R', 'PLN'] } } as const;
const creates = { rule: { may: ['C', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const keys = shipped.map(({ key }) => key);
const startForm = z.strictObject({ key: z.enum(keys) });
const stateForm = z.strictObject({
  version: z.string().max(20).optional(),
  reason: optionalText(2000),
});

/** The room's first page, the page of an edition, and frameworks that come with the program. */
export function addStandardsRoutes(app: App, deps: StandardsDeps): void {
  app.get(paths.standards(), { config: reads }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const mayCreate = may(actor, 'C', 'PLN');
    const page = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
      const pictures = await readEditionsFor(tx, actor, asAt, today);
      return {
        pictures,
        mine: sectionsOfMine(actor, pictures),
        prepared: mayCreate ? await preparedLoads(tx, actor.authorityId, actor.userId) : [],
      };
    });
    const titles = new Set(page.pictures.map(({ edition }) => edition.title));
    return reply.page(
      template,
      standardsView({
        ...page,
        prepared: page.prepared.map(({ id, reading }) => ({ id, title: reading.title })),
        offered: shipped.filter(({ title }) => !titles.has(title)),
        mayCreate,
        readsAll: may(request.actor, 'R', 'PLN'),
        isToday: asAt === today,
        csrf: request.shell.csrf ?? '',
        link: linker(request),
      }),
    );
  });

  app.get(
    routePaths.shippedFile,
    { config: creates, schema: { params: z.strictObject({ kind: z.enum(keys) }) } },
    (request, reply) => {
      if (!may(request.actor, 'C', 'PLN')) return reply.notFound();
      const key = request.params.kind;
      return sendFile(reply, {
        fileName: `${key}.yaml`,
        mediaType: 'application/yaml',
        bytes: shippedFile(key),
      });
    },
  );

  app.post(
    paths.startShipped(),
    { config: creates, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(startForm, request.body);
      if (!form.ok) return reply.notFound();
      const { key } = form.value;
      const outcome = await startShipped(deps.db, request.actor, request.today, key);
      if (outcome.kind === 'forbidden') return reply.problem(403);
      if (outcome.kind === 'refused') {
        const text = outcome.reasons.map((reason) => reason.text).join(' ');
        return reply.problem(409, { title: 'The framework was not loaded', text });
      }
      reply.notice('The framework is in use. Judge its first criterion when you are ready.');
      return reply.redirect(paths.edition(outcome.editionId), 303);
    },
  );

  app.get(
    routePaths.edition,
    { config: reads, schema: { params, querystring: editionQuery } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const id = parseId<'framework edition'>(request.params.edition);
      const picture =
        id === null
          ? null
          : await readInAuthority(deps.db, actor.authorityId, (tx) =>
              readEditionFor(tx, actor, id, asAt, today),
            );
      if (picture === null) return reply.notFound();
      const { edition, judgements } = picture;
      const isShort = [...judgements.values()].some(({ level }) =>
        fallsShort(edition.levels, level),
      );
      const mayChange = asAt === today && may(actor, 'U', 'PLN');
      const isOpen = mayChange && isShort && edition.state === 'in use';
      return reply.page(
        template,
        editionView({
          picture,
          proposeHref: isOpen ? (deps.answering?.propose(edition.id) ?? null) : null,
          filter: readFilter(request.query, picture.edition.levels),
          mayChange,
          mayExport: may(actor, 'E', 'PLN'),
          mayBringBack: asAt === today && mayBringBack(actor, picture),
          link: linker(request),
        }),
      );
    },
  );

  app.get(
    routePaths.editionState,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      if (asAt !== today) return reply.problem(400, earlierDay);
      const id = parseId<'framework edition'>(request.params.edition);
      const picture =
        id === null
          ? null
          : await readInAuthority(deps.db, actor.authorityId, (tx) =>
              readEditionFor(tx, actor, id, today, today),
            );
      if (picture === null) return reply.notFound();
      if (!may(actor, 'U', 'PLN')) return reply.problem(403);
      return reply.page(stateTemplate, editionStateView(picture.edition, fresh({})));
    },
  );

  app.post(
    routePaths.editionState,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      if (request.asAt !== today) return reply.problem(400, earlierDay);
      const id = parseId<'framework edition'>(request.params.edition);
      const picture =
        id === null
          ? null
          : await readInAuthority(deps.db, actor.authorityId, (tx) =>
              readEditionFor(tx, actor, id, today, today),
            );
      if (id === null || picture === null) return reply.notFound();
      const { edition } = picture;
      const values = typedValues(request.body);
      const form = readForm(stateForm, request.body);
      if (!form.ok) {
        return reply.page(
          stateTemplate,
          editionStateView(edition, wrong(values, form.errors)),
          422,
        );
      }
      const state = edition.state === 'retired' ? 'in use' : 'retired';
      const outcome = await setEditionState(
        deps.db,
        actor,
        today,
        id,
        versionIn(values['version']),
        { state, reason: form.value.reason },
      );
      if (outcome.kind === 'stale') {
        return reply.problem(409, {
          title: 'Somebody changed this while you were looking',
          text: 'Nothing was saved. Open the page again to see how it stands.',
        });
      }
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice(
        state === 'retired' ? 'This edition is retired.' : 'This edition is in use again.',
      );
      return reply.redirect(paths.edition(id), 303);
    },
  );
}
