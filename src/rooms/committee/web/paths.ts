/** The addresses of this room: routes, links and tests take them from here. */
export const paths = {
  reports: () => '/committee/reports',
  newReport: () => '/committee/reports/new',
  report: (id: string) => `/committee/reports/${id}`,
  words: (id: string) => `/committee/reports/${id}/words`,
  section: (id: string, section: string) => `/committee/reports/${id}/words/${section}`,
  anew: (id: string, section: string) => `/committee/reports/${id}/words/${section}/anew`,
  versions: (id: string, section: string) => `/committee/reports/${id}/words/${section}/versions`,
  cover: (id: string) => `/committee/reports/${id}/cover`,
  comments: (id: string) => `/committee/reports/${id}/comments`,
  answerComment: (id: string, comment: string) =>
    `/committee/reports/${id}/comments/${comment}/answer`,
  clearance: (id: string) => `/committee/reports/${id}/clearance`,
  answerClearance: (id: string, clearance: string) =>
    `/committee/reports/${id}/clearance/${clearance}/answer`,
  finalise: (id: string) => `/committee/reports/${id}/finalise`,
  check: (id: string) => `/committee/reports/${id}/check`,
  told: (id: string) => `/committee/reports/${id}/told`,
  exported: (id: string) => `/committee/reports/${id}/export`,
} as const;

/** The same addresses as Fastify routes, with `:report` and so on. */
export const routePaths = {
  report: paths.report(':report'),
  words: paths.words(':report'),
  section: paths.section(':report', ':section'),
  anew: paths.anew(':report', ':section'),
  versions: paths.versions(':report', ':section'),
  cover: paths.cover(':report'),
  comments: paths.comments(':report'),
  answerComment: paths.answerComment(':report', ':comment'),
  clearance: paths.clearance(':report'),
  answerClearance: paths.answerClearance(':report', ':clearance'),
  finalise: paths.finalise(':report'),
  check: paths.check(':report'),
  told: paths.told(':report'),
  exported: paths.exported(':report'),
} as const;
