import { globSync } from 'node:fs';
import path from 'node:path';
import { buildServer, type App } from '#platform/web/server.ts';
import type { PageExample } from '#platform/web/examples.ts';

export interface FoundExample extends PageExample {
  /** The file it stands in, from `src/`. */
  file: string;
  /** Where the test server shows it. */
  path: string;
}

const source = path.resolve(import.meta.dirname, '../src');

/** Every example of every page: the files `*.examples.ts` under `src/`. */
export async function findExamples(): Promise<FoundExample[]> {
  const files = globSync('**/*.examples.ts', { cwd: source }).sort();
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(path.join(source, file))) as { examples: PageExample[] };
      return module.examples.map((example) => ({
        ...example,
        file,
        path: `/examples/${slug(file.replace('.examples.ts', ''))}/${slug(example.name)}`,
      }));
    }),
  );
  return found.flat();
}

/** A server of examples alone, on 4 March 2026, as an officer of the fictional council sees them. */
export async function examplesApp(examples: readonly FoundExample[]): Promise<App> {
  const app = await buildServer({
    clock: () => new Date('2026-03-04T10:00:00Z'),
    publicUrl: new URL('http://localhost'),
    logger: false,
  });
  const rule = { open: 'made-up pages, served by tests alone' };
  ['My work', 'Plans', 'People', 'Log'].forEach((text, index) => {
    app.addNavigation({
      text,
      href: `/examples/${slug(text)}`,
      order: index,
      seenBy: (request) => request.shell.person !== null,
    });
  });
  for (const example of examples) {
    app.get(example.path, { config: { rule } }, (request, reply) => {
      request.shell.authority = { name: 'Saltmarsh Borough Council', slug: 'saltmarsh' };
      if (example.signedIn !== false) {
        request.shell.person = { name: 'Robin Fenwick', href: '/account' };
        request.shell.csrf = 'token';
      }
      request.shell.alerts = example.alerts ?? [];
      if (example.notice !== undefined) reply.notice(example.notice);
      return reply.page(example.template, example.view, example.status);
    });
  }
  return app;
}

function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
