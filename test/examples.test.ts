import { afterAll, describe, expect, it } from 'vitest';
import { examplesApp, findExamples } from './examples.ts';

const examples = await findExamples();
const app = await examplesApp(examples);
afterAll(() => app.close());

describe('every example of every page', () => {
  it('is found, and under an address of its own', () => {
    expect(examples.length).toBeGreaterThan(5);
    expect(new Set(examples.map(({ path }) => path)).size).toBe(examples.length);
  });

  it.each(examples)('$file: $name is drawn whole', async (example) => {
    const response = await app.inject(example.path);
    expect(response.statusCode).toBe(example.status ?? 200);
    const page = response.body;
    expect(page.match(/<h1[\s>]/g)).toHaveLength(1);
    expect(page).toMatch(/<title>[^<]*\S – Sightline<\/title>/);
    expect(page).toMatch(/<\/html>\s*$/);
    // A value that the template meant and the view did not have.
    expect(page).not.toMatch(/\[object \w+\]|>\s*(undefined|NaN|null)\s*</);
    // The security policy would block these in silence.
    expect(page).not.toMatch(/<[^>]+\s(style|on[a-z]+)=/i);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
