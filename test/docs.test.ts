import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkout } from '#platform/checkout.ts';
import { describeSettings } from '#platform/config.ts';
import { run } from '../src/cli/run.ts';

/** What is written for people must lead somewhere, and name only what is there. */
const elsewhere = ['node_modules', 'runtime', 'data', 'tmp'];
const documents = globSync('**/*.md', {
  cwd: checkout,
  exclude: (name) => elsewhere.includes(name),
}).sort();
const textOf = (file: string) => readFileSync(path.join(checkout, file), 'utf8');

/** The anchor of a heading, as it stands in a link to it. */
function anchorsOf(file: string): string[] {
  return Array.from(textOf(file).matchAll(/^#+ (.+)$/gm), ([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function leadsNowhere(from: string, link: string): boolean {
  const [target = '', anchor] = link.split('#', 2);
  const file = target === '' ? from : path.join(path.dirname(from), decodeURI(target));
  if (!existsSync(path.join(checkout, file))) return true;
  return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
}

/** Spans and blocks of code, a line continued by a backslash as one. */
function codeOf(file: string): string[] {
  const text = textOf(file).replace(/\\\n\s*/g, ' ');
  const blocks = text.match(/^```[\s\S]*?^```/gm) ?? [];
  const rest = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...blocks.flatMap((block) => block.split('\n')), ...(rest.match(/`[^`\n]+`/g) ?? [])];
}

/** What `bin/sightline WORDS --help` prints. */
async function helpOf(words: readonly string[]): Promise<string> {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  try {
    await run([...words, '--help']);
  } finally {
    write.mockRestore();
  }
  return printed;
}

/** The verbs below these words, from the list under "Commands:". */
async function verbsBelow(words: readonly string[]): Promise<string[]> {
  const list = (await helpOf(words)).split('Commands:\n')[1]?.split('\n\n')[0] ?? '';
  return Array.from(list.matchAll(/^ {2}([a-z]+)/gm), ([, verb = '']) => verb);
}

/** What is wrong with a command line that a document gives; null when nothing is. */
async function faultOf(command: string): Promise<string | null> {
  const written = /bin\/sightline((?: [^\s`|>;&)]+)*)/.exec(command)?.[1]?.trim().split(' ') ?? [];
  const given = written.filter((word) => word !== '');
  const verb: string[] = [];
  for (let below = await verbsBelow([]); below.length > 0; below = await verbsBelow(verb)) {
    const next = given[verb.length];
    if (next === undefined || next.startsWith('-')) break;
    if (!below.includes(next)) return `no verb “${[...verb, next].join(' ')}”`;
    verb.push(next);
  }
  const help = await helpOf(verb);
  const flags = given.filter((word) => /^--[a-z]/.test(word));
  const unknown = flags.filter((flag) => !new RegExp(`${flag}(?![a-z-])`).test(help));
  return unknown.length === 0 ? null : `${verb.join(' ')} has no ${unknown.join(', ')}`;
}

describe('what is written', () => {
  it.each(documents)('%s leads only to what is there', (file) => {
    const links = Array.from(
      textOf(file).matchAll(/(?:\]\(|<img src=")([^()"\s]+)[)"]/g),
      ([, link = '']) => link,
    );
    const inside = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(inside.filter((link) => leadsNowhere(file, link))).toEqual([]);
  });

  it.each(documents)('%s names only programs, verbs and flags that there are', async (file) => {
    const commands = codeOf(file).filter((code) => /\bbin\/[a-z]/.test(code));
    const programs = commands.flatMap((code) =>
      Array.from(code.matchAll(/(?<![\w/.])bin\/([a-z-]+)/g), ([program]) => program),
    );
    expect(programs.filter((program) => !existsSync(path.join(checkout, program)))).toEqual([]);
    const faults: string[] = [];
    for (const command of commands.filter((code) => code.includes('bin/sightline'))) {
      const fault = await faultOf(command);
      if (fault !== null) faults.push(`${command.trim()}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });

  it('says of each setting in docs/deployment.md what the program says', () => {
    const rows = textOf('docs/deployment.md').matchAll(/^\| `([A-Z_]+)`\s*\| (.+?)\s*\|$/gm);
    const said = Array.from(rows, ([, name, text]) => ({ name, text }));
    expect(said).toEqual(describeSettings());
  });

  it('calls what stands on the pages as the pages do', () => {
    const plain = (text: string) => text.replaceAll('’', "'").replace(/\s+/g, ' ');
    const pages = globSync('src/**/web/**/*.{njk,ts}', { cwd: checkout })
      .filter((file) => !/\.(test|examples|test-help)\.ts$/.test(file))
      .map(textOf);
    const onPages = plain(pages.join('\n'));
    const named = documents
      .filter((file) => file.startsWith('docs/tasks/'))
      .flatMap((file) =>
        Array.from(textOf(file).matchAll(/\*\*([^*]+)\*\*/g), ([, words = '']) => ({
          file,
          words: plain(words),
        })),
      );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ words }) => !onPages.includes(words))).toEqual([]);
  });
});
