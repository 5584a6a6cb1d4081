import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId, type UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
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
import { listParties, may, userNames } from '#people';
import { readEditionFor, type EditionPicture } from '../actions/open-edition.ts';
import { openRound, sectionRights, takeStep, type GivenStep } from '../actions/sections.ts';
import type { Domain } from '../rules/picture.ts';
import { sectionSteps, type SectionStepKind } from '../rules/kinds.ts';
import { readSectionSteps } from '../store/read-sections.ts';
import type { StandardsDeps } from './deps.ts';
import { answerRefusal, earlierDay, errorsOf, linker } from './parts.ts';
import { paths, routePaths } from './paths.ts';
import { sectionsView, sectionView } from './sections.view.ts';

const reads = { rule: { may: ['R', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ edition: z.string().max(40) });
const domainParams = params.extend({ domain: z.string().max(40) });
const short = z.string().max(400).optional().default('');
const roundForm = z.strictObject({
  name: requiredText('Give it a name, such as 2026/27', 100),
});
const stepForm = z.strictObject({
  step: z.enum(sectionSteps),
  version: short,
  hash: short,
  post: short,
  'due-day': dateBox,
  'due-month': dateBox,
  'due-year': dateBox,
  'hand-comment': optionalText(4000),
  'submit-comment': optionalText(4000),
  'return-comment': optionalText(4000),
  'sign-comment': optionalText(4000),
  'unlock-comment': optionalText(4000),
});

/** Who writes which section, and its way from hand to hand. */
export function addSectionRoutes(app: App, deps: StandardsDeps): void {
  app.get(routePaths.sections, { config: reads, schema: { params } }, async (request, reply) => {
    const picture = await load(deps, request, reply, request.params.edition);
    return picture === null ? reply : showSections(request, reply, picture, fresh({}));
  });

  app.post(
    routePaths.newRound,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      if (request.asAt !== request.today) return reply.problem(400, earlierDay);
      const picture = await load(deps, request, reply, request.params.edition);
      if (picture === null) return reply;
      if (!may(request.actor, 'U', 'PLN')) return reply.problem(403);
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        showSections(request, reply, picture, wrong(values, errors), 422);
      const form = readForm(roundForm, request.body);
      if (!form.ok) return again(form.errors);
      const { id } = picture.edition;
      const { name } = form.value;
      const outcome = await openRound(deps.db, request.actor, request.today, id, name);
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      if (outcome.kind === 'stale') return reply.problem(409, changedMeanwhile);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice(`${name} is open. Hand its sections out.`);
      return reply.redirect(paths.sections(id), 303);
    },
  );

  app.get(
    routePaths.section,
    { config: reads, schema: { params: domainParams } },
    async (request, reply) => {
      const found = await loadSection(deps, request, reply, request.params);
      return found === null ? reply : showSection(deps, request, reply, found, fresh({}));
    },
  );

  app.post(
    routePaths.section,
    { config: changes, schema: { params: domainParams, body: anyForm } },
    async (request, reply) => {
      if (request.asAt !== request.today) return reply.problem(400, earlierDay);
      const found = await loadSection(deps, request, reply, request.params);
      if (found === null) return reply;
      const { picture, domain } = found;
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        showSection(deps, request, reply, found, wrong(values, errors), 422);
      const form = readForm(stepForm, request.body);
      if (!form.ok) return again(form.errors);
      const given = givenStep(form.value);
      if ('errors' in given) return again(given.errors);
      const outcome = await takeStep(
        deps.db,
        request.actor,
        request.today,
        picture.edition.id,
        domain.id,
        versionIn(values['version']),
        given,
      );
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      if (outcome.kind === 'stale') return reply.problem(409, changedMeanwhile);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice(done[given.step]);
      return reply.redirect(paths.section(picture.edition.id, domain.id), 303);
    },
  );
}

const changedMeanwhile = {
  title: 'This section changed while you were looking',
  text: 'Nothing was saved. Open the section again to see how it stands now.',
};

const done: Record<SectionStepKind, string> = {
  handed: 'The section is handed over.',
  submitted: 'The section is submitted. It is locked until it is returned or signed off.',
  returned: 'The section is returned with your comments.',
  'signed off': 'The section is signed off and locked.',
  unlocked: 'The section is unlocked.',
};

function givenStep(form: z.output<typeof stepForm>): GivenStep | { errors: FieldError[] } {
  switch (form.step) {
    case 'handed': {
      const postId = parseId<'party'>(form.post);
      const due = readDateFields(form, 'due');
      const errors = [
        ...(postId === null ? [{ field: 'post', text: 'Choose a post' }] : []),
        ...(due.ok ? [] : [due.error]),
      ];
      if (postId === null || !due.ok || errors.length > 0) return { errors };
      return { step: 'handed', postId, dueOn: due.date, comment: form['hand-comment'] };
    }
    case 'submitted':
      return { step: 'submitted', comment: form['submit-comment'] };
    case 'signed off':
      return { step: 'signed off', comment: form['sign-comment'], seenHash: form.hash };
    case 'returned': {
      const comment = form['return-comment'];
      if (comment !== null) return { step: 'returned', comment };
      return { errors: [{ field: 'return-comment', text: 'Say what is to be done to it' }] };
    }
    case 'unlocked': {
      const comment = form['unlock-comment'];
      if (comment !== null) return { step: 'unlocked', comment };
      return { errors: [{ field: 'unlock-comment', text: 'Say why it is to be changed' }] };
    }
  }
}

async function load(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
): Promise<EditionPicture | null> {
  const { actor, asAt, today } = request;
  const id = parseId<'framework edition'>(given);
  const picture =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, (tx) =>
          readEditionFor(tx, actor, id, asAt, today),
        );
  if (picture === null) reply.notFound();
  return picture;
}

interface FoundSection {
  picture: EditionPicture;
  domain: Domain;
}

async function loadSection(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: { edition: string; domain: string },
): Promise<FoundSection | null> {
  const picture = await load(deps, request, reply, given.edition);
  if (picture === null) return null;
  const domain = picture.edition.domains.find(({ id }) => id === given.domain);
  if (domain !== undefined) return { picture, domain };
  reply.notFound();
  return null;
}

function showSections(
  request: FastifyRequest,
  reply: FastifyReply,
  picture: EditionPicture,
  state: FormState,
  status = 200,
): FastifyReply {
  const isToday = request.asAt === request.today && picture.edition.state !== 'retired';
  const mayOpenRound = isToday && may(request.actor, 'U', 'PLN');
  const view = sectionsView({ picture, mayOpenRound, state, link: linker(request) });
  return reply.page('rooms/standards/web/sections.njk', view, status);
}

async function showSection(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { picture, domain }: FoundSection,
  state: FormState,
  status = 200,
): Promise<FastifyReply> {
  const { actor, asAt, today } = request;
  const more = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const steps = await readSectionSteps(tx, actor.authorityId, [domain.id], { asAt });
    const people = steps.flatMap(({ by }): UserId[] => (by === null ? [] : [by]));
    const parties = await listParties(tx, actor.authorityId);
    return {
      steps,
      names: await userNames(tx, actor.authorityId, [...new Set(people)]),
      posts: parties.filter(({ kind }) => kind === 'post'),
      rights:
        asAt === today
          ? await sectionRights(tx, actor, picture, domain)
          : {
              hand: false,
              submit: false,
              return: false,
              unlock: false,
              notSign: 'not submitted' as const,
            },
    };
  });
  const view = sectionView({ picture, domain, ...more, state, link: linker(request) });
  return reply.page('rooms/standards/web/section.njk', view, status);
}
