import type { App } from './server.ts';

/** The pages that say what the service is to its users: for everybody, signed in or not. */
export function addServicePages(app: App): void {
  app.get(
    '/accessibility',
    { config: { rule: { open: 'the law asks that anybody can read it' } } },
    (_request, reply) =>
      reply.page('platform/web/accessibility.njk', {
        title: 'Accessibility statement',
        classification: null,
      }),
  );
  app.get(
    '/cookies',
    { config: { rule: { open: 'anybody may know what is kept in their browser' } } },
    (_request, reply) =>
      reply.page('platform/web/cookies.njk', { title: 'Cookies', classification: null }),
  );
}
