// Prints what runs in production, as package-lock.json has it, as a parts list: CycloneDX 1.5.
// (npm sbom --omit=dev leaves out every part that a tool of development uses as well.)
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { name, version, packages } = JSON.parse(
  readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
);

function component(place, part) {
  const [, group, name] = /node_modules\/(?:(@[^/]+)\/)?([^/]+)$/.exec(place);
  const purl = `pkg:npm/${group === undefined ? '' : `%40${group.slice(1)}/`}${name}@${part.version}`;
  const sha512 = Buffer.from(part.integrity.replace('sha512-', ''), 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': `${purl}#${place}`,
    ...(group === undefined ? {} : { group }),
    name,
    version: part.version,
    purl,
    scope: part.optional === true ? 'optional' : 'required',
    hashes: [{ alg: 'SHA-512', content: sha512 }],
    ...(typeof part.license === 'string' ? { licenses: [{ expression: part.license }] } : {}),
  };
}

const components = Object.entries(packages)
  .filter(([place, part]) => place !== '' && part.dev !== true && part.devOptional !== true)
  .map(([place, part]) => component(place, part));
const list = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { type: 'application', name, version } },
  components,
};
console.log(JSON.stringify(list, null, 2));
