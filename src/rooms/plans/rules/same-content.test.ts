import { describe, expect, it } from 'vitest';
import type { PartyRef, SourceRef } from './picture.ts';
import { sameAction, sameNames, sameSources } from './same-content.ts';

const parties = (...names: string[]) => names.map((name) => ({ name })) as PartyRef[];
const source = (title: string, words: string | null = null, page: string | null = null) =>
  ({ title, words, page }) as SourceRef;

describe('whether a save would change anything', () => {
  it('takes two spellings of one name for one, and the order for a difference', () => {
    expect(sameNames(parties('Service Manager'), ['service  manager', 'SERVICE MANAGER '])).toBe(
      true,
    );
    expect(sameNames(parties('A', 'B'), ['B', 'A'])).toBe(false);
    expect(sameNames(parties('A'), [])).toBe(false);
  });

  it('takes sources in any order, and words or pages for a difference', () => {
    const standing = [source('Inspection', 'Late', '4'), source('Survey')];
    expect(sameSources(standing, [source('survey'), source('Inspection', 'Late', '4')])).toBe(true);
    expect(sameSources(standing, [source('Survey'), source('Inspection', 'Late', '5')])).toBe(
      false,
    );
    expect(sameSources(standing, [source('Survey')])).toBe(false);
  });

  it('does not count a lead who is also named as a contributor', () => {
    const words = {
      objectiveId: 'o',
      ref: '1',
      text: 'Act',
      priority: null,
      successMeasure: null,
      outcomeForChildren: null,
      sources: [],
    };
    const standing = { ...words, leads: parties('A'), contributors: parties('B') };
    const given = { ...words, leads: ['A'], contributors: ['a', 'B'] };
    expect(sameAction(standing, given)).toBe(true);
    expect(sameAction(standing, { ...given, text: 'Act now' })).toBe(false);
    expect(sameAction(standing, { ...given, contributors: [] })).toBe(false);
  });
});
