import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '#platform/config.ts';
import { serve } from '../../src/serve.ts';

/** What the measured server tells of itself when it is asked. */
export interface Pulse {
  /** The event loop's delay since the question before, in milliseconds. */
  loopDelayMs: { p99: number; p999: number; most: number };
  residentMb: number;
}

// The program as it is served, with one addition: whoever started it may ask how it does.
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
process.on('message', () => {
  const ms = (nanoseconds: number) => nanoseconds / 1e6;
  const pulse: Pulse = {
    loopDelayMs: {
      p99: ms(delay.percentile(99)),
      p999: ms(delay.percentile(99.9)),
      most: ms(delay.max),
    },
    residentMb: process.memoryUsage.rss() / 1024 / 1024,
  };
  delay.reset();
  process.send?.(pulse);
});

const reading = readConfig();
if (reading.kind === 'wrong') throw new Error(reading.problems.join(' '));
await serve(
  reading.config,
  { demo: 'no' },
  { out: () => process.send?.('ready'), note: console.error },
);
process.disconnect?.();
