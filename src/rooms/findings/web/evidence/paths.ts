/** The addresses of the evidence library. */
export const evidencePaths = {
  list: () => '/findings/evidence',
  /** `for` is what it is to show: "finding:" and its id. */
  add: (target?: string) => `/findings/evidence/new${target === undefined ? '' : `?for=${target}`}`,
  use: (target: string) => `/findings/evidence/use?for=${target}`,
  one: (id: string) => `/findings/evidence/${id}`,
  revise: (id: string) => `/findings/evidence/${id}/revise`,
  withdraw: (id: string) => `/findings/evidence/${id}/withdraw`,
  file: (id: string, version?: number) =>
    `/findings/evidence/${id}/file${version === undefined ? '' : `?version=${version}`}`,
  endUse: (id: string, link: string) => `/findings/evidence/${id}/uses/${link}/end`,
} as const;

export const evidenceRoutes = {
  add: '/findings/evidence/new',
  use: '/findings/evidence/use',
  one: evidencePaths.one(':evidence'),
  revise: evidencePaths.revise(':evidence'),
  withdraw: evidencePaths.withdraw(':evidence'),
  file: '/findings/evidence/:evidence/file',
  endUse: evidencePaths.endUse(':evidence', ':link'),
} as const;
