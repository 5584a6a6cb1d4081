import type { ProgressState } from '#findings';
import type { ActionPicture } from './picture.ts';

/**
 * How far an action is, as findings tell of it. What failed again and is not complete again is
 * 'regressed', whatever its updates say. Done is not improved: only what was signed off, or was
 * accepted as untested, is more than 'done'.
 */
export function progressStateOf(
  action: Pick<ActionPicture, 'withdrawn' | 'status' | 'lastUpdate' | 'closure'>,
): ProgressState {
  const { closure, status } = action;
  if (action.withdrawn) return 'withdrawn';
  if (status !== 'complete') {
    if (closure.regressions.length > 0) return 'regressed';
    return action.lastUpdate === null || status === 'not started' ? 'planned' : 'in progress';
  }
  switch (closure.reached) {
    case 'children better off':
      return 'better for children';
    case 'practice changed':
    case 'accepted as untested':
      return closure.reached;
    case 'done':
    case 'none':
      return 'done';
  }
}
