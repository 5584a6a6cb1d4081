/** The addresses under which plans answer what the rooms below have found. */
export const answeringPaths = {
  finding: (id: string) => `/findings/${id}`,
  linkFinding: (id: string) => `/findings/${id}/actions/link`,
  newForFinding: (id: string) => `/findings/${id}/actions/new`,
  endFinding: (id: string, action: string) => `/findings/${id}/actions/${action}/end`,
} as const;

export const answeringRoutes = {
  linkFinding: answeringPaths.linkFinding(':finding'),
  newForFinding: answeringPaths.newForFinding(':finding'),
  endFinding: answeringPaths.endFinding(':finding', ':action'),
} as const;
