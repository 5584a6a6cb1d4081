import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, type PartyId, type UserId } from '#kernel/ids.ts';
import { forWhom, whoDecides, type AskedFor, type Decider } from './who-decides.ts';

const owner = newId<'party'>();
const above = newId<'party'>();
const lead = newId<'party'>();
const asker = newId<'user'>();
const other = newId<'user'>();

const decider = (change: Partial<Decider> = {}): Decider => ({
  userId: other,
  partyIds: [],
  isChair: false,
  mayApprove: true,
  ...change,
});
const asked = (change: Partial<AskedFor> = {}): AskedFor => ({
  requestedBy: asker,
  requesterPartyIds: [lead],
  owner,
  above,
  ...change,
});
const ownerAsked = asked({ requesterPartyIds: [owner] });

describe('who decides on a date', () => {
  it.each([
    ['whoever holds the owner’s post, or acts in it', { partyIds: [owner] }, asked(), 'owner'],
    ['the post above, where the owner asked', { partyIds: [above] }, ownerAsked, 'post above'],
    ['the chair, where the owner asked', { isChair: true }, ownerAsked, 'board chair'],
    [
      'the chair, where the owner asked and answers to nobody',
      { isChair: true },
      { ...ownerAsked, above: null },
      'board chair',
    ],
    [
      'the chair, where nobody owns the plan',
      { isChair: true },
      asked({ owner: null }),
      'board chair',
    ],
  ] as const)('is %s', (_who, who, what, capacity) => {
    expect(whoDecides(decider(who as Partial<Decider>), what)).toEqual({ kind: 'may', capacity });
  });

  it.each([
    ['the chair, where the owner can', { isChair: true }, asked(), ['not the owner']],
    ['the post above, where the owner can', { partyIds: [above] }, asked(), ['not the owner']],
    ['a deputy of the owner who asked', { partyIds: [owner] }, ownerAsked, ['owner asked for it']],
    [
      'the owner, without the right to approve',
      { partyIds: [owner], mayApprove: false },
      asked(),
      ['role may not approve'],
    ],
    [
      'whoever asked, with every reason at once',
      { userId: asker, mayApprove: false },
      asked({ owner: null }),
      ['asked for it', 'role may not approve', 'no owner'],
    ],
  ] as const)('is not %s', (_who, who, what, reasons) => {
    expect(whoDecides(decider(who as Partial<Decider>), what)).toEqual({
      kind: 'may not',
      reasons,
    });
  });

  const users: readonly UserId[] = [asker, other];
  const parties: readonly PartyId[] = [owner, above, lead];
  const anyDecider: fc.Arbitrary<Decider> = fc.record({
    userId: fc.constantFrom(...users),
    partyIds: fc.subarray([...parties]),
    isChair: fc.boolean(),
    mayApprove: fc.boolean(),
  });
  const anyAsked: fc.Arbitrary<AskedFor> = fc.record({
    requestedBy: fc.constantFrom(...users),
    requesterPartyIds: fc.subarray([...parties]),
    owner: fc.constantFrom(owner, null),
    above: fc.constantFrom(above, null),
  });

  it('is never whoever asked, nor anybody who may not approve, whatever they hold', () => {
    fc.assert(
      fc.property(anyDecider, anyAsked, (who, what) => {
        const verdict = whoDecides(who, what);
        const barred = who.userId === what.requestedBy || !who.mayApprove;
        if (barred) expect(verdict.kind).toBe('may not');
        if (verdict.kind === 'may not') expect(verdict.reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is whoever the page says that it is for, and nobody else', () => {
    fc.assert(
      fc.property(anyDecider, anyAsked, (who, what) => {
        const { postIds, chair } = forWhom(what);
        const named = postIds.some((id) => who.partyIds.includes(id)) || (chair && who.isChair);
        const free = who.userId !== what.requestedBy && who.mayApprove;
        expect(whoDecides(who, what).kind).toBe(named && free ? 'may' : 'may not');
      }),
    );
  });
});
