import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';

/** The few files that pages load, held in memory, under an address that changes with them. */
export interface Assets {
  /** `/assets/<version>`: what a template puts before `/sightline.css`. */
  path: string;
  files: ReadonlyMap<string, Asset>;
}

interface Asset {
  type: string;
  bytes: Buffer;
}

const require = createRequire(import.meta.url);
const own = (name: string) => new URL(`./assets/${name}`, import.meta.url);

/** Reads the files once, at start. @throws when one is missing, which is a broken installation. */
export function loadAssets(): Assets {
  const css = 'text/css; charset=utf-8';
  const script = 'text/javascript; charset=utf-8';
  const files = new Map<string, Asset>([
    [
      'govuk-frontend.css',
      { type: css, bytes: library('govuk-frontend/dist/govuk/govuk-frontend.min.css') },
    ],
    [
      'moj-frontend.css',
      { type: css, bytes: library('@ministryofjustice/frontend/moj/moj-frontend.min.css') },
    ],
    ['sightline.css', { type: css, bytes: readFileSync(own('sightline.css')) }],
    [
      'govuk-frontend.min.js',
      {
        type: script,
        bytes: readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.js')),
      },
    ],
    ['sightline.js', { type: script, bytes: readFileSync(own('sightline.js')) }],
    ['time-out.js', { type: script, bytes: readFileSync(own('time-out.js')) }],
    ['sightline.svg', { type: 'image/svg+xml', bytes: readFileSync(own('sightline.svg')) }],
  ]);
  const hash = createHash('sha256');
  for (const { bytes } of files.values()) hash.update(bytes);
  return { path: `/assets/${hash.digest('hex').slice(0, 16)}`, files };
}

/** Serves each file, for a year: a new version has a new address. */
export function serveAssets(app: FastifyInstance, assets: Assets): void {
  for (const [name, { type, bytes }] of assets.files) {
    app.get(
      `${assets.path}/${name}`,
      { config: { rule: { open: 'style sheets and scripts hold nothing of anybody' } } },
      (_request, reply) =>
        reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(bytes),
    );
  }
}

function library(path: string): Buffer {
  return Buffer.from(withoutCrownEstate(readFileSync(require.resolve(path), 'utf8')));
}

/**
 * The design system's style sheet without what is licensed to GOV.UK alone: the typeface
 * GDS Transport and the royal arms. Pictures that we do not serve go too.
 */
export function withoutCrownEstate(css: string): string {
  return css
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/GDS Transport,\s*arial,\s*sans-serif/gi, 'Arial,Helvetica,sans-serif')
    .replace(/[^{}]*\{[^{}]*govuk-crest[^{}]*\}/g, '')
    .replace(/url\(\/assets\/images\/[^)]*\)/g, 'none')
    .replace(/\/\*![^*]*exclusive use on gov\.uk[^*]*\*\//g, '')
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//g, '');
}
