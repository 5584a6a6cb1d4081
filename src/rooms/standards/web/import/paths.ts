export type ImportStep = 'columns' | 'rows' | 'check';

/** The addresses of an import of criteria. */
export const importPaths = {
  begin: () => '/standards/import',
  one: (id: string) => `/standards/import/${id}`,
  step: (id: string, step: ImportStep | 'done' | 'undo' | 'leave') =>
    `/standards/import/${id}/${step}`,
} as const;
