/** The addresses of this room's frameworks and judgements: routes, links and tests take them from here. */
export const paths = {
  standards: () => '/standards',
  load: () => '/standards/frameworks/load',
  /** A framework that comes with the program, as a file to begin from. */
  shippedFile: (key: string) => `/standards/frameworks/shipped/${key}`,
  startShipped: () => '/standards/frameworks/start',
  loading: (id: string) => `/standards/frameworks/load/${id}`,
  leaveLoading: (id: string) => `/standards/frameworks/load/${id}/leave`,
  edition: (id: string) => `/standards/frameworks/${id}`,
  editionState: (id: string) => `/standards/frameworks/${id}/state`,
  exportEdition: (id: string) => `/standards/frameworks/${id}/export`,
  position: (id: string) => `/standards/frameworks/${id}/position`,
  exportPosition: (id: string) => `/standards/frameworks/${id}/position/export`,
  compare: (id: string) => `/standards/frameworks/${id}/compare`,
  sections: (id: string) => `/standards/frameworks/${id}/sections`,
  newRound: (id: string) => `/standards/frameworks/${id}/sections/round`,
  section: (id: string, domain: string) => `/standards/frameworks/${id}/sections/${domain}`,
  criterion: (id: string) => `/standards/criteria/${id}`,
  judge: (id: string) => `/standards/criteria/${id}/judge`,
  verdict: (id: string) => `/standards/criteria/${id}/verdict`,
  takeVerdictBack: (id: string) => `/standards/criteria/${id}/verdict/take-back`,
} as const;

/** The same addresses as Fastify routes. */
export const routePaths = {
  shippedFile: paths.shippedFile(':kind'),
  loading: paths.loading(':load'),
  leaveLoading: paths.leaveLoading(':load'),
  edition: paths.edition(':edition'),
  editionState: paths.editionState(':edition'),
  exportEdition: paths.exportEdition(':edition'),
  position: paths.position(':edition'),
  exportPosition: paths.exportPosition(':edition'),
  compare: paths.compare(':edition'),
  sections: paths.sections(':edition'),
  newRound: paths.newRound(':edition'),
  section: paths.section(':edition', ':domain'),
  criterion: paths.criterion(':criterion'),
  judge: paths.judge(':criterion'),
  verdict: paths.verdict(':criterion'),
  takeVerdictBack: paths.takeVerdictBack(':criterion'),
} as const;
