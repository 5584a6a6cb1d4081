// The walls of the house. The floors come from rooms.config.ts.
import { floors } from './rooms.config.ts';

const rooms = floors.flat();
const above = (floor) => floors.slice(floor).flat();

const floorRules = floors.flatMap((names, floor) =>
  names.map((name) => ({
    name: `${name}-uses-only-lower-floors`,
    severity: 'error',
    from: { path: `^src/rooms/${name}/` },
    to: {
      path: `^src/rooms/(${
        above(floor)
          .filter((other) => other !== name)
          .join('|') || 'none'
      })/`,
    },
  })),
);

const doorRules = rooms.map((name) => ({
  name: `${name}-is-entered-by-its-front-door`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(rooms/${name}/|app\\.ts|cli\\.ts|cli/)` },
  to: { path: `^src/rooms/${name}/`, pathNot: `^src/rooms/${name}/index\\.ts$` },
}));

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(src/(platform|rooms)|node:|fs|pg|fastify)',
        dependencyTypesNot: ['undetermined'],
      },
    },
    {
      name: 'kernel-uses-no-core-module',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '(\\.test\\.ts|/ids\\.ts)$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(rooms|app|main|cli)' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^src/rooms/[^/]+/rules/', pathNot: '\\.test\\.ts$' },
      to: {
        // The package is a list of words and computes nothing. The shape of what a lower room gives
        // is no doing of its own: a type may come through its front door.
        pathNot:
          '^(src/kernel/|src/rooms/[^/]+/rules/|src/platform/documents/((grid|outline|paper-blocks)\\.ts$|tables/)|node_modules/@zxcvbn-ts/language-common/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-uses-platform-only',
      severity: 'error',
      from: { path: '^src/rooms/[^/]+/store/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/rooms/[^/]+/(web|actions)/' },
    },
    {
      name: 'actions-know-no-web',
      severity: 'error',
      from: { path: '^src/rooms/[^/]+/actions/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/rooms/[^/]+/web/' },
    },
    ...floorRules,
    ...doorRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
