import { paths } from '../paths.ts';

export type ImportStep = 'columns' | 'rows' | 'check';

/** The addresses of an import into a source. */
export const importPaths = {
  begin: (source: string) => `${paths.source(source)}/import`,
  /** Paste a list, and split it. */
  list: (source: string) => `${paths.source(source)}/import/list`,
  one: (source: string, id: string) => `${paths.source(source)}/import/${id}`,
  step: (source: string, id: string, step: ImportStep | 'done' | 'undo' | 'leave') =>
    `${paths.source(source)}/import/${id}/${step}`,
} as const;
