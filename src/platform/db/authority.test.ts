import { describe, expectTypeOf, it } from 'vitest';
import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { inAuthority } from './authority.ts';
import type { Db, Tx } from './tables.ts';

// Checked by tsc: outside a transaction the context is not set, and a store call would read nothing.
describe('the types of the store', () => {
  it('refuse a plain connection where a transaction is asked', () => {
    expectTypeOf<Tx>().toExtend<Db>();
    expectTypeOf<Db>().not.toExtend<Tx>();
  });

  it('refuse any other identifier where an authority is asked', () => {
    expectTypeOf<Parameters<typeof inAuthority>[1]>().toEqualTypeOf<AuthorityId>();
    expectTypeOf<UserId>().not.toExtend<AuthorityId>();
    expectTypeOf<string>().not.toExtend<AuthorityId>();
  });
});
