import type { PlanPicture } from '../../rules/picture.ts';
import type { RagThresholds } from '../../rules/rag-thresholds.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';

const figures: { name: keyof RagThresholds; label: string; hint: string }[] = [
  {
    name: 'overdueOffTrackDays',
    label: 'Days overdue from which an action is off track',
    hint: '1 means at once. Before that it is at risk',
  },
  {
    name: 'revisedAtRiskChanges',
    label: 'Changes of the due date from which it is at risk',
    hint: 'Counted from the first date',
  },
  {
    name: 'revisedOffTrackChanges',
    label: 'Changes of the due date from which it is off track',
    hint: 'At least as many as for at risk',
  },
  {
    name: 'silentDays',
    label: 'Days without an update after which it is at risk',
    hint: '0 means the plan’s own review cycle',
  },
  {
    name: 'soonDays',
    label: 'Days before its due date from which “not started” is at risk',
    hint: 'For example, 28',
  },
];

/** The names of the figures, in the order of the page. */
export const thresholdNames = figures.map(({ name }) => name);

/** What the form holds before anybody typed: the figures that hold. */
export function thresholdValues(thresholds: RagThresholds): Record<string, string> {
  return Object.fromEntries(thresholdNames.map((name) => [name, String(thresholds[name])]));
}

/** What each figure is called, for the page that shows two people's figures. */
export function thresholdPairs(theirs: RagThresholds, yours: RagThresholds) {
  return figures.map(({ name, label }) => ({
    label,
    theirs: String(theirs[name]),
    yours: String(yours[name]),
  }));
}

/** The form that sets the figures of the derived colour. */
export function ragRuleView(state: FormState, { plan }: PlanPicture, version: number) {
  const cancelHref = paths.claims(plan.slug);
  return {
    title: 'How the derived colour is reckoned',
    caption: planCaption(plan),
    back: { text: 'Back to claims', href: cancelHref },
    meaning:
      'These figures hold from today on. Earlier days, and papers already made, keep the figures that held then.',
    action: paths.ragRule(plan.slug),
    cancelHref,
    version,
    figures,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}
