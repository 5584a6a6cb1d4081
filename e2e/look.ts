/**
 * Pictures of every example at 1,280 and 320 px, for the eye: `node e2e/look.ts FOLDER [WORD]`,
 * where only paths that hold the word are taken.
 */
import path from 'node:path';
import { examplesApp, findExamples } from '#test/examples.ts';
import { listen, openBrowser } from './browser.ts';

const [folder = 'tmp/look', word = ''] = process.argv.slice(2);
const examples = await findExamples();
const app = await examplesApp(examples);
const address = await listen(app);
const browser = await openBrowser();
const page = await browser.newPage();
for (const example of examples.filter((one) => one.path.includes(word))) {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address + example.path);
    const name = `${example.path.split('/').slice(2).join('_')}_${width}.png`;
    await page.screenshot({ path: path.join(folder, name), fullPage: true });
  }
}
await browser.close();
await app.close();
