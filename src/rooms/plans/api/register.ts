import swagger from '@fastify/swagger';
import type { FastifyError, RouteOptions } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { App } from '#platform/web/server.ts';
import type { PlanDeps } from '../web/deps.ts';
import { addDataOutPages } from './data-out.routes.ts';
import { description } from './description.ts';
import { addFactRoutes } from './facts.routes.ts';
import { addFlatRoutes } from './flat.routes.ts';
import { refuseLooseDay } from './open-for-program.ts';
import { addPlanRoutes, readsPlans } from './plans.routes.ts';

/** Hangs the API on the server, with its description, and the page that tells people of it. */
export function registerApi(app: App, deps: PlanDeps): void {
  let described: () => object = () => {
    throw new Error('The API is not described before the server is ready');
  };
  void app.register(async (scope) => {
    const api: App = scope.withTypeProvider<ZodTypeProvider>();
    // The routes of this scope alone are described, from the schemas that they are held against.
    await api.register(swagger, {
      openapi: description,
      transform: (route) => withScope(jsonSchemaTransform(route), route.route),
      transformObject: (whole) => outputsAlone(jsonSchemaTransformObject(whole)),
    });
    described = () => api.swagger();
    api.addHook('onRequest', async (request, reply) => refuseLooseDay(request, reply));
    api.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.validation === undefined) throw error;
      return reply.problem(400, {
        title: 'A parameter is not as described',
        text: sayWhichParameter(error),
      });
    });
    addPlanRoutes(api, deps);
    addFactRoutes(api, deps);
    addFlatRoutes(api, deps);
    api.get('/api/v1/openapi.json', { config: readsPlans, schema: { hide: true } }, () =>
      described(),
    );
  });
  addDataOutPages(app, deps, () => described());
}

/** Says of each route which scope opens it. */
function withScope(
  told: ReturnType<typeof jsonSchemaTransform>,
  { config }: RouteOptions,
): ReturnType<typeof jsonSchemaTransform> {
  const security = [{ token: [config?.token ?? ''] }];
  return { ...told, schema: { ...told.schema, security } };
}

/** Nothing is sent in: the schemas of answers are the only ones with a name. */
function outputsAlone(
  whole: ReturnType<typeof jsonSchemaTransformObject>,
): ReturnType<typeof jsonSchemaTransformObject> {
  const schemas = 'components' in whole ? (whole.components.schemas ?? {}) : {};
  for (const name of Object.keys(schemas)) {
    if (name.endsWith('Input')) Reflect.deleteProperty(schemas, name);
  }
  return whole;
}

/** Names a parameter of ours; a name of the sender's own is not said back. */
function sayWhichParameter({ validation }: FastifyError): string {
  const names = (validation ?? []).flatMap(({ instancePath }) => {
    const [, name = ''] = instancePath.split('/');
    return name === '' ? [] : [name];
  });
  return names.length === 0
    ? 'There is one that this address does not know. Each is described at /api/v1/openapi.json.'
    : `Look at ${[...new Set(names)].join(', ')}. Each is described at /api/v1/openapi.json.`;
}
