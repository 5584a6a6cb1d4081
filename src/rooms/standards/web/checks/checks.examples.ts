import { newId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import type { Hit } from '../../rules/checks/check.ts';
import { checks } from '../../rules/checks/index.ts';
import { checksView } from './checks.view.ts';

const link = (href: string) => href;
const filter = { severity: null, area: null, check: null };
const hit = (text: string): Hit => ({
  item: { kind: 'finding', id: newId() },
  text,
  link: '/findings/x/change',
  restricted: false,
  partyIds: [],
  boardIds: [],
});
const results = checks.map((check, at) => ({
  check,
  hits:
    at % 5 > 0
      ? []
      : Array.from({ length: 1 + at }, (_, n) =>
          hit(n === 0 ? 'visits-and-reviews-'.repeat(7) : `1.${n} Visits are written up in time`),
        ),
}));

export const examples: PageExample[] = [
  example(
    'What is missing or weak',
    'rooms/standards/web/page.njk',
    checksView({ results, filter, page: 1, link }),
  ),
];
