import { parseIsoDate } from '#kernel/dates.ts';
import type { YamlNode } from '#platform/documents/tables/yaml-node.ts';
import type { FrameworkReading, ReadCriterion, ReadDomain } from './framework-reading.ts';
import {
  isStanding,
  levelKey,
  metLevels,
  ofstedGrades,
  withRanks,
  type Level,
  type LevelStanding,
} from './levels.ts';
import { checkReading, longest } from './check-reading.ts';

/** The names under which a file can ask for the levels that most frameworks have. */
export const levelSchemes: Readonly<Record<string, readonly Level[]>> = {
  'fully, partially, not met': metLevels,
  'four grades': ofstedGrades,
};

/**
 * Reads a framework from a YAML file as docs/tasks/load-a-framework.md describes it. Whatever is
 * missing or not understood is a problem with its line; keys that mean nothing here are problems
 * too, so that a misspelt one is not lost.
 */
export function readFrameworkYaml(root: YamlNode): FrameworkReading {
  const problems: FrameworkReading['problems'] = [];
  const problem = (line: number, text: string) => problems.push({ where: `line ${line}`, text });

  const fieldsOf = (node: YamlNode, known: readonly string[], what: string) => {
    if (node.kind !== 'map') {
      problem(node.line, `${what} is to be written as “key: value”.`);
      return new Map<string, YamlNode>();
    }
    for (const { key, line } of node.entries) {
      if (!known.includes(key)) {
        problem(line, `“${key.slice(0, 60)}” is not known here. Known are: ${known.join(', ')}.`);
      }
    }
    return new Map(node.entries.map(({ key, value }) => [key, value]));
  };
  const textOf = (node: YamlNode | undefined, what: string): string | null => {
    if (node === undefined) return null;
    if (node.kind === 'text') return node.text.trim() === '' ? null : node.text.trim();
    problem(node.line, `${what} is to be one text.`);
    return null;
  };
  const itemsOf = (node: YamlNode | undefined, what: string): YamlNode[] => {
    if (node === undefined) return [];
    if (node.kind === 'list') return node.items;
    problem(node.line, `${what} is to be a list, each line with a hyphen.`);
    return [];
  };

  const top = fieldsOf(
    root,
    ['title', 'edition', 'publisher', 'published', 'note', 'levels', 'domains'],
    'The file',
  );
  const title = textOf(top.get('title'), 'title');
  const label = textOf(top.get('edition'), 'edition');
  if (title === null) problem(1, 'The file has no “title”.');
  if (label === null) problem(1, 'The file has no “edition”, such as 2026.');
  const published = textOf(top.get('published'), 'published');
  const publishedOn = published === null ? null : parseIsoDate(published);
  if (published !== null && publishedOn === null) {
    const line = top.get('published')?.line ?? 1;
    problem(line, `“${published.slice(0, 40)}” is no date. Write it as 2026-04-01.`);
  }
  const levels = readLevels(top.get('levels'));

  function readLevels(node: YamlNode | undefined): Level[] {
    if (node === undefined) {
      problem(1, 'The file has no “levels”.');
      return [];
    }
    if (node.kind === 'text') {
      const scheme = levelSchemes[node.text.trim().toLowerCase()];
      if (scheme !== undefined) return [...scheme];
      const known = Object.keys(levelSchemes).join('” or “');
      problem(node.line, `The levels are a list, or one of “${known}”.`);
      return [];
    }
    const read = itemsOf(node, 'levels').map((item) => {
      const fields = fieldsOf(item, ['name', 'meaning', 'counts as'], 'A level');
      const name = textOf(fields.get('name'), 'name');
      const standing = textOf(fields.get('counts as'), 'counts as');
      if (name === null) problem(item.line, 'A level has no “name”.');
      if (standing === null || !isStanding(standing)) {
        problem(
          item.line,
          'Say as what the level counts: met, partly met, not met or not applicable.',
        );
      }
      const countsAs: LevelStanding =
        standing !== null && isStanding(standing) ? standing : 'partly met';
      return {
        key: levelKey(name ?? ''),
        name: name ?? '',
        meaning: textOf(fields.get('meaning'), 'meaning'),
        countsAs,
      };
    });
    return withRanks(read);
  }

  const domains = itemsOf(top.get('domains'), 'domains').map((node): ReadDomain => {
    const fields = fieldsOf(node, ['ref', 'title', 'criteria'], 'A domain');
    const domainTitle = textOf(fields.get('title'), 'title');
    if (domainTitle === null) problem(node.line, 'A domain has no “title”.');
    return {
      where: `line ${node.line}`,
      ref: textOf(fields.get('ref'), 'ref'),
      title: domainTitle ?? '',
      criteria: itemsOf(fields.get('criteria'), 'criteria').map(readCriterion),
    };
  });

  function readCriterion(node: YamlNode): ReadCriterion {
    const fields = fieldsOf(node, ['ref', 'text', 'descriptors'], 'A criterion');
    const ref = textOf(fields.get('ref'), 'ref');
    const text = textOf(fields.get('text'), 'text');
    if (ref === null) problem(node.line, 'A criterion has no “ref”.');
    if (text === null) problem(node.line, 'A criterion has no “text”.');
    const descriptors: Record<string, string> = {};
    const given = fields.get('descriptors');
    if (given !== undefined) {
      if (given.kind !== 'map')
        problem(given.line, 'descriptors are to be written as “level: text”.');
      else {
        for (const { key, line, value } of given.entries) {
          const level = levels.find((one) => one.name.toLowerCase() === key.trim().toLowerCase());
          const words = textOf(value, key);
          if (level === undefined) problem(line, `“${key.slice(0, 60)}” is no level of this file.`);
          else if (words !== null) descriptors[level.key] = words;
        }
      }
    }
    return { where: `line ${node.line}`, ref: ref ?? '', text: text ?? '', descriptors };
  }

  const reading: FrameworkReading = {
    title: (title ?? '').slice(0, longest.title),
    label: (label ?? '').slice(0, longest.label),
    publisher: textOf(top.get('publisher'), 'publisher'),
    publishedOn,
    note: textOf(top.get('note'), 'note'),
    levels,
    domains,
    problems,
  };
  return { ...reading, problems: [...problems, ...checkReading(reading)] };
}
