import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { bothTexts, bothTextsError, type TextPair } from '#platform/web/both-texts.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { anyForm, optionalText, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { userNames } from '#people';
import {
  addSuggestedThemes,
  addTheme,
  changeTheme,
  mayEditThemes,
  mergeTheme,
  withdrawTheme,
  type ThemeOutcome,
} from '../actions/themes.ts';
import type { Theme } from '../rules/picture.ts';
import { countOf } from '../rules/kind-words.ts';
import { themeFacts } from '../store/read-history.ts';
import { answerRefusal, errorsOf, isToday } from './answers.ts';
import type { FindingDeps } from './deps.ts';
import { linker } from './linker.ts';
import { loadThemes } from './load-themes.ts';
import { paths, routePaths } from './paths.ts';
import { withdrawForm } from './source.routes.ts';
import { themeFormView, themesView, themeView, withdrawThemeView } from './themes.view.ts';

const pageTemplate = 'rooms/findings/web/page.njk';
const formTemplate = 'rooms/findings/web/theme-form.njk';
const reasonTemplate = 'rooms/findings/web/reason-form.njk';
const reads = { rule: { may: ['R', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ theme: z.string().max(40) });

const name = requiredText('Enter a name', 200);
const reason = requiredText('Say why, so that people who count later know', 2000);
const version = z.string().max(20);
const newForm = z.strictObject({ name, meaning: optionalText(2000) });
const changeForm = z.strictObject({ version, name, meaning: optionalText(2000), reason });
const mergeForm = z.strictObject({ version, into: requiredText('Choose a theme', 40), reason });

/** The list of themes, each over time, and the forms by which the authority edits it. */
export function addThemeRoutes(app: App, deps: FindingDeps): void {
  app.get(paths.themes(), { config: reads }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const { counted, gone } = await loadThemes(deps, request);
    const mayEdit = mayEditThemes(actor) && asAt === today;
    const { csrf } = request.shell;
    const link = linker(request);
    return reply.page(
      pageTemplate,
      themesView({ themes: counted, gone, mayEdit, csrf, asAt, link }),
    );
  });

  app.get(routePaths.theme, { config: reads, schema: { params } }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const { all, trendOfTheme, findingsOf, mayKnow } = await loadThemes(deps, request);
    const theme = all.find(({ id }) => id === request.params.theme);
    if (theme === undefined || !mayKnow(theme)) return reply.notFound();
    const { history, names } = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
      const history = await themeFacts(tx, actor.authorityId, theme.id, asAt);
      const ids = history.flatMap(({ by }) => by ?? []);
      return { history, names: await userNames(tx, actor.authorityId, [...new Set(ids)]) };
    });
    return reply.page(
      pageTemplate,
      themeView({
        ...{ theme, history, names },
        trend: trendOfTheme(theme.id),
        findings: findingsOf(theme.id),
        mergedInto: all.find(({ id }) => id === theme.mergedInto) ?? null,
        mayEdit: mayEditThemes(actor) && asAt === today,
        link: linker(request),
      }),
    );
  });

  app.post(
    paths.suggestedThemes(),
    { config: changes, schema: { body: anyForm } },
    async (request, reply) => {
      if (!isToday(request, reply)) return reply;
      readForm(z.strictObject({}), request.body);
      const outcome = await addSuggestedThemes(deps.db, request.actor, request.today);
      if (outcome.kind === 'forbidden') return answerRefusal(reply, outcome);
      reply.notice(`${countOf(outcome.added, 'theme')} added. Change the list as you like.`);
      return reply.redirect(paths.themes(), 303);
    },
  );

  app.get(paths.newTheme(), { config: changes }, async (request, reply) => {
    if (!isToday(request, reply)) return reply;
    if (!mayEditThemes(request.actor)) return reply.problem(403);
    const none = { theme: null, version: 0, into: null };
    return reply.page(formTemplate, themeFormView(fresh({}), none));
  });

  app.post(
    paths.newTheme(),
    { config: changes, schema: { body: anyForm } },
    async (request, reply) => {
      if (!isToday(request, reply)) return reply;
      const values = typedValues(request.body);
      const none = { theme: null, version: 0, into: null };
      const again = (state: FormState) => reply.page(formTemplate, themeFormView(state, none), 422);
      const form = readForm(newForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const outcome = await addTheme(deps.db, request.actor, request.today, form.value);
      if (outcome.kind === 'refused') return again(wrong(values, errorsOf(outcome)));
      if (outcome.kind !== 'done') {
        return outcome.kind === 'stale' ? reply.notFound() : answerRefusal(reply, outcome);
      }
      reply.notice(`${form.value.name} is added.`);
      return reply.redirect(paths.themes(), 303);
    },
  );

  app.get(
    routePaths.changeTheme,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply);
      if (ground === null) return reply;
      const { theme } = ground;
      const state = fresh({ name: theme.name, meaning: theme.meaning ?? '' });
      const form = { theme, version: theme.version, into: null };
      return reply.page(formTemplate, themeFormView(state, form));
    },
  );

  app.post(
    routePaths.changeTheme,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply);
      if (ground === null) return reply;
      const { theme } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(formTemplate, themeFormView(state, { theme, version, into: null }), status);
      const form = readForm(changeForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const { name, meaning, reason } = form.value;
      const given = { name, meaning, reason };
      const outcome = await changeTheme(deps.db, actor, today, theme.id, seen, given);
      return settle(reply, outcome, values, again, `${given.name} is saved.`, (standing) => [
        { label: 'Name', theirs: standing.name, yours: given.name },
        { label: 'Meaning', theirs: standing.meaning ?? '', yours: given.meaning ?? '' },
      ]);
    },
  );

  app.get(
    routePaths.mergeTheme,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply);
      if (ground === null) return reply;
      const { theme, others } = ground;
      const form = { theme, version: theme.version, into: others };
      return reply.page(formTemplate, themeFormView(fresh({}), form));
    },
  );

  app.post(
    routePaths.mergeTheme,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply);
      if (ground === null) return reply;
      const { theme, others } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(formTemplate, themeFormView(state, { theme, version, into: others }), status);
      const form = readForm(mergeForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const into = parseId<'theme'>(form.value.into);
      if (into === null) return again(wrong(values, [{ field: 'into', text: 'Choose a theme' }]));
      const { actor, today } = request;
      const given = { into, reason: form.value.reason };
      const outcome = await mergeTheme(deps.db, actor, today, theme.id, seen, given);
      return settle(reply, outcome, values, again, `${theme.name} is merged.`, (standing) => [
        { label: 'Name', theirs: standing.name, yours: theme.name },
      ]);
    },
  );

  app.get(
    routePaths.withdrawTheme,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply);
      if (ground === null) return reply;
      const { theme } = ground;
      const withdraws = !theme.withdrawn && theme.mergedInto === null;
      return reply.page(
        reasonTemplate,
        withdrawThemeView(fresh({}), theme, withdraws, theme.version),
      );
    },
  );

  app.post(
    routePaths.withdrawTheme,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply);
      if (ground === null) return reply;
      const { theme } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      // What was asked when the page was opened, whatever became of the theme since.
      const withdrawn = values.withdrawn !== 'no';
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(reasonTemplate, withdrawThemeView(state, theme, withdrawn, version), status);
      const form = readForm(withdrawForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const given = { withdrawn, reason: form.value.reason };
      const outcome = await withdrawTheme(deps.db, actor, today, theme.id, seen, given);
      const notice = `${theme.name} is ${withdrawn ? 'withdrawn' : 'back'}.`;
      return settle(reply, outcome, values, again, notice, (standing) => [
        { label: 'Name', theirs: standing.name, yours: theme.name },
      ]);
    },
  );
}

/** The theme of a form, for who may edit the list today; null once a problem page was sent. */
async function groundOf(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ theme: Theme; others: Theme[] } | null> {
  if (!isToday(request, reply)) return null;
  const { all, mayKnow } = await loadThemes(deps, request);
  const { theme: id } = request.params as { theme?: string };
  const theme = all.find((one) => one.id === id);
  if (theme === undefined || !mayKnow(theme)) {
    reply.notFound();
    return null;
  }
  if (!mayEditThemes(request.actor)) {
    reply.problem(403);
    return null;
  }
  const others = all.filter((one) => one.id !== id && !one.withdrawn && one.mergedInto === null);
  return { theme, others };
}

function settle(
  reply: FastifyReply,
  outcome: ThemeOutcome,
  values: FormState['values'],
  again: (state: FormState, version?: number, status?: number) => FastifyReply,
  notice: string,
  pairs: (standing: Theme) => TextPair[],
): FastifyReply {
  switch (outcome.kind) {
    case 'done':
      reply.notice(notice);
      return reply.redirect(paths.theme(outcome.themeId), 303);
    case 'refused':
      return again(wrong(values, errorsOf(outcome)));
    case 'stale': {
      const { theme } = outcome;
      const both = bothTexts(pairs(theme), null, paths.theme(theme.id));
      return again({ values, errors: [bothTextsError], both }, theme.version, 409);
    }
    case 'not-found':
    case 'forbidden':
      return answerRefusal(reply, outcome);
  }
}
