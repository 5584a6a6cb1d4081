import { formatDate } from '#kernel/dates.ts';
import type { StateReason } from './finding-state.ts';

const actionsInWords = (count: number): string =>
  count === 1 ? 'Its one action' : `All ${count} of its actions`;

/** Why a finding is in its state, as a sentence without a full stop. */
export function stateReasonInWords(reason: StateReason): string {
  switch (reason.why) {
    case 'finding-withdrawn':
      return 'It was withdrawn';
    case 'strength':
      return 'It is a strength';
    case 'not-accepted':
      return 'It was not accepted';
    case 'no-response':
      return 'It has no response and no action yet';
    case 'no-action':
      return 'It has a response, and no action yet';
    case 'actions-withdrawn':
      return reason.actions === 1
        ? 'Its one action was withdrawn'
        : `All ${reason.actions} of its actions were withdrawn`;
    case 'none-started':
      return reason.actions === 1
        ? 'Its one action is not started'
        : `None of its ${reason.actions} actions is started`;
    case 'under-way':
      return reason.actions === 1
        ? 'Its one action is in progress'
        : `${reason.finished} of its ${reason.actions} actions ${reason.finished === 1 ? 'is' : 'are'} done`;
    case 'all-done':
      return `${actionsInWords(reason.actions)} ${reason.actions === 1 ? 'is' : 'are'} done${untestedInWords(reason)}; nobody has shown yet that practice changed`;
    case 'all-changed':
      return `${actionsInWords(reason.actions)} ${reason.actions === 1 ? 'has' : 'have'} changed practice; nobody has shown yet that children are better off`;
    case 'all-better':
      return `${actionsInWords(reason.actions)} ${reason.actions === 1 ? 'was' : 'were'} shown to leave children better off`;
    case 'failed-again':
      return `“${reason.label}” failed again on ${formatDate(reason.since)}`;
  }
}

function untestedInWords({ actions, untested }: { actions: number; untested: number }): string {
  if (untested === 0) return '';
  return actions === 1 ? ', accepted as untested' : `, ${untested} of them accepted as untested`;
}
