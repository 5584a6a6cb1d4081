/** The addresses of the self-assessment and the self-evaluation: routes, links and tests take them from here. */
export const paths = {
  list: () => '/standards/assessments',
  begin: () => '/standards/assessments/new',
  upload: () => '/standards/assessments/import',
  preview: (upload: string) => `/standards/assessments/import/${upload}`,
  assessment: (id: string) => `/standards/assessments/${id}`,
  settings: (id: string) => `/standards/assessments/${id}/settings`,
  exported: (id: string) => `/standards/assessments/${id}/export`,
  newSection: (id: string) => `/standards/assessments/${id}/sections/new`,
  section: (id: string, section: string) => `/standards/assessments/${id}/sections/${section}`,
  changeSection: (id: string, section: string) =>
    `/standards/assessments/${id}/sections/${section}/change`,
  confirmSection: (id: string, section: string) =>
    `/standards/assessments/${id}/sections/${section}/confirm`,
  takeOutSection: (id: string, section: string) =>
    `/standards/assessments/${id}/sections/${section}/take-out`,
  texts: (id: string, section: string) => `/standards/assessments/${id}/sections/${section}/texts`,
  step: (id: string, section: string) => `/standards/assessments/${id}/sections/${section}/step`,
  newRow: (id: string, kind: string) => `/standards/assessments/${id}/rows/new/${kind}`,
  row: (id: string, row: string) => `/standards/assessments/${id}/rows/${row}`,
  figures: (id: string) => `/standards/assessments/${id}/figures`,
  figure: (id: string, name: string) => `/standards/assessments/${id}/figures/${name}`,
  evaluations: () => '/standards/self-evaluation',
  evaluation: (year: number | string) => `/standards/self-evaluation/${year}`,
  evaluationWords: (year: number | string, question: number | string) =>
    `/standards/self-evaluation/${year}/questions/${question}`,
  evaluationExport: (year: number | string) => `/standards/self-evaluation/${year}/export`,
} as const;

/** The same addresses as Fastify routes, with `:assessment` and so on. */
export const routePaths = {
  preview: paths.preview(':upload'),
  assessment: paths.assessment(':assessment'),
  settings: paths.settings(':assessment'),
  exported: paths.exported(':assessment'),
  newSection: paths.newSection(':assessment'),
  section: paths.section(':assessment', ':section'),
  changeSection: paths.changeSection(':assessment', ':section'),
  confirmSection: paths.confirmSection(':assessment', ':section'),
  takeOutSection: paths.takeOutSection(':assessment', ':section'),
  texts: paths.texts(':assessment', ':section'),
  step: paths.step(':assessment', ':section'),
  newRow: paths.newRow(':assessment', ':rowKind'),
  row: paths.row(':assessment', ':row'),
  figures: paths.figures(':assessment'),
  figure: paths.figure(':assessment', ':figure'),
  evaluation: paths.evaluation(':year'),
  evaluationWords: paths.evaluationWords(':year', ':question'),
  evaluationExport: paths.evaluationExport(':year'),
} as const;
