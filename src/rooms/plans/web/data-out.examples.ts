import { example, type PageExample } from '#platform/web/examples.ts';
import { dataOutView } from './data-out.view.ts';

export const examples: PageExample[] = [
  example(
    'Data out',
    'rooms/plans/web/page.njk',
    dataOutView({
      addresses: [
        {
          path: '/api/v1/plans/{plan}/actions/{action}',
          summary: 'One action',
          scope: 'plans:read',
        },
        {
          path: '/api/v1/plans/{plan}/updates',
          summary: 'Every update of the actions of a plan, in its words',
          scope: 'updates:read',
        },
      ],
      origin: 'https://sightline.saltmarsh.example',
      tokensHref: '/account/tokens',
    }),
  ),
];
