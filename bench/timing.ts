/** How long each of these runs took, after one that warms it up; in milliseconds. */
export async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  if (times > 1) await work();
  const found: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    found.push(performance.now() - start);
  }
  return found;
}

/** The longest of these but for the slowest twentieth. */
export function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
}
