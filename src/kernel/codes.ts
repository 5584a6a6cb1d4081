/** Codes that stand in forms which people fill in elsewhere: short, and a mistyped one is found. */

/** Crockford's digits: none is taken for another. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLength = 10;

/**
 * The last 50 bits of an id, as ten characters that can be read aloud. Among the things of one
 * form it names one; outside of it it says nothing.
 */
export function shortKey(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-13)}`);
  let key = '';
  for (let place = 0; place < keyLength; place += 1) {
    key = (digits[Number(rest & 31n)] ?? '') + key;
    rest >>= 5n;
  }
  return key;
}

/** What is said, of capitals, digits and hyphens, with its check character after a last hyphen. */
export function withCheck(said: string): string {
  return `${said}-${checkOf(said)}`;
}

/**
 * What such a code says, or null where one character is not as it was. Small letters, blanks,
 * other hyphens and letters that are easily written for a digit do no harm.
 */
export function withoutCheck(text: string): string | null {
  const tidy = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(/[‐-―−]/g, '-');
  const check = tidy.slice(-1);
  // No code has these letters before its last character.
  const said = tidy.slice(0, -2).replaceAll('O', '0').replace(/[IL]/g, '1');
  return tidy.at(-2) === '-' && check === checkOf(said) ? said : null;
}

/**
 * The check of ISO 7064, MOD 37-2, with the hyphen as the 37th character: it finds every single
 * wrong character and every two that changed places.
 */
function checkOf(said: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-';
  let sum = 0;
  for (const character of said) sum = ((sum + alphabet.indexOf(character)) * 2) % 37;
  const check = (38 - sum) % 37;
  return check === 36 ? '*' : (alphabet[check] ?? '');
}
