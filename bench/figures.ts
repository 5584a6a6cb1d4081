/** One thing measured, several times over; all times in milliseconds. */
export interface Figure {
  what: string;
  runs: number;
  /** The middle and the slowest of the runs, as a person waits. */
  medianMs: number;
  slowestMs: number;
  /** The middle of the processor's time, this program's alone: on a busy machine far less. */
  processorMs: number;
  /** What was promised; null where nothing was. */
  targetMs: number | null;
}

/** Times the work after one run that warms it up. */
export async function measure(
  what: string,
  targetMs: number | null,
  runs: number,
  work: () => Promise<unknown>,
): Promise<Figure> {
  await work();
  const waited: number[] = [];
  const worked: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    await work();
    waited.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1000);
  }
  return {
    what,
    runs,
    medianMs: median(waited),
    slowestMs: Math.max(...waited),
    processorMs: median(worked),
    targetMs,
  };
}

export const figureHeader = [
  ''.padEnd(48),
  'median'.padStart(10),
  'slowest'.padStart(10),
  'processor'.padStart(11),
  'target'.padStart(10),
  'of target'.padStart(11),
].join('');

export function figureLine(figure: Figure): string {
  const { what, medianMs, slowestMs, processorMs, targetMs } = figure;
  return [
    what.padEnd(48),
    inMs(medianMs).padStart(10),
    inMs(slowestMs).padStart(10),
    inMs(processorMs).padStart(11),
    (targetMs === null ? 'none' : inMs(targetMs)).padStart(10),
    (targetMs === null ? '' : `${Math.round((medianMs / targetMs) * 100)} %`).padStart(11),
    isOver(figure) ? '  over' : '',
  ].join('');
}

export function isOver({ medianMs, targetMs }: Figure): boolean {
  return targetMs !== null && medianMs > targetMs;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function inMs(ms: number): string {
  return `${Math.round(ms).toLocaleString('en-GB')} ms`;
}
