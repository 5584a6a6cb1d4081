import { randomUUID } from 'node:crypto';
import type { RouteWithRule } from '#platform/web/route-rule.ts';
import type { TestAuthority } from '../app.ts';
import type { PlantedPlan } from './planted.ts';

/** What a council has that an address can name. */
export interface Named {
  authority: TestAuthority;
  plans: readonly PlantedPlan[];
  userId: string;
  partyId: string;
  importId: string;
}

/** An address of the program with real names in it. */
export interface Address {
  route: string;
  url: string;
  /** The word of the plan that it leads to; null where it leads to none. */
  word: string | null;
  /** What it names that somebody may have to guess. */
  names: readonly string[];
  /** The same with names of nothing; null where it names nothing. */
  twin: { url: string; names: readonly string[] } | null;
}

type Fill = (route: string) => Readonly<Record<string, string>>;

/** Each place of a route's address as a route names it, with what it can name. */
function waysToFill(route: string, named: Named): { word: string | null; fill: Fill }[] {
  const { authority, plans, userId, partyId, importId } = named;
  const ofPlan = (more: (plan: PlantedPlan) => Record<string, string> = () => ({})) =>
    plans.map((plan) => ({ word: plan.word, fill: () => ({ ...plan.places, ...more(plan) }) }));
  const of = (fill: Record<string, string>) => [{ word: null, fill: () => fill }];
  if (route.startsWith('/plans/import/:import')) return of({ import: importId });
  if (/^(\/api\/v1)?\/plans\/:plan/.test(route)) return ofPlan();
  if (route.startsWith('/committee/reports/:report')) return ofPlan();
  if (route.startsWith('/findings/thread/:kind/:id')) {
    return [
      ...ofPlan(({ source }) => ({ kind: 'source', id: source })),
      ...ofPlan(({ finding }) => ({ kind: 'finding', id: finding })),
      ...ofPlan(({ action }) => ({ kind: 'action', id: action })),
    ];
  }
  // Nobody imports findings: the id of a plan is as good as any.
  if (/^\/findings\/.*:/.test(route)) return ofPlan(({ id }) => ({ import: id }));
  if (route.startsWith('/standards/frameworks/shipped/')) return of({ kind: 'childrens-services' });
  // Nobody imports criteria or a self-assessment: the id of a plan is as good as any.
  if (route.startsWith('/standards/import/')) return ofPlan(({ id }) => ({ import: id }));
  if (route.startsWith('/standards/assessments/import/'))
    return ofPlan(({ id }) => ({ upload: id }));
  if (route.startsWith('/standards/assessments/:assessment')) {
    return ofPlan(({ places }) => ({ section: places['narrativeSection'] ?? '', rowKind: 'risk' }));
  }
  if (route.startsWith('/standards/self-evaluation/:year'))
    return of({ year: '2026', question: '1' });
  // Nobody loads one: the id of a plan is as good as any.
  if (route.startsWith('/standards/frameworks/load/')) return ofPlan(({ id }) => ({ load: id }));
  if (
    /^\/standards\/(frameworks\/:edition|criteria\/:criterion|challenges\/:challenge)/.test(route)
  )
    return ofPlan();
  if (route.startsWith('/standards/judgements/:judgement')) return ofPlan();
  if (route.startsWith('/people/users/:id')) return of({ id: userId });
  if (route.startsWith('/people/posts/:id')) return of({ id: partyId });
  if (route.startsWith('/posts/:party')) return of({ party: partyId });
  if (route.startsWith('/records/holds/plan/:id')) return ofPlan(({ id }) => ({ id }));
  if (route.startsWith('/records/') && route.includes('/:kind/:id')) {
    return [
      ...ofPlan(({ id }) => ({ kind: 'plan', id })),
      ...ofPlan(({ action }) => ({ kind: 'action', id: action })),
      ...ofPlan(({ report }) => ({ kind: 'report', id: report })),
      ...ofPlan(({ source }) => ({ kind: 'source', id: source })),
      ...ofPlan(({ finding }) => ({ kind: 'finding', id: finding })),
      ...ofPlan(({ places }) => ({ kind: 'evidence', id: places['evidence'] ?? '' })),
      ...ofPlan(({ places }) => ({ kind: 'assessment', id: places['assessment'] ?? '' })),
      ...ofPlan(({ criterion }) => ({ kind: 'criterion', id: criterion })),
      ...ofPlan(({ challenge }) => ({ kind: 'challenge', id: challenge })),
    ];
  }
  if (route === '/records/retention/:kind') return of({ kind: 'plan' });
  // Nothing of this kind stands in the house: the id of a plan is as good as any.
  if (/^\/(records|account)\/[a-z-]+\/:id/.test(route)) return ofPlan(({ id }) => ({ id }));
  if (route.startsWith('/:authority'))
    return of({ authority: authority.slug, token: 'x'.repeat(43) });
  return of({});
}

/** What a stranger would type who guesses: of the same shape, and the name of nothing. */
const nothingLike = (place: string, value: string): string =>
  ['kind', 'authority', 'section', 'rowKind', 'year', 'question'].includes(place)
    ? value
    : place === 'plan'
      ? `no-${randomUUID()}`
      : randomUUID();

/**
 * Every address of these routes as it names this council's things.
 * @throws where a route has a place that nothing here fills: say above what it names.
 */
export function addressesOf(routes: readonly RouteWithRule[], named: Named): Address[] {
  return routes.flatMap(({ url: route }) => {
    const places = [...route.matchAll(/:(\w+)/g)].map(([, place = '']) => place);
    return waysToFill(route, named).map(({ word, fill }) => {
      const values = fill(route);
      const names = places.map((place) => {
        const value = values[place];
        if (value === undefined) throw new Error(`Say in addresses.ts what ${route} can name`);
        return value;
      });
      const absent = places.map((place, index) => nothingLike(place, names[index] ?? ''));
      const write = (all: readonly string[]) =>
        all.reduce((url, name) => url.replace(/:\w+/, name), route);
      const differing = (all: readonly string[]) =>
        all.filter((_, index) => names[index] !== absent[index]);
      const twin = { url: write(absent), names: differing(absent) };
      const namesNothing = twin.names.length === 0;
      return {
        route,
        url: write(names),
        word,
        names: differing(names),
        twin: namesNothing ? null : twin,
      };
    });
  });
}
