import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/**
 * What a route does not name, it refuses: a field that nobody expects is an attack or a
 * mistake, and either should be heard of. Routes that give no schema for the query or the
 * body take none; a Zod object that would drop extra fields in silence stops the start-up.
 */
export function requireStrictSchemas(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const schema = route.schema ?? {};
    for (const part of ['querystring', 'body', 'params'] as const) {
      if (schema[part] instanceof z.ZodObject && !isStrict(schema[part])) {
        throw new Error(
          `${[route.method].flat().join(',')} ${route.url}: its ${part} schema drops extra fields. Use z.strictObject.`,
        );
      }
    }
    const takesBody = [route.method].flat().some((method) => !['GET', 'HEAD'].includes(method));
    route.schema = {
      ...schema,
      querystring: schema.querystring ?? z.strictObject({}),
      ...(takesBody ? { body: schema.body ?? nothing } : {}),
    };
  });
}

const nothing = z.union([z.strictObject({}), z.undefined(), z.null()]);

function isStrict(object: z.ZodObject): boolean {
  return object.def.catchall instanceof z.ZodNever;
}
