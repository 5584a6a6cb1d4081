import type { PageView } from './pages.ts';
import type { Shell } from './shell.ts';

/**
 * One state of one page, from a typed view. A file `x.examples.ts` beside a template exports
 * `examples`; every example is rendered by a test and read by axe in a real browser.
 */
export interface PageExample {
  /** What is shown, in a few words: "Plan overview, nothing overdue". */
  name: string;
  template: string;
  view: PageView;
  /** Whether somebody is signed in; yes unless said. */
  signedIn?: boolean;
  status?: number;
  /** The banner of what was just done. */
  notice?: string;
  /** What follows the person over every page. */
  alerts?: Shell['alerts'];
}

/** A page with its view: the check that an example's view is the one its template's page sends. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a caller may name its view's type
export function example<View extends PageView>(
  name: string,
  template: string,
  view: View,
  state: Omit<PageExample, 'name' | 'template' | 'view'> = {},
): PageExample {
  return { name, template, view, ...state };
}
