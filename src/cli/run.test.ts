import { describe, expect, it } from 'vitest';
import { sightline } from '#test/programs.ts';

describe('the command line', () => {
  it('helps, and lists every setting', async () => {
    const help = await sightline(['--help']);
    expect(help.code).toBe(0);
    expect(help.out).toContain('serve');
    expect(help.out).toContain('DATABASE_URL');
  });

  it.each([
    ['no such verb', ['frobnicate']],
    ['an unknown option', ['migrate', '--hard']],
  ])('refuses %s with the reason on standard error', async (_, args) => {
    const refusal = await sightline(args);
    expect(refusal).toMatchObject({ code: 2, out: '' });
    expect(refusal.error).toContain('unknown');
  });

  it('refuses a wrong setting by its name before it opens anything', async () => {
    const refusal = await sightline(['migrate'], { PORT: 'three thousand' });
    expect(refusal).toEqual({
      code: 2,
      out: '',
      error: 'PORT must be a number from 0 to 65535.\n',
    });
  });

  it('ends with 1 on a fault, such as a database that does not answer', async () => {
    const fault = await sightline(['migrate'], {
      DATABASE_URL: 'postgresql://sightline_app@127.0.0.1:1/sightline',
      DATABASE_KEEPER_URL: 'postgresql://sightline_keeper@127.0.0.1:1/sightline',
    });
    expect(fault.code).toBe(1);
    expect(fault.error).toContain('ECONNREFUSED');
  });
});
