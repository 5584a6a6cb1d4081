import type { SaidState } from '../../rules/closure.ts';

/** What a person says who says that it was reached. */
export const sayWords: Record<SaidState, string> = {
  done: 'Say that it is done',
  'practice changed': 'Say that practice has changed',
  'children better off': 'Say that children are better off',
};
