import type { ActionPicture, PlanPicture } from './picture.ts';
import type { Rag, Status } from './reading.ts';

/**
 * The figures of a plan as at a day. Withdrawn actions are counted apart and in nothing else.
 * Overdue: the last day meant is past and the action is not complete. Revised: the due date was
 * changed here, or the imported paper itself called it revised. Without date: no day by which
 * it can be held to, so "ASAP", "ongoing" and an empty cell alike.
 */
export interface PlanSummary {
  actions: number;
  byStatus: Record<Status | 'none', number>;
  byRag: Record<Rag | 'none', number>;
  overdue: number;
  revised: number;
  withoutLead: number;
  withoutDate: number;
  withdrawn: number;
}

/** Counts these actions: a whole plan's, an objective's, or those of a filtered list. */
export function summarise(actions: readonly ActionPicture[]): PlanSummary {
  const summary: PlanSummary = {
    actions: 0,
    byStatus: { complete: 0, 'in progress': 0, 'not started': 0, none: 0 },
    byRag: { red: 0, amber: 0, green: 0, blue: 0, none: 0 },
    overdue: 0,
    revised: 0,
    withoutLead: 0,
    withoutDate: 0,
    withdrawn: 0,
  };
  for (const action of actions) {
    if (action.withdrawn) {
      summary.withdrawn += 1;
      continue;
    }
    summary.actions += 1;
    summary.byStatus[action.status ?? 'none'] += 1;
    summary.byRag[action.claimedRag ?? 'none'] += 1;
    if (action.daysOverdue > 0) summary.overdue += 1;
    if (action.revised) summary.revised += 1;
    if (action.leads.length === 0) summary.withoutLead += 1;
    if (action.due.to === null) summary.withoutDate += 1;
  }
  return summary;
}

/**
 * "49 actions. 31 are complete, 15 in progress and 3 not started; 4 are overdue and 6 have had
 * their date changed." Every figure is counted, none is a percentage.
 */
export function summarySentence(summary: PlanSummary): string {
  if (summary.actions === 0) return 'No actions yet.';
  const { byStatus } = summary;
  const states = [
    byStatus.complete > 0 && `${byStatus.complete} ${be(byStatus.complete)} complete`,
    byStatus['in progress'] > 0 && `${byStatus['in progress']} in progress`,
    byStatus['not started'] > 0 && `${byStatus['not started']} not started`,
    byStatus.none > 0 && `${byStatus.none} ${byStatus.none === 1 ? 'does' : 'do'} not say how far`,
  ].filter((part) => part !== false);
  const dates = [
    summary.overdue > 0 && `${summary.overdue} ${be(summary.overdue)} overdue`,
    summary.revised > 0 &&
      `${summary.revised} ${summary.revised === 1 ? 'has' : 'have'} had ${summary.revised === 1 ? 'its' : 'their'} date changed`,
  ].filter((part) => part !== false);
  const dateWords = dates.length === 0 ? 'none is overdue' : listInWords(dates);
  return `${countOf(summary.actions, 'action')}. ${listInWords(states)}; ${dateWords}.`;
}

/** "3 actions", "1 action" */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? singular : plural}`;
}

/** "a, b and c" */
export function listInWords(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1] ?? ''}`;
}

/** Whether anything is still to be done on it. */
export function isOpen(action: Pick<ActionPicture, 'status' | 'withdrawn'>): boolean {
  return action.status !== 'complete' && !action.withdrawn;
}

/** The whole plan in figures. */
export function summarisePlan(picture: PlanPicture): PlanSummary {
  return summarise(picture.actions);
}

function be(count: number): string {
  return count === 1 ? 'is' : 'are';
}
