import type { Rag, Status } from './reading.ts';

export const rags = ['red', 'amber', 'green', 'blue'] as const satisfies readonly Rag[];
export const statuses = [
  'not started',
  'in progress',
  'complete',
] as const satisfies readonly Status[];

/** Whether the text is one of the four colours. */
export function isRag(text: string): text is Rag {
  return rags.some((rag) => rag === text);
}

/** Whether the text is one of the three statuses. */
export function isStatus(text: string): text is Status {
  return statuses.some((status) => status === text);
}
