import { afterAll, describe, it } from 'vitest';
import { examplesApp, findExamples } from '#test/examples.ts';
import { listen, newVisitor, openBrowser } from './browser.ts';

const examples = await findExamples();
const app = await examplesApp(examples);
const address = await listen(app);
const browser = await openBrowser();
const reader = await newVisitor(browser, address);
// A small screen from the beginning: a change of size lays each page out anew.
const plain = await newVisitor(browser, address, { javaScript: false, telephone: true });
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('every example of every page, in a real browser', () => {
  it.each(examples)('$file: $name', async ({ path, status = 200 }) => {
    await Promise.all([reader.visit(path, { status }), plain.visit(path, { status })]);
  });
});
