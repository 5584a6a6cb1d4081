import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IsoDate } from '#kernel/dates.ts';
import { linkAsAt } from './as-at.ts';
import type { Assets } from './assets.ts';
import type { FieldError } from './forms.ts';
import { templates } from './render.ts';
import { emptyShell, navigationFor, pathOf, type NavigationItem, type Shell } from './shell.ts';

/** What the layout itself takes from a page; a view may hold anything more that its template wants. */
export interface PageView {
  /** The page's one h1, and the first words of the window's title. */
  title: string;
  /** What stands above the title, such as the plan and its period. */
  caption?: string;
  /** How what is on the screen is classified, in words: "Internal" unless said; null for no record at all. */
  classification?: string | null;
  /** The page shows how things stood on a day: it gets the line that says which, and changes it. */
  dated?: boolean;
  /** Lists and tables: up to 1,400 px in place of 1,020. */
  wide?: boolean;
  back?: PageLink;
  subNavigation?: (PageLink & { current?: boolean })[];
  /** What was wrong with a form: printed as a summary at the top and beside each field. */
  errors?: FieldError[];
}

export interface PageLink {
  text: string;
  href: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The room that owns a page says where it stands in the service navigation. */
    addNavigation(item: NavigationItem): void;
    /** A template with its view, as `reply.page` sends it. */
    renderPage(request: FastifyRequest, template: string, view: PageView, extra?: object): string;
  }
  interface FastifyRequest {
    shell: Shell;
  }
  interface FastifyReply {
    /** Lets the page's own script and print style through its security policy. */
    cspNonce: string;
    /** The notice of this very reply, should it be a page and not a redirect. */
    newNotice: string | null;
    /** Sends a page. The template's root is `src/`; it extends `platform/web/layout.njk`. */
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a view holds more than the layout names
    page<V extends PageView>(template: string, view: V, status?: number): FastifyReply;
    /** Says, on the next page this person sees and only there, what was just done. */
    notice(text: string): FastifyReply;
  }
}

/** Gives replies `page` and `notice`, and requests their `shell`. */
export function installPages(app: FastifyInstance, assets: Assets): void {
  const render = templates();
  const navigation: NavigationItem[] = [];
  const cookie = app.https ? '__Host-notice' : 'notice';
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure: app.https } as const;

  // Hooks of every request set it before anything reads it.
  app.decorateRequest('shell');
  app.decorateReply('cspNonce', '');
  app.decorateReply('newNotice', null);
  app.addHook('onRequest', (request, _reply, done) => {
    request.shell = emptyShell();
    done();
  });

  app.decorate('addNavigation', (item: NavigationItem) => {
    navigation.push(item);
  });
  app.decorate(
    'renderPage',
    (request: FastifyRequest, template: string, view: PageView, extra: object = {}) =>
      render(template, {
        ...view,
        ...extra,
        classification:
          view.classification === undefined && request.shell.person !== null
            ? 'Internal'
            : view.classification,
        assets: assets.path,
        shell: {
          ...request.shell,
          navigation: navigationFor(navigation, request),
          day: dayOf(request),
          link: (href: string) => linkAsAt(href, request.asAt, request.today),
        },
      }),
  );
  app.decorateReply('page', function (template: string, view: PageView, status = 200) {
    const notice = this.newNotice ?? readNotice(this.request.cookies[cookie]);
    if (notice !== null) this.clearCookie(cookie, cookieOptions);
    const page = this.server.renderPage(this.request, template, view, {
      cspNonce: this.cspNonce,
      notice,
    });
    return this.code(status).type('text/html; charset=utf-8').send(page);
  });
  app.decorateReply('notice', function (this: FastifyReply, text) {
    this.newNotice = text;
    const value = Buffer.from(text.slice(0, 500), 'utf8').toString('base64url');
    return this.setCookie(cookie, value, cookieOptions);
  });
}

interface ShownDay {
  asAt: IsoDate;
  today: IsoDate;
  isToday: boolean;
  /** This page's address without its day. */
  path: string;
  /** The rest of the address, for the form that changes the day. */
  kept: { name: string; value: string }[];
  /** This page, today. */
  todayHref: string;
}

function dayOf(request: FastifyRequest): ShownDay {
  const path = pathOf(request.url);
  const query = new URLSearchParams(request.url.slice(path.length + 1));
  query.delete('as-at');
  return {
    asAt: request.asAt,
    today: request.today,
    isToday: request.asAt === request.today,
    path,
    kept: [...query].map(([name, value]) => ({ name, value })),
    todayHref: query.size === 0 ? path : `${path}?${query.toString()}`,
  };
}

function readNotice(cookie: string | undefined): string | null {
  if (cookie === undefined || cookie === '' || cookie.length > 3000) return null;
  return Buffer.from(cookie, 'base64url').toString('utf8').slice(0, 500);
}
