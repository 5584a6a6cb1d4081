import { describe, expect, it } from 'vitest';
import { committeePaper, paperOf } from './example-paper.test-help.ts';
import { typstIsInstalled } from './pdf/typst.ts';
import { pressLimits } from './press-limits.ts';
import { Press, type PressOrder } from './press.ts';
import { whyNoPaper } from './paper.ts';

const order: PressOrder = { format: 'docx', paper: committeePaper };

/** More than any limit below lets through. */
const endless = {
  format: 'docx',
  paper: paperOf(
    Array.from({ length: 300_000 }, (_, at) => ({ kind: 'numbered' as const, text: `One ${at}` })),
  ),
} as const;

describe('the press', () => {
  it('makes a Word document and a PDF in a process of its own', async () => {
    const press = new Press();
    const word = await press.make(order);
    const first = (file: typeof word) =>
      file.kind === 'made' ? Buffer.from(file.bytes.slice(0, 4)).toString('latin1') : file.why;
    expect(first(word)).toBe('PK\u0003\u0004');
    if (!typstIsInstalled()) return;
    expect(first(await press.make({ ...order, format: 'pdf' }))).toBe('%PDF');
  });

  it('ends what takes too long, and what takes too much memory', async () => {
    const slow = new Press({ ...pressLimits, seconds: 0.01 });
    expect(await slow.make(order)).toEqual({ kind: 'cannot', why: 'too-slow' });
    const small = new Press({ ...pressLimits, megabytes: 300 });
    expect(await small.make(endless)).toEqual({ kind: 'cannot', why: 'too-large' });
  });

  it('refuses more than may wait', async () => {
    const full = new Press({ ...pressLimits, waiting: 0 });
    expect(await full.make(order)).toEqual({ kind: 'cannot', why: 'busy' });
  });

  it('ends what is being made, and what waits, when the program stops', async () => {
    const press = new Press({ ...pressLimits, atOnce: 1 });
    const files = [press.make(endless), press.make(order)];
    press.stop();
    const stopping = { kind: 'cannot', why: 'stopping' };
    expect(await Promise.all(files)).toEqual([stopping, stopping]);
  });

  it('keeps the words of a paper out of the fault that it reports', async () => {
    // A date that is none is a fault of the caller's, which only shows where it is written.
    const { head } = committeePaper;
    const broken = {
      ...committeePaper,
      head: { ...head, printed: { by: 'x', at: new Date(NaN) } },
    };
    const fault = await new Press()
      .make({ format: 'docx', paper: broken })
      .catch((error: unknown) => String(error));
    expect(fault).toMatch(/The press failed: \w*Error/);
    expect(fault).not.toContain('Safeguarding');
  });
});

it('says in a sentence why there is no file', () => {
  for (const why of ['not-installed', 'too-slow', 'too-large', 'busy', 'stopping'] as const) {
    expect(whyNoPaper(why)).toMatch(/^[A-Z].*\.$/);
  }
});
