import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One answer: the pattern of its route, never the address that was asked for. */
export interface Answered {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

export type JobOutcome = 'done' | 'failed';

/** The figures of one running program. They name no authority and hold no content. */
export interface Metrics {
  answered: (answer: Answered) => void;
  jobEnded: (job: string, outcome: JobOutcome, seconds: number) => void;
  /** An administrator may read content for a time: an emergency opening began. */
  emergencyBegan: () => void;
  /** All figures, as Prometheus reads them (text format 0.0.4). */
  text: () => Promise<string>;
  readonly contentType: string;
  /** Ends the watching of the event loop. */
  close: () => void;
}

export interface MetricsSources {
  /** How the pool of connections stands now. */
  poolUse: () => { open: number; idle: number; waiting: number };
}

/** Counts from now on. Close it when the program ends. */
export function startMetrics(sources: MetricsSources): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const answers = new Histogram({
    name: 'sightline_request_seconds',
    help: 'How long answers took, by the pattern of their route and their status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [register],
  });
  const jobs = new Histogram({
    name: 'sightline_job_seconds',
    help: 'How long jobs took, by their name and how they ended.',
    labelNames: ['task', 'outcome'],
    buckets: [0.1, 1, 5, 30, 300],
    registers: [register],
  });
  const lastDone = new Gauge({
    name: 'sightline_job_last_done_timestamp_seconds',
    help: 'When a job was last done by this program.',
    labelNames: ['task'],
    registers: [register],
  });
  const failures = new Counter({
    name: 'sightline_faults_total',
    help: 'Answers that were our fault (status 500 and above).',
    registers: [register],
  });
  const emergencies = new Counter({
    name: 'sightline_emergency_openings_total',
    help: 'Emergency openings that began: an administrator reads content for a time.',
    registers: [register],
  });
  addPool(register, sources.poolUse);
  const loop = addEventLoopDelay(register);
  return {
    answered: ({ method, route, status, seconds }) => {
      answers.observe({ method, route, status }, seconds);
      if (status >= 500) failures.inc();
    },
    jobEnded: (job, outcome, seconds) => {
      jobs.observe({ task: job, outcome }, seconds);
      if (outcome === 'done') lastDone.setToCurrentTime({ task: job });
    },
    emergencyBegan: () => emergencies.inc(),
    text: () => register.metrics(),
    contentType: register.contentType,
    close: () => loop.close(),
  };
}

function addPool(register: Registry, poolUse: MetricsSources['poolUse']): void {
  const connections = new Gauge({
    name: 'sightline_database_connections',
    help: 'Connections of the pool: in use and idle.',
    labelNames: ['state'],
    registers: [register],
    collect: () => {
      const { open, idle, waiting: queued } = poolUse();
      connections.set({ state: 'in use' }, open - idle);
      connections.set({ state: 'idle' }, idle);
      waiting.set(queued);
    },
  });
  const waiting = new Gauge({
    name: 'sightline_database_waiting',
    help: 'Transactions that wait for a connection of the pool.',
    registers: [register],
  });
}

/** prom-client tells no 99.9th percentile, which is the one that our own bound is set on (V-03). */
function addEventLoopDelay(register: Registry): { close: () => void } {
  const resolutionMs = 10;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const delay = new Gauge({
    name: 'sightline_event_loop_delay_seconds',
    help: 'How late the event loop was since the figures were last read.',
    labelNames: ['quantile'],
    registers: [register],
    collect: () => {
      for (const quantile of ['0.5', '0.99', '0.999', '1']) {
        // The histogram counts its own resting time in.
        const ms = histogram.percentile(100 * Number(quantile)) / 1e6 - resolutionMs;
        delay.set({ quantile }, Math.max(0, ms) / 1_000);
      }
      histogram.reset();
    },
  });
  return { close: () => histogram.disable() };
}
