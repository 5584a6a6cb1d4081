import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeSettings, readConfig } from './config.ts';

function configOf(environment: Record<string, string>) {
  const reading = readConfig(environment);
  if (reading.kind === 'wrong') throw new Error(reading.problems.join(' '));
  return reading.config;
}

describe('readConfig', () => {
  it('needs nothing to be said', () => {
    const config = configOf({});
    expect(config.host).toBe('127.0.0.1');
    expect(config.port).toBe(3000);
    expect(config.publicUrl.href).toBe('http://localhost:3000/');
    expect(config.databaseUrl).toBeUndefined();
    expect(config.demo).toBeUndefined();
  });

  it('takes an empty setting as one that was not given', () => {
    expect(configOf({ DATABASE_URL: '', PORT: '', SIGHTLINE_DEMO: '' })).toEqual(configOf({}));
  });

  it('says plainly what is wrong, all at once, naming each setting', () => {
    const reading = readConfig({
      DATABASE_URL: 'mysql://somewhere',
      PORT: '70000',
      PUBLIC_URL: 'sightline',
      SIGHTLINE_SECRET: 'short',
    });
    expect(reading).toEqual({
      kind: 'wrong',
      problems: [
        'DATABASE_URL must begin with postgresql://.',
        'PORT must be a number from 0 to 65535.',
        'PUBLIC_URL must be an address such as https://sightline.example.',
        'SIGHTLINE_SECRET must be 32 characters or longer.',
      ],
    });
  });

  it.each([
    'THE-OUTPUT-OF-openssl-rand-hex-32',
    'change-me-change-me-change-me-please',
    'a-secret-for-the-program-of-the-council',
    '0'.repeat(64),
    '0123456789abcdef'.repeat(4),
  ])('refuses the secret %s, which others could guess', (secret) => {
    const reading = readConfig({ SIGHTLINE_SECRET: secret });
    expect(reading.kind).toBe('wrong');
    expect(JSON.stringify(reading)).toContain('must be random');
  });

  it('takes what openssl makes', () => {
    for (const encoding of ['hex', 'base64'] as const) {
      const secret = randomBytes(32).toString(encoding);
      expect(configOf({ SIGHTLINE_SECRET: secret }).secret).toBe(secret);
    }
  });

  it('never repeats a wrong secret or an address that holds a password', () => {
    const reading = readConfig({
      DATABASE_URL: 'mysql://u:hunter2@x',
      SIGHTLINE_SECRET: 'hunter2',
    });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
  });

  it('refuses an owner of tables without a program to own them for', () => {
    expect(readConfig({ DATABASE_KEEPER_URL: 'postgresql://k@h/d' }).kind).toBe('wrong');
  });

  it('lists proxies without blanks', () => {
    expect(configOf({ SIGHTLINE_PROXIES: '10.0.0.1, 10.0.0.2,' }).proxies).toEqual([
      '10.0.0.1',
      '10.0.0.2',
    ]);
  });

  it('describes every setting', () => {
    expect(describeSettings().filter((setting) => setting.text === '')).toEqual([]);
    expect(describeSettings().map((setting) => setting.name)).toContain('SIGHTLINE_DATA');
  });
});
