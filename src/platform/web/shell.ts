import type { FastifyRequest } from 'fastify';
import type { IsoDate } from '#kernel/dates.ts';

/** What stands round every page. The people room fills in who is here; the rooms the navigation. */
export interface Shell {
  /** The council whose pages these are; null before a sign-in page names it. */
  authority: { name: string; slug: string } | null;
  /** Who is signed in, and where their own account is. */
  person: { name: string; href?: string } | null;
  /** What this person is to know at once, on every page; each leads to where they can act. */
  alerts: { text: string; link: { text: string; href: string } }[];
  /** The token that every form of this person must post as `_csrf`. */
  csrf: string | null;
  /**
   * When this person is signed out if they do nothing, in seconds, and whether they can stay
   * longer; null where nobody is signed in. The page warns two minutes before.
   */
  timeOut: { seconds: number; canStay: boolean } | null;
  /** Where the sign-out button posts to. */
  signOutHref: string;
  /** Where the product's name leads. */
  homeHref: string;
}

/** One entry of the service navigation, given by the room that owns the page. */
export interface NavigationItem {
  text: string;
  href: string;
  /** The order of a person's day: My work 10, Plans 20, Findings 30, … People 80, Log 90. */
  order: number;
  /** Whether this person uses it. It decides what is shown, never what is allowed. */
  seenBy: (request: FastifyRequest) => boolean;
}

export const emptyShell = (): Shell => ({
  authority: null,
  person: null,
  alerts: [],
  csrf: null,
  timeOut: null,
  signOutHref: '/sign-out',
  homeHref: '/',
});

/** An entry as the layout prints it. */
export interface ShownNavigationItem {
  text: string;
  href: string;
  /** The page that is shown is this entry's. */
  current: boolean;
  /** The page that is shown lies below this entry. */
  active: boolean;
}

/** What this person uses, in the order of the day, with the entry of the present page marked. */
export function navigationFor(
  items: readonly NavigationItem[],
  request: FastifyRequest,
): ShownNavigationItem[] {
  const path = pathOf(request.url);
  return items
    .filter((item) => item.seenBy(request))
    .sort((a, b) => a.order - b.order || a.text.localeCompare(b.text, 'en-GB'))
    .map(({ text, href }) => ({
      text,
      href,
      current: path === href,
      active: path.startsWith(href === '/' ? '//' : `${href}/`),
    }));
}

/** The address without what follows the question mark. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/** The day a page is looked at from, beside today. */
export interface PageDay {
  asAt: IsoDate;
  today: IsoDate;
}
