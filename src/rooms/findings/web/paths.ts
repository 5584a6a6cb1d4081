/** The addresses of this room: routes, links and tests take them from here. */
export const paths = {
  findings: () => '/findings',
  exportFindings: () => '/findings/export',
  sources: () => '/findings/sources',
  newSource: () => '/findings/sources/new',
  source: (id: string) => `/findings/sources/${id}`,
  changeSource: (id: string) => `/findings/sources/${id}/change`,
  lookAtSource: (id: string) => `/findings/sources/${id}/look`,
  withdrawSource: (id: string) => `/findings/sources/${id}/withdraw`,
  newFinding: (source: string) => `/findings/sources/${source}/findings/new`,
  finding: (id: string) => `/findings/${id}`,
  changeFinding: (id: string) => `/findings/${id}/change`,
  withdrawFinding: (id: string) => `/findings/${id}/withdraw`,
  response: (id: string) => `/findings/${id}/response`,
  /** Which other findings say the same. */
  same: (id: string) => `/findings/${id}/same`,
  /** Answers those of its group with an action of the group. */
  answerTogether: (id: string) => `/findings/${id}/same/answers`,
  themes: () => '/findings/themes',
  newTheme: () => '/findings/themes/new',
  suggestedThemes: () => '/findings/themes/suggested',
  theme: (id: string) => `/findings/themes/${id}`,
  changeTheme: (id: string) => `/findings/themes/${id}/change`,
  mergeTheme: (id: string) => `/findings/themes/${id}/merge`,
  withdrawTheme: (id: string) => `/findings/themes/${id}/withdraw`,
} as const;

/** The same addresses as Fastify routes, with `:source`, `:finding` and `:theme`. */
export const routePaths = {
  source: paths.source(':source'),
  changeSource: paths.changeSource(':source'),
  lookAtSource: paths.lookAtSource(':source'),
  withdrawSource: paths.withdrawSource(':source'),
  newFinding: paths.newFinding(':source'),
  finding: paths.finding(':finding'),
  changeFinding: paths.changeFinding(':finding'),
  withdrawFinding: paths.withdrawFinding(':finding'),
  response: paths.response(':finding'),
  same: paths.same(':finding'),
  answerTogether: paths.answerTogether(':finding'),
  theme: paths.theme(':theme'),
  changeTheme: paths.changeTheme(':theme'),
  mergeTheme: paths.mergeTheme(':theme'),
  withdrawTheme: paths.withdrawTheme(':theme'),
} as const;
