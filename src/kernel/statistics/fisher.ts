/** So many of so many: 3 of 20 sources, 9 of 24 children. */
export interface Share {
  count: number;
  of: number;
}

/** Likelihoods that differ by no more than this are one: they are worked out in floating point. */
const tie = 1e-7;

/**
 * Fisher's exact test of two independent shares, two-sided by the method of least likelihood (as in
 * R's `fisher.test`): the probability, where both come from one and the same share and the margins
 * are as they are, of a table that is no more likely than this one. From 0 to 1; 1 where there is
 * nothing to compare.
 *
 * @throws where a count is no whole number from 0 to what it is of
 */
export function fisherExact(a: Share, b: Share): number {
  for (const { count, of } of [a, b]) {
    if (!Number.isInteger(count) || !Number.isInteger(of) || count < 0 || count > of) {
      throw new Error(`Not so many of so many: ${count} of ${of}`);
    }
  }
  const events = a.count + b.count;
  const least = Math.max(0, events - b.of);
  const most = Math.min(events, a.of);
  const logs = logFactorials(a.of + b.of);
  const choose = (n: number, k: number) => (logs[n] ?? 0) - (logs[k] ?? 0) - (logs[n - k] ?? 0);
  const likelihood = (x: number) =>
    Math.exp(choose(a.of, x) + choose(b.of, events - x) - choose(a.of + b.of, events));
  const seen = likelihood(a.count) * (1 + tie);
  let sum = 0;
  for (let x = least; x <= most; x += 1) {
    const one = likelihood(x);
    if (one <= seen) sum += one;
  }
  return Math.min(1, sum);
}

/** The natural logarithms of 0! to n!. */
function logFactorials(n: number): number[] {
  const logs = [0];
  for (let k = 1; k <= n; k += 1) logs.push((logs[k - 1] ?? 0) + Math.log(k));
  return logs;
}
