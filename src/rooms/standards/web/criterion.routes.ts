import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SourceId } from '#kernel/ids.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { DueQuestion } from '#platform/web/due-box.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import {
  anyForm,
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { listSources, sourceKey } from '#findings';
import { listParties, may, userNames, type Actor } from '#people';
import { judge } from '../actions/judge.ts';
import { readCriterionFor, standingToDomain, type OpenCriterion } from '../actions/open-edition.ts';
import { mayAnswer } from '../actions/open-judgement.ts';
import { sayVerdict, takeVerdictBack } from '../actions/say-verdict.ts';
import { levelOf } from '../rules/levels.ts';
import type { Rest } from '../rules/picture.ts';
import { criterionView } from './criterion.view.ts';
import { judgePairs, judgeValues, readJudgeForm } from './judge-form.ts';
import { judgeView } from './judge.view.ts';
import { linkedWith } from './linked-with.ts';
import type { StandardsDeps } from './deps.ts';
import { answerRefusal, earlierDay, errorsOf, linker, lockedSection } from './parts.ts';
import { paths, routePaths } from './paths.ts';

const params = z.strictObject({ criterion: z.string().max(40) });
const reads = { rule: { may: ['R', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const short = z.string().max(300).optional().default('');

const verdictForm = z.strictObject({
  whose: z.enum(['peer', 'inspection'], 'Say whose verdict it is'),
  level: short,
  words: optionalText(4000),
  source: short,
  'said-day': dateBox,
  'said-month': dateBox,
  'said-year': dateBox,
});
const takeBackForm = z.strictObject({
  verdict: z.string().max(40),
  reason: requiredText('Say why it was wrong', 2000),
});

/** The page of a criterion, the form on which it is judged, and what others said. */
export function addCriterionRoutes(app: App, deps: StandardsDeps): void {
  app.get(routePaths.criterion, { config: reads, schema: { params } }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const id = parseId<'criterion'>(request.params.criterion);
    const loaded =
      id === null
        ? null
        : await readInAuthority(deps.db, actor.authorityId, async (tx) => {
            const found = await readCriterionFor(tx, actor, id, asAt, today);
            return found && { found, more: await linkedWith(tx, deps, actor, found, asAt, today) };
          });
    if (loaded === null) return reply.notFound();
    const { found, more } = loaded;
    const isToday = asAt === today && found.picture.edition.state !== 'retired';
    const answering = isToday && mayAnswer(actor, found) ? (deps.answering ?? null) : null;
    const standing = standingToDomain(actor, found.picture, found.domain.id);
    return reply.page(
      'rooms/standards/web/page.njk',
      criterionView({
        ...found,
        ...more,
        mayJudge: isToday && may(actor, 'U', 'PLN', standing),
        mayChange: isToday && may(actor, 'U', 'PLN'),
        answering,
        csrf: request.shell.csrf ?? '',
        link: linker(request),
      }),
    );
  });

  app.get(routePaths.judge, { config: changes, schema: { params } }, async (request, reply) => {
    const ground = await openJudging(deps, request, reply, request.params.criterion);
    if (ground === null) return reply;
    const judgement = ground.picture.judgements.get(ground.criterion.id);
    const state = fresh(judgeValues(judgement, titleOf(ground)));
    return reply.page(
      'rooms/standards/web/judge.njk',
      judgeView({ ...ground, state, version: judgement?.version ?? 0, question: null }),
    );
  });

  app.post(
    routePaths.judge,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openJudging(deps, request, reply, request.params.criterion);
      if (ground === null) return reply;
      const { actor, today } = request;
      const { criterion, picture } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values['version']);
      const before = picture.judgements.get(criterion.id);
      const form = readJudgeForm(request.body, today, before?.restsOn ?? [], ground.sourceOf);
      const again = (
        state: FormState,
        question: DueQuestion | null = form.question,
        version = seen,
        status = 422,
      ) =>
        reply.page(
          'rooms/standards/web/judge.njk',
          judgeView({ ...ground, state, version, question }),
          status,
        );
      if (!form.ok) return again(wrong(values, form.errors));
      const outcome = await judge(deps.db, actor, today, criterion.id, seen, form.value);
      switch (outcome.kind) {
        case 'done': {
          const level = levelOf(picture.edition.levels, form.value.level);
          reply.notice(
            level === null
              ? `Criterion ${criterion.ref} is saved, without a level.`
              : `Criterion ${criterion.ref} is saved: ${level.name}.`,
          );
          return reply.redirect(paths.criterion(criterion.id), 303);
        }
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const { judgement } = outcome;
          const names = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            userNames(tx, actor.authorityId, judgement.by === null ? [] : [judgement.by]),
          );
          const by = judgement.by === null ? null : (names.get(judgement.by) ?? null);
          const both = bothTexts(
            judgePairs(judgement, form.value, picture.edition.levels),
            { by, at: judgement.recordedAt },
            paths.criterion(criterion.id),
          );
          const state = { values, errors: [bothTextsError], both };
          return again(state, form.question, judgement.version, 409);
        }
        case 'not-found':
        case 'forbidden':
        case 'locked':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(routePaths.verdict, { config: changes, schema: { params } }, async (request, reply) => {
    const ground = await openVerdict(deps, request, reply, request.params.criterion);
    if (ground === null) return reply;
    return reply.page(
      'rooms/standards/web/verdict.njk',
      verdictView(ground, fresh({ level: 'none' })),
    );
  });

  app.post(
    routePaths.verdict,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openVerdict(deps, request, reply, request.params.criterion);
      if (ground === null) return reply;
      const { criterion, picture } = ground;
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        reply.page(
          'rooms/standards/web/verdict.njk',
          verdictView(ground, wrong(values, errors)),
          422,
        );
      const form = readForm(verdictForm, request.body);
      const said = readDateFields(values, 'said');
      const title = typeof values['source'] === 'string' ? values['source'].trim() : '';
      const sourceId = title === '' ? null : ground.sourceOf(title);
      const errors = [
        ...(form.ok ? [] : form.errors),
        ...(said.ok ? [] : [said.error]),
        ...(said.ok && said.date === null
          ? [{ field: 'said', text: 'Say when they said so' }]
          : []),
        ...(title !== '' && sourceId === null
          ? [{ field: 'source', text: 'No source here has this title. Register it first' }]
          : []),
      ];
      if (!form.ok || !said.ok || said.date === null || errors.length > 0) return again(errors);
      const level = levelOf(picture.edition.levels, form.value.level)?.key ?? null;
      const outcome = await sayVerdict(deps.db, request.actor, request.today, criterion.id, {
        whose: form.value.whose,
        level,
        words: form.value.words,
        saidOn: said.date,
        sourceId,
      });
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice('The verdict is written down.');
      return reply.redirect(paths.criterion(criterion.id), 303);
    },
  );

  app.post(
    routePaths.takeVerdictBack,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openVerdict(deps, request, reply, request.params.criterion);
      if (ground === null) return reply;
      const href = paths.criterion(ground.criterion.id);
      const form = readForm(takeBackForm, request.body);
      if (!form.ok) {
        return reply.problem(422, {
          title: 'Say why it was wrong',
          text: 'A verdict is taken back with a reason. Go back and write one.',
        });
      }
      const id = parseId<'verdict'>(form.value.verdict);
      if (id === null) return reply.notFound();
      const outcome = await takeVerdictBack(
        deps.db,
        request.actor,
        request.today,
        ground.criterion.id,
        id,
        form.value.reason,
      );
      if (outcome.kind === 'refused') {
        return reply.problem(409, {
          title: 'Nothing was taken back',
          text: outcome.reasons.map(({ text }) => text).join(' '),
        });
      }
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice('The verdict is taken back.');
      return reply.redirect(href, 303);
    },
  );
}

type Ground = Omit<OpenCriterion, 'kind'> & {
  known: { parties: string[]; sources: string[] };
  sourceOf: (title: string) => SourceId | null;
  titles: ReadonlyMap<SourceId, string>;
};

/** The criterion of a form, with the names that its boxes offer; null once a problem page was sent. */
async function openForm(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
): Promise<Ground | null> {
  const { actor, asAt, today } = request;
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'criterion'>(given);
  const ground =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, async (tx) => {
          const found = await readCriterionFor(tx, actor, id, today, today);
          return found && { ...found, ...(await readKnown(tx, actor)) };
        });
  if (ground === null) reply.notFound();
  return ground;
}

async function openJudging(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
): Promise<Ground | null> {
  const ground = await openForm(deps, request, reply, given);
  if (ground === null) return null;
  const { picture, domain } = ground;
  if (!may(request.actor, 'U', 'PLN', standingToDomain(request.actor, picture, domain.id))) {
    reply.problem(403);
    return null;
  }
  if (picture.sections.get(domain.id)?.locked === true) {
    reply.problem(409, lockedSection);
    return null;
  }
  return ground;
}

async function openVerdict(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
): Promise<Ground | null> {
  const ground = await openForm(deps, request, reply, given);
  if (ground === null || may(request.actor, 'U', 'PLN')) return ground;
  reply.problem(403);
  return null;
}

async function readKnown(tx: Tx, actor: Actor) {
  const parties = await listParties(tx, actor.authorityId);
  // Whoever reads only what is theirs is offered no titles of what others registered.
  const restricted = may(actor, 'R', 'FND');
  const sources = may(actor, 'R', 'PLN')
    ? await listSources(tx, actor.authorityId, { restricted })
    : [];
  const byKey = new Map(sources.map((source) => [sourceKey(source.title), source.id]));
  return {
    known: {
      parties: parties.map(({ name }) => name),
      sources: sources.map(({ title }) => title),
    },
    sourceOf: (title: string) => byKey.get(sourceKey(title)) ?? null,
    titles: new Map(sources.map(({ id, title }) => [id, title])),
  };
}

function titleOf({ titles }: Ground): (rest: Rest) => string {
  return ({ sourceId }) => (sourceId === null ? '' : (titles.get(sourceId) ?? ''));
}

function verdictView(ground: Ground, state: FormState) {
  const { criterion, picture, domain, known } = ground;
  const href = paths.criterion(criterion.id);
  return {
    title: `What others said on criterion ${criterion.ref}`,
    caption: `${picture.edition.title} · ${domain.title}`,
    back: { text: 'Back to the criterion', href },
    errors: state.errors,
    form: state,
    action: paths.verdict(criterion.id),
    cancelHref: href,
    criterion: criterion.text,
    known,
    levels: [
      ...picture.edition.levels.map(({ key, name }) => ({ value: key, text: name })),
      { value: 'none', text: 'No level: words alone' },
    ],
  };
}
