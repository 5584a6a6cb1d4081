/** The addresses of the keeping of records, for routes, links and tests. */
export const recordPaths = {
  records: '/records',
  names: '/records/names',
  retention: '/records/retention',
  disposal: '/records/disposal',
  holds: '/records/holds',
  disclosures: '/records/disclosures',
} as const;

/** Where a person asks to take a name out of an item, such as an action. */
export const takeOutPath = (kind: string, id: string): string => `/records/take-out/${kind}/${id}`;
export const retentionPath = (kind: string): string => `/records/retention/${kind}`;
/** Where a hold is put on one plan. */
export const holdPath = (id: string): string => `/records/holds/plan/${id}`;
export const namePath = (id: string): string => `/records/names/${id}`;
/** Where everything that is kept about an item is given out. */
export const disclosePath = (kind: string, id: string): string => `/records/give-out/${kind}/${id}`;
