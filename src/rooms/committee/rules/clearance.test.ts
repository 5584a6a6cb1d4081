import { describe, expect, it } from 'vitest';
import {
  clearanceState,
  finaliserStanding,
  openClearances,
  whyNotClear,
  type Clearance,
} from './clearance.ts';
import { classOf, standingTo } from './standing.ts';

const now = { words: 'w1', figures: 'f1' };
const clearance = (answer: Clearance['answer']): Clearance => ({
  id: 'c',
  postId: 'finance',
  post: 'Head of Finance',
  answer,
});
const cleared = (hashes = now, byId = 'pat') =>
  clearance({ answer: 'cleared', words: null, hashes, byId, at: new Date(0) });
const report = { authorId: 'robin', editorId: 'sam' };

describe('a clearance', () => {
  it('stands for exactly what was read, and says what changed since', () => {
    expect(clearanceState(clearance(null), now)).toBe('waits');
    expect(clearanceState(cleared(), now)).toBe('cleared');
    expect(clearanceState(cleared({ ...now, words: 'w0' }), now)).toBe('words changed');
    expect(clearanceState(cleared({ ...now, figures: 'f0' }), now)).toBe('figures changed');
    expect(openClearances([cleared(), clearance(null)], now)).toEqual([
      { kind: 'clearance', post: 'Head of Finance', state: 'waits' },
    ]);
  });

  it.each([
    ['pat', ['finance'], []],
    ['pat', ['legal'], ['not asked']],
    ['robin', ['finance'], ['wrote it']],
    ['sam', ['finance'], ['changed it last']],
    ['sam', [], ['not asked', 'changed it last']],
  ])('by %s who holds %j: %j', (userId, partyIds, expected) => {
    expect(whyNotClear({ userId, partyIds }, clearance(null), report)).toEqual(expected);
  });
});

describe('who makes it final', () => {
  it('is a second person, or a writer whose words another cleared as they stand', () => {
    const second = (userId: string, clearances: Clearance[]) =>
      finaliserStanding(userId, report, clearances, now).secondPerson;
    expect(second('kit', [])).toBe(true);
    expect(second('robin', [])).toBe(false);
    expect(second('sam', [cleared()])).toBe(true);
    expect(second('robin', [cleared({ ...now, words: 'w0' })])).toBe(false);
    expect(second('robin', [cleared(now, 'sam')])).toBe(false);
  });
});

describe('how somebody stands to a report', () => {
  const ties = {
    authorId: 'robin',
    isFinal: false,
    committeeId: 'board',
    clearingPosts: ['finance'],
    planOwners: ['director'],
  };
  it.each([
    ['robin', [], { assigned: true, own: true, onBoard: false }],
    ['pat', ['finance'], { assigned: true, own: false, onBoard: false }],
    ['jo', ['director'], { assigned: true, own: false, onBoard: false }],
    ['lee', ['board'], { assigned: false, own: false, onBoard: false }],
    ['lee', [], { assigned: false, own: false, onBoard: false }],
  ])('%s with %j', (userId, partyIds, expected) => {
    expect(standingTo({ userId, partyIds }, ties)).toEqual(expected);
  });

  it('changes once it is final: the committee reads it, and it is nobody’s own any more', () => {
    const final = { ...ties, isFinal: true };
    expect(standingTo({ userId: 'lee', partyIds: ['board'] }, final).onBoard).toBe(true);
    expect(standingTo({ userId: 'robin', partyIds: [] }, final).own).toBe(false);
    expect(classOf({ isPublic: true, isFinal: false })).toBe('DRF');
    expect(classOf({ isPublic: true, isFinal: true })).toBe('PLN');
    expect(classOf({ isPublic: false, isFinal: true })).toBe('EXM');
  });
});
