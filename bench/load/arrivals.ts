import { Agent, request } from 'node:http';

/** What came of the requests of one kind. */
export interface Answers {
  /** From the moment at which each was due, not sent: a slow server cannot hide its queue. */
  waitedMs: number[];
  byStatus: Record<string, number>;
}

export interface Ask {
  method?: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 400 });

/**
 * Sends requests at a steady rate for so long, whether or not the earlier ones were answered,
 * and waits for the last.
 */
export async function arrive(
  port: number,
  perSecond: number,
  seconds: number,
  next: (number: number) => Ask,
): Promise<Answers> {
  const answers: Answers = { waitedMs: [], byStatus: {} };
  const count = Math.round(perSecond * seconds);
  const began = performance.now();
  const open = new Set<Promise<void>>();
  for (let number = 0; number < count; number += 1) {
    const due = began + (number * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    const asked = send(port, next(number)).then((status) => {
      answers.waitedMs.push(performance.now() - due);
      answers.byStatus[status] = (answers.byStatus[status] ?? 0) + 1;
      open.delete(asked);
    });
    open.add(asked);
  }
  await Promise.all(open);
  return answers;
}

/** The status of the answer, once its last byte is here; or what went wrong. */
function send(port: number, { method = 'GET', path, headers, body }: Ask): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers, agent, timeout: 60_000 },
      (answer) => {
        answer.on('end', () => resolve(String(answer.statusCode)));
        answer.on('error', () => resolve('cut off'));
        answer.resume();
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve('no answer'));
    sent.end(body);
  });
}

/** The time within which this share of the answers came. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
