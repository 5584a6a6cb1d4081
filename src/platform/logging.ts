import { pino, stdTimeFunctions, type DestinationStream, type LoggerOptions } from 'pino';
import type { Config } from './config.ts';

export interface LogDestination {
  /** How much is written: silent, error, warn, info or debug. */
  level: string;
  /** Where the lines go; standard output unless said. */
  stream?: DestinationStream;
}

/**
 * How every line of the log is written: one JSON object, with the time in UTC and the level as a
 * word. What it holds is chosen field by field where it is written; a fault is cut down here, so
 * that no careless line can let a person's words, a row or a password into the log (I-11).
 */
export function logOptions(destination: LogDestination): LoggerOptions & LogDestination {
  return {
    ...destination,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: faultForLog, error: faultForLog, req: nothing, res: nothing },
  };
}

const nothing = () => undefined;

/** What the log keeps of a fault: no message, which may quote a person's words or a row. */
export function faultForLog(fault: unknown): { type: string; code?: string; stack?: string } {
  if (!(fault instanceof Error)) return { type: typeof fault };
  // The stack begins with the message, whose lines could pose as places in the program.
  const stack = fault.stack ?? '';
  const places = stack.slice(Math.max(0, stack.indexOf(fault.message)) + fault.message.length);
  const frames = places.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: fault.name,
    ...('code' in fault && typeof fault.code === 'string' ? { code: fault.code } : {}),
    stack: frames.slice(0, 20).join('\n'),
  };
}

/** The log of the program outside any request. */
export interface Log {
  info: (fields: object, event: string) => void;
  warn: (fields: object, event: string) => void;
  error: (fields: object, event: string) => void;
}

/** The program's own log, on standard output, as the settings want it. */
export function programLog({ logLevel }: Pick<Config, 'logLevel'>): Log {
  return pino(logOptions({ level: logLevel }));
}
