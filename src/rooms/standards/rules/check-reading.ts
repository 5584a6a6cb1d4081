import type { FrameworkReading, ReadProblem } from './framework-reading.ts';

/** How long each text may be. */
export const longest = { title: 300, label: 60, ref: 40, domain: 500, text: 8000 } as const;

const mostCriteria = 1000;

/** What is wrong with a framework as a whole, whatever the file: nothing in it, a ref twice, a text too long. */
export function checkReading(reading: FrameworkReading): ReadProblem[] {
  const problems: ReadProblem[] = [];
  const criteria = reading.domains.flatMap((domain) => domain.criteria);
  if (criteria.length === 0) {
    problems.push({ where: 'the file', text: 'There are no criteria in it.' });
  }
  if (criteria.length > mostCriteria) {
    const text = `There are ${criteria.length} criteria in it, and ${mostCriteria} is the most.`;
    problems.push({ where: 'the file', text });
  }
  if (reading.levels.filter((level) => level.rank !== null).length < 2) {
    problems.push({
      where: 'the levels',
      text: 'There must be at least two levels to choose from.',
    });
  }
  const keys = new Set<string>();
  for (const { key, name } of reading.levels) {
    if (key === '' || keys.has(key)) {
      problems.push({
        where: 'the levels',
        text: `Two levels are called “${name}”, or one has no name.`,
      });
    }
    keys.add(key);
  }
  const refs = new Map<string, string>();
  for (const { ref, where, text } of criteria) {
    const first = refs.get(ref);
    if (ref !== '' && first !== undefined) {
      problems.push({ where, text: `The reference ${ref} stands twice, first at ${first}.` });
    }
    refs.set(ref, where);
    if (ref.length > longest.ref) problems.push({ where, text: tooLong('reference', longest.ref) });
    if (text.length > longest.text)
      problems.push({ where, text: tooLong('criterion', longest.text) });
  }
  for (const { title, ref, where } of reading.domains) {
    if (title.length > longest.domain)
      problems.push({ where, text: tooLong('domain', longest.domain) });
    if ((ref ?? '').length > longest.ref)
      problems.push({ where, text: tooLong('reference', longest.ref) });
  }
  return problems;
}

function tooLong(what: string, most: number): string {
  return `The ${what} has more than ${most.toLocaleString('en-GB')} characters.`;
}
