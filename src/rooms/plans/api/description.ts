import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** The head of the OpenAPI document; the rest is made from the routes. */
export const description = {
  openapi: '3.1.0',
  info: {
    title: 'Sightline data',
    version: '1',
    description: [
      'Reads improvement plans, and changes nothing. A personal token opens it: its person makes one on their account page, and it is sent as `Authorization: Bearer TOKEN`, never in an address.',
      'A program reads what the token’s person may export at that moment, and no more. What is hidden from them looks as if it were not there.',
      'Dates are text, `YYYY-MM-DD`, of London. Counts are numbers. What nobody gave is null, never left out. Identifiers are stable. `as-at` asks how things stood at the end of a day; permissions are always today’s.',
      'A list comes in pages. `next` is the address of the following one, on the same server; it is null on the last. Each reading is logged once a token, kind, plan and day.',
      'At most 300 requests a minute for each token, of which 60 for the file of all plans.',
    ].join('\n\n'),
  },
  servers: [{ url: '/' }],
  components: {
    securitySchemes: {
      token: { type: 'http' as const, scheme: 'bearer', description: 'A personal token' },
    },
  },
  security: [{ token: [] }],
} satisfies FastifyDynamicSwaggerOptions['openapi'];
