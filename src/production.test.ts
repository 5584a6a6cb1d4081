import { describe, expect, it } from 'vitest';
import { whenToLoad, whyNotTheDemonstration } from './production.ts';

const demonstration = { slug: 'saltmarsh', isDemo: true };
const council = { slug: 'fenmoor', isDemo: false };
const at = (address: string, demo: 'yes' | 'no' | 'where empty' = 'no') => ({
  publicUrl: new URL(address),
  demo,
});

/** Security A-09: production refuses demonstration users. */
describe('the demonstration', () => {
  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'may be tried at %s, also beside a council',
    (address) => {
      expect(whyNotTheDemonstration([demonstration, council], at(address))).toBeNull();
    },
  );

  it.each(['https://sightline.fenmoor.example', 'http://10.0.0.5:3000', 'https://127.example.org'])(
    'is refused at %s unless it was asked for by name',
    (address) => {
      expect(whyNotTheDemonstration([demonstration], at(address))).toContain('SIGHTLINE_DEMO=yes');
      expect(whyNotTheDemonstration([demonstration], at(address, 'where empty'))).not.toBeNull();
      expect(whyNotTheDemonstration([demonstration], at(address, 'yes'))).toBeNull();
    },
  );

  it('is never let in beside a real council at an address that others reach', () => {
    const reason = whyNotTheDemonstration(
      [demonstration, council],
      at('https://sightline.fenmoor.example', 'yes'),
    );
    expect(reason).toContain('saltmarsh');
    expect(reason).toContain('a database of its own');
  });

  it('is not loaded by itself there, and a council alone is served', () => {
    expect(whenToLoad(at('https://sightline.fenmoor.example', 'where empty'))).toBe('no');
    expect(whenToLoad(at('http://localhost:3000', 'where empty'))).toBe('where empty');
    expect(whyNotTheDemonstration([council], at('https://sightline.fenmoor.example'))).toBeNull();
  });
});
