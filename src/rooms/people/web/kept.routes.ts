import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import type { App } from '#platform/web/server.ts';
import { keptForms, throwAwayForm } from '../actions/kept-forms.ts';
import { shownFields, type WhyKept } from '../rules/kept-form.ts';
import { ownerOf } from './form-guard.ts';
import { keptPath, paths } from './paths.ts';
import type { PeopleDeps } from './register.ts';

const forWhoIsIn = { rule: { signedIn: true } } as const;
const idParams = z.strictObject({ id: z.string().max(100) });

/**
 * What a person sent when it could not be taken, given back to them and to nobody else: they read
 * it over, send it again or throw it away.
 */
export function addKeptRoutes(app: App, deps: PeopleDeps): void {
  app.get(
    `${paths.kept}/:id`,
    { config: forWhoIsIn, schema: { params: idParams } },
    async (request, reply) => {
      const { visitor } = request;
      const forms = visitor === null ? [] : await keptForms(deps, ownerOf(visitor), request.now);
      const form = forms.find(({ id }) => id === request.params.id);
      // Sent already, thrown away, or another person's: there is nothing here for this one.
      if (form === undefined) return reply.redirect('/', 303);
      return reply.page('rooms/people/web/kept.njk', {
        ...wordsFor[form.why],
        keptAt: formatInstant(form.keptAt),
        shown: shownFields(form),
        fields: form.fields.map(([name, value]) => ({ name, value })),
        files: form.files,
        address: form.address,
        keptId: form.id,
        throwAway: `${keptPath(form.id)}/throw-away`,
      });
    },
  );

  app.post(
    `${paths.kept}/:id/throw-away`,
    { config: forWhoIsIn, schema: { params: idParams } },
    async (request, reply) => {
      const id = parseId<'kept-form'>(request.params.id);
      const { visitor } = request;
      if (id === null || visitor === null) return reply.notFound();
      await throwAwayForm(deps, ownerOf(visitor), id);
      void reply.notice('It is thrown away. Nothing was saved.');
      return reply.redirect('/', 303);
    },
  );
}

const wordsFor = {
  'signed-out': {
    title: 'You wrote this before you were signed out',
    why: 'It could not be saved when you sent it. Read it over. It is saved when you press “Save it now”, and not before.',
    sends: 'Save it now',
  },
  'signed-in-again': {
    title: 'You wrote this before you signed in again',
    why: 'It could not be saved when you sent it, because the page was opened in an earlier session. Read it over. It is saved when you press “Save it now”, and not before.',
    sends: 'Save it now',
  },
  proof: {
    title: 'Go on with what you began',
    why: 'It is you. It is done when you press “Continue”, and not before.',
    sends: 'Continue',
  },
} as const satisfies Record<WhyKept, { title: string; why: string; sends: string }>;
