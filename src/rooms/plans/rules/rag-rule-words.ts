import { formatDate } from '#kernel/dates.ts';
import type { PlanHead } from './picture.ts';
import { countOf } from './position.ts';
import type { RagThresholds } from './rag-thresholds.ts';

/** The rule by which a plan's RAG is derived, a sentence a line, in the order in which it asks. */
export function ragRuleInWords(plan: Pick<PlanHead, 'ragRule' | 'reviewCycleDays'>): string[] {
  const { thresholds } = plan.ragRule;
  return [
    'Claimed complete with evidence: complete. Claimed complete without evidence: at risk.',
    overdueInWords(thresholds),
    revisedInWords(thresholds),
    silentInWords(thresholds, plan.reviewCycleDays),
    `Not started and due within ${countOf(thresholds.soonDays, 'day')}: at risk.`,
    'Where several of these hold, the worst decides. Where none holds, the action is on track, or not started.',
  ];
}

/** From when the rule holds: "The usual figures (rule of 2026-11)". */
export function ragRuleSince({ ragRule }: Pick<PlanHead, 'ragRule'>): string {
  const edition = `the rule of ${ragRule.edition}`;
  return ragRule.since === null
    ? `These are the usual figures of ${edition}.`
    : `These are this plan’s own figures since ${formatDate(ragRule.since)}, for ${edition}. Earlier days are still reckoned by the figures that held then.`;
}

function overdueInWords({ overdueOffTrackDays }: RagThresholds): string {
  return overdueOffTrackDays <= 1
    ? 'Overdue: off track.'
    : `Overdue: at risk, and off track from ${countOf(overdueOffTrackDays, 'day')} on.`;
}

function revisedInWords({ revisedAtRiskChanges, revisedOffTrackChanges }: RagThresholds): string {
  const first = countOf(revisedAtRiskChanges, 'change');
  return revisedOffTrackChanges <= revisedAtRiskChanges
    ? `Due date changed: off track from ${first} on.`
    : `Due date changed: at risk from ${first} on, off track from ${countOf(revisedOffTrackChanges, 'change')} on.`;
}

function silentInWords({ silentDays }: RagThresholds, cycle: number | null): string {
  const within = silentDays > 0 ? silentDays : cycle;
  return within === null
    ? 'No review cycle is set, so silence is not counted.'
    : `No update for more than ${countOf(within, 'day')}: at risk.`;
}
