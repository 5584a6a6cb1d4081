import type { AnswerPaths } from '#standards';

/** The addresses under which plans answer what the rooms below have found. */
export const answeringPaths = {
  finding: (id: string) => `/findings/${id}`,
  linkFinding: (id: string) => `/findings/${id}/actions/link`,
  newForFinding: (id: string) => `/findings/${id}/actions/new`,
  endFinding: (id: string, action: string) => `/findings/${id}/actions/${action}/end`,
} as const;

/** The same of judgements, as the pages of standards lead to them. */
export const judgementPaths: AnswerPaths = {
  add: (id: string) => `/standards/judgements/${id}/actions/new`,
  link: (id: string) => `/standards/judgements/${id}/actions/link`,
  end: (id: string, action: string) => `/standards/judgements/${id}/actions/${action}/end`,
  propose: (id: string) => `/standards/frameworks/${id}/propose`,
};
