import axe, { type RunOptions } from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';
import type { App } from '#platform/web/server.ts';

/** The installed Chromium, quiet: it calls nobody. Each launch has a new profile. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Lets the app listen on a free port of this machine; gives its address. */
export function listen(app: App): Promise<string> {
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** A person at a browser of their own, whose every page is looked over on arrival. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /**
   * Opens a path and looks it over: the status, axe (wide and narrow), no sideways scroll at
   * 320 px, no error in the console, nothing asked of another host.
   */
  visit: (path: string, expected?: { status?: number }) => Promise<void>;
  /** The same look at the page where a click or a form has led. */
  lookOver: () => Promise<void>;
}

/**
 * A new visitor to the address; `javaScript: false` for one whose browser runs none,
 * `telephone` for one with a small screen.
 */
export async function newVisitor(
  browser: Browser,
  address: string,
  options: { javaScript?: boolean; telephone?: boolean } = {},
): Promise<Visitor> {
  const javaScriptEnabled = options.javaScript ?? true;
  const screen = options.telephone === true ? narrow : wide;
  const context = await browser.newContext({
    baseURL: address,
    javaScriptEnabled,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: screen,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    // Chromium reports a page's own error status here; `visit` asks for the status itself.
    const ownStatus = /^Failed to load resource.*status of [45]\d\d/.test(message.text());
    if (message.type() === 'error' && !(ownStatus && message.location().url === page.url())) {
      troubles.push(message.text());
    }
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== address) troubles.push(`asked ${request.url()}`);
  });

  const lookOver = async () => {
    expect(troubles.splice(0), `troubles on ${page.url()}`).toEqual([]);
    // As few changes of size as can be: each lays the whole page out anew.
    if (javaScriptEnabled) {
      if (screen !== wide) await page.setViewportSize(wide);
      await expectAccessible(page);
    }
    await expectReflow(page);
    if (javaScriptEnabled) {
      await expectAccessible(page, rulesOfLayout);
    }
    if (screen !== narrow) await page.setViewportSize(screen);
  };
  return {
    context,
    page,
    lookOver,
    async visit(path, expected = {}) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(expected.status ?? 200);
      await lookOver();
    },
  };
}

const wide = { width: 1280, height: 900 };
/** A small telephone, and 1,280 px at 400 % zoom. */
const narrow = { width: 320, height: 700 };

/** The rules whose answer depends on how wide the screen is; the others need not be asked twice. */
const rulesOfLayout = ['target-size', 'color-contrast', 'scrollable-region-focusable', 'bypass'];

const rulesOfPages = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * No violation of any impact, by the rules of WCAG 2.2 AA and axe's own good practice, or by
 * the rules that are named. axe is put into each page once and asked there: its Playwright
 * package would carry it over, and all that is well, at every question (four times as long).
 */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(violationsByAxe, {
    resultTypes: ['violations'],
    // Our pages have no frames.
    iframes: false,
    runOnly:
      rules === undefined ? { type: 'tag', values: rulesOfPages } : { type: 'rule', values: rules },
  } satisfies RunOptions);
  expect(found, `axe on ${page.url()} at ${page.viewportSize()?.width ?? 0} px`).toEqual([]);
}

/** Run in the page. */
async function violationsByAxe(options: RunOptions): Promise<string[]> {
  const { axe: inPage } = window as unknown as { axe: typeof axe };
  const { violations } = await inPage.run(document, options);
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
  );
}

/**
 * At 320 px nothing but a labelled region scrolls sideways (WCAG 1.4.10). The page is left at
 * this width.
 */
async function expectReflow(page: Page): Promise<void> {
  if (page.viewportSize()?.width !== narrow.width) await page.setViewportSize(narrow);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `the width of ${page.url()} on a screen of 320 px`).toBeLessThanOrEqual(320);
}

/**
 * Presses Tab until the control has the focus, as somebody without a mouse does. On the way
 * every focus must be seen: drawn, on the screen, and not behind something else.
 */
export async function tabTo(page: Page, control: Locator, mostSteps = 80): Promise<void> {
  for (let step = 0; step < mostSteps; step += 1) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(hiddenFocus);
    expect(hidden, `focus on ${page.url()}`).toBeNull();
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${mostSteps} presses of Tab did not reach ${control.toString()}`);
}

/** Run in the page: what has the focus without showing it, or null. */
function hiddenFocus(): string | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const name = element.outerHTML.slice(0, 120);
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return `nothing is drawn of ${name}`;
  const x = Math.min(Math.max(box.left + box.width / 2, 0), window.innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 0), window.innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const label = top?.closest('label');
  const labelled = label?.htmlFor !== undefined && label.htmlFor === element.id;
  if (top === null || !(element.contains(top) || top.contains(element) || labelled)) {
    return `something lies over ${name}`;
  }
  const marked = [element, ...(label ? [label] : [])].some((part) =>
    [undefined, '::before'].some((pseudo) => {
      const style = getComputedStyle(part, pseudo);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return outlined || style.boxShadow !== 'none';
    }),
  );
  return marked ? null : `the focus is not marked on ${name}`;
}
