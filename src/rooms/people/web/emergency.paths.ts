/** The addresses of emergency openings, for routes, links and tests. */
export const emergencyPaths = {
  all: '/records/emergency-openings',
  ask: '/records/emergency-openings/ask',
} as const;

export const emergencyPath = (id: string): string => `${emergencyPaths.all}/${id}`;
