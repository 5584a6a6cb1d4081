import type { Id } from '#kernel/ids.ts';
import type { ActionPicture } from './picture.ts';
import { sameDue } from './picture-action.ts';
import type { Due } from './reading.ts';
import { sameNames } from './same-content.ts';

/** One change to every selected action. */
export type BulkChange =
  | { kind: 'lead'; leads: string[] }
  /** Asks for the date: nothing moves until it is granted. */
  | { kind: 'due'; due: Due; reason: string; effectOnChildren: string }
  | { kind: 'priority'; priority: 'high' | 'medium' | 'low' | null }
  | { kind: 'update'; choice: string; whatChanged: string; submissionId: Id<'submission'> }
  | { kind: 'withdraw'; reason: string };

/** Whether the change makes this action different; one that is so already is left as it is. */
export function isTouched(action: ActionPicture, change: BulkChange): boolean {
  switch (change.kind) {
    case 'lead':
      return !sameNames(action.leads, change.leads);
    case 'priority':
      return action.priority !== change.priority;
    case 'withdraw':
      return !action.withdrawn;
    case 'due':
      // One date at a time waits for an answer.
      return !action.withdrawn && action.asked === null && !sameDue(action.due, change.due);
    case 'update':
      return !action.withdrawn;
  }
}

/** Whether somebody saved what this change would change since the person looked. */
export function isStaleFor(
  seen: Pick<ActionPicture, 'version' | 'dueVersion' | 'updateVersion'>,
  action: ActionPicture,
  change: BulkChange,
): boolean {
  switch (change.kind) {
    case 'lead':
    case 'priority':
    case 'withdraw':
      return seen.version !== action.version;
    case 'due':
      return seen.dueVersion !== action.dueVersion;
    case 'update':
      return seen.updateVersion !== action.updateVersion;
  }
}
