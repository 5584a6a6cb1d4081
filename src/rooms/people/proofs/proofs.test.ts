import { describe, expect, it } from 'vitest';
import { codeStep, keyInGroups, newCodeKey, codeKeyAddress } from './one-time-code.ts';
import { hashPassword, passwordMatches } from './password-hash.ts';
import { openKey, sealKey } from './sealed-key.ts';
import { newToken, tokenHash } from './tokens.ts';
import { squareCode } from './square-code.ts';

describe('a one-time code', () => {
  // RFC 6238, appendix B: the key is the ASCII text 12345678901234567890; the last six digits.
  const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const at = (seconds: number) => new Date(seconds * 1000);

  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [1234567890, '005924', 41152263],
    [2000000000, '279037', 66666666],
  ])('at %i seconds is %s', async (seconds, code, step) => {
    expect(await codeStep(key, code, at(seconds), null)).toBe(step);
  });

  it.each([
    ['one step late', 59 + 30, 1],
    ['one step early', 59 - 30, 1],
    ['two steps late', 59 + 60, null],
  ])('%s', async (_what, seconds, step) => {
    expect(await codeStep(key, '287082', at(seconds), null)).toBe(step);
  });

  it('is not taken two steps early', async () => {
    const stepBegins = 1111111080;
    expect(await codeStep(key, '081804', at(stepBegins - 30), null)).toBe(37037036);
    expect(await codeStep(key, '081804', at(stepBegins - 31), null)).toBeNull();
  });

  it('works once', async () => {
    expect(await codeStep(key, '287082', at(59), 0)).toBe(1);
    expect(await codeStep(key, '287082', at(59), 1)).toBeNull();
    expect(await codeStep(key, '287082', at(59), 2)).toBeNull();
  });

  it('may be typed with a space, and is nothing but six digits', async () => {
    expect(await codeStep(key, ' 287 082 ', at(59), null)).toBe(1);
    for (const wrong of ['', '28708', '2870820', '28708a', '000000', '２８７０８２']) {
      expect(await codeStep(key, wrong, at(59), null), wrong).toBeNull();
    }
  });

  it('has a key of 160 bits, which a person can type', () => {
    const made = newCodeKey();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(keyInGroups(made).split(' ')).toHaveLength(8);
    expect(keyInGroups('ABCDEFGH')).toBe('ABCD EFGH');
  });

  it('is set up from an address that names the council and the person', () => {
    const address = new URL(codeKeyAddress(key, 'robin@saltmarsh.example', 'Saltmarsh Council'));
    expect(address.protocol).toBe('otpauth:');
    expect(address.searchParams.get('secret')).toBe(key);
    expect(decodeURIComponent(address.pathname)).toContain('robin@saltmarsh.example');
  });
});

describe('a stored password', () => {
  it('is Argon2id, salted, and matches itself alone', async () => {
    const [one, other] = await Promise.all([
      hashPassword('grey herons'),
      hashPassword('grey herons'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await passwordMatches('grey herons', one)).toBe(true);
    expect(await passwordMatches('grey heron', one)).toBe(false);
    expect(await passwordMatches('grey herons ', one)).toBe(false);
  });

  it('is matched by nothing where there is none', async () => {
    expect(await passwordMatches('', null)).toBe(false);
    expect(await passwordMatches('anything', null)).toBe(false);
  });

  it('is read with the cost that it was made with', async () => {
    // A test vector of the reference implementation (P-H-C/phc-winner-argon2, src/test.c).
    const vector =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwordMatches('password', vector)).toBe(true);
    expect(await passwordMatches('passwore', vector)).toBe(false);
  });

  it('is a fault where it cannot be read', async () => {
    await expect(passwordMatches('x', 'plain text')).rejects.toThrow('cannot be read');
  });
});

describe('a sealed key', () => {
  const secret = 'a secret for tests, long enough to be one';

  it('opens for its user under its secret, and for nobody else', () => {
    const sealed = sealKey('ABCDEFGH', 'user-1', secret);
    expect(openKey(sealed, 'user-1', secret)).toBe('ABCDEFGH');
    expect(sealed).not.toContain('ABCDEFGH');
    expect(() => openKey(sealed, 'user-2', secret)).toThrow();
    expect(() => openKey(sealed, 'user-1', `${secret}!`)).toThrow();
    expect(() =>
      openKey(`${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`, 'user-1', secret),
    ).toThrow();
  });
});

describe('a token', () => {
  it('has 256 bits, never comes twice, and is not in what is kept of it', () => {
    const tokens = Array.from({ length: 10_000 }, newToken);
    expect(new Set(tokens).size).toBe(10_000);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(tokenHash(tokens[0] ?? '')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the square code', () => {
  it('is a drawing with a name and no style of its own', () => {
    const drawing = squareCode('otpauth://totp/x?secret=ABC', 'Square code').toString();
    expect(drawing).toContain('role="img"');
    expect(drawing).toContain('aria-label="Square code"');
    expect(drawing).not.toMatch(/style|script|url\(/);
  });
});
