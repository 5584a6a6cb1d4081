/** How a command ends. A fault is none of these: it is thrown. */
export type Ending =
  | { readonly kind: 'done' }
  /** Nothing was done, for these reasons: each a sentence that says what to do. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export const done: Ending = { kind: 'done' };

export function refused(...reasons: string[]): Ending {
  return { kind: 'refused', reasons };
}

/** What the shell is told. */
export const exitCodes = { done: 0, fault: 1, refused: 2 } as const;

/** Where a command speaks: results to standard output, everything else to standard error. */
export interface Terminal {
  out: (text: string) => void;
  note: (text: string) => void;
}

export const terminal: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
};

/** Thrown in place of a fault that has been told: it is not printed again. */
export const alreadyLogged = new Error('The log says what went wrong.');
