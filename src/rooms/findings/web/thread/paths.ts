/** The addresses of threads: of any item, of this room or of one above. */
export const threadPaths = {
  thread: (kind: string, id: string) => `/findings/thread/${kind}/${id}`,
  exported: (kind: string, id: string) => `/findings/thread/${kind}/${id}/export`,
} as const;
