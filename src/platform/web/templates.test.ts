import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '../..');
const files = globSync('**/*.njk', { cwd: source });

describe('every template', () => {
  it.each(files)(
    '%s lets nothing through unescaped, nor what the security policy blocks',
    (file) => {
      const template = readFileSync(path.join(source, file), 'utf8');
      expect(/\|\s*safe\b|autoescape|<[a-z][^>]*\s(style|on[a-z]+)=/i.exec(template)).toBeNull();
    },
  );
});
