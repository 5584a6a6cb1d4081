/**
 * The pictures of the README, from a demonstration that has just been loaded and runs at this
 * address: `node e2e/pictures.ts http://localhost:3000 [FOLDER]`.
 */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { demoSignIns } from '../demo/sign-ins.ts';
import { openBrowser } from './browser.ts';

const [address = 'http://localhost:3000', folder = 'docs/pictures'] = process.argv.slice(2);
const plan = '/plans/childrens-services-improvement-plan';
const browser = await openBrowser();

const overview = await signedIn('quality@saltmarsh.example', { width: 1100, height: 820 });
await overview.goto(plan);
await draw(overview, 'plan-overview');

await overview.setViewportSize({ width: 1280, height: 820 });
await overview.goto(`${plan}/actions`);
await draw(overview, 'working-list');

await overview.goto('/plans/import');
await overview.setInputFiles('input[name=file]', {
  name: 'youth-justice-plan.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(planOfACouncil()),
});
const [year = '', month = '', day = ''] = new Date().toISOString().slice(0, 10).split('-');
await overview.fill('input[name=position-day]', day);
await overview.fill('input[name=position-month]', month);
await overview.fill('input[name=position-year]', year);
await press(overview, 'Read the file');
await press(overview, 'Save and go on');
for (const box of await overview.locator('input[name$=-meaning]').all()) {
  await box.fill('As agreed by the board');
}
await press(overview, 'Save and go on');
await overview.setViewportSize({ width: 1280, height: 900 });
await draw(overview, 'import-rows');
// Nothing of it stays: the picture can be drawn again.
await overview.goto(overview.url().replace(/rows.*$/, 'check'));
await press(overview, 'Throw this import away');

const phone = await signedIn('lead@saltmarsh.example', { width: 375, height: 830 });
await phone.goto('/my-work');
await draw(phone, 'my-work-phone');
await browser.close();

async function signedIn(email: string, viewport: { width: number; height: number }): Promise<Page> {
  const account = demoSignIns().find((one) => one.email === email);
  if (account === undefined) throw new Error(`The demonstration has nobody at ${email}`);
  const options = { baseURL: address, locale: 'en-GB', timezoneId: 'Europe/London', viewport };
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`/${account.slug}/sign-in`);
  await page.fill('#email', account.email);
  await page.fill('#password', account.password);
  await page.press('#password', 'Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  return page;
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.waitForLoadState();
}

async function draw(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** A table as councils write them, with dates that leave a question. */
function planOfACouncil(): string {
  return [
    'Objective,Ref,Action,Lead,By when,RAG,Progress',
    '1 Young people are heard,1.1,Begin every assessment with what the young person says,Youth Justice Manager,31/03/2026,Blue,The form was changed in January.',
    '1 Young people are heard,1.2,Agree with schools how exclusions are told to us,Youth Justice Manager / Virtual School Head,February 14,Amber,Eight of eleven schools have signed.',
    '1 Young people are heard,1.3,Offer every young person a speech and language screening,Youth Justice Manager,Revised date September 2026,Amber / Green,The post was advertised twice.',
    '2 Fewer young people come back,2.1,Look at each return to court with the worker and the young person,Youth Justice Manager,END AUG 2026,Green,Begun with the first two.',
  ].join('\r\n');
}
