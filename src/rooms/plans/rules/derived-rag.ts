import { daysBetween } from '#kernel/dates.ts';
import { daysSilent } from './attention.ts';
import { countOf } from './position.ts';
import type { ActionPicture, PlanPicture, RagColour } from './picture.ts';
import type { Rag } from './reading.ts';
import { dueInWords, nthDate } from './words.ts';

/** How an action stands, whatever colour the plan gives it. */
export type RagStanding = RagColour['standsFor'];

/** Why a RAG was derived as it was. Days and changes are counted. */
export type RagReason =
  | { why: 'overdue'; days: number; standing: 'off track' | 'at risk' }
  | { why: 'revised'; changes: number; standing: 'off track' | 'at risk' }
  | { why: 'no update'; days: number | null; within: number; standing: 'at risk' }
  | { why: 'complete without evidence'; standing: 'at risk' }
  | { why: 'due soon and not started'; days: number; standing: 'at risk' }
  | { why: 'complete'; standing: 'complete' }
  | { why: 'nothing against it'; standing: 'on track' | 'not started' };

export interface DerivedRag {
  standing: RagStanding;
  /** The plan's colour for it; the usual colour where the plan's scheme has none. */
  colour: Rag;
  /** Every reason, the ones that decided first. */
  reasons: RagReason[];
}

/** From the worst; what is not started and what is on track are neither better than the other. */
const rank: Record<RagStanding, number> = {
  'off track': 0,
  'at risk': 1,
  'not started': 2,
  'on track': 2,
  complete: 3,
};

const usualColour: Record<RagStanding, Rag> = {
  'off track': 'red',
  'at risk': 'amber',
  'not started': 'green',
  'on track': 'green',
  complete: 'green',
};

/**
 * The RAG that the facts bear out on the day of the picture, by the plan's own rule of that day
 * (`picture.plan.ragRule`), with the reasons. It stands beside the claim and never replaces it.
 * Null for an action that was withdrawn.
 *
 * - Complete: complete where evidence shows it, else at risk.
 * - Overdue: off track after `overdueOffTrackDays` days, before that at risk.
 * - Its date was changed `revisedOffTrackChanges` times: off track; `revisedAtRiskChanges`: at risk.
 * - No update within the cycle (`silentDays`, or the plan's review cycle): at risk.
 * - Not started and due within `soonDays`: at risk.
 * - Nothing of that: on track, or not started where nobody said that it was begun.
 *
 * The worst of several decides.
 */
export function deriveRag(action: ActionPicture, picture: PlanPicture): DerivedRag | null {
  if (action.withdrawn) return null;
  const reasons = reasonsFor(action, picture).sort((a, b) => rank[a.standing] - rank[b.standing]);
  const standing = reasons[0]?.standing ?? 'on track';
  return { standing, colour: colourOf(picture.plan.ragScheme, standing), reasons };
}

function reasonsFor(action: ActionPicture, picture: PlanPicture): RagReason[] {
  if (action.status === 'complete') {
    return action.evidenceCount === 0
      ? [{ why: 'complete without evidence', standing: 'at risk' }]
      : [{ why: 'complete', standing: 'complete' }];
  }
  const { asAt, plan } = picture;
  const { thresholds } = plan.ragRule;
  const reasons: RagReason[] = [];
  if (action.daysOverdue > 0) {
    const late = action.daysOverdue >= thresholds.overdueOffTrackDays;
    reasons.push({
      why: 'overdue',
      days: action.daysOverdue,
      standing: late ? 'off track' : 'at risk',
    });
  }
  const changes = changesOf(action);
  if (changes >= thresholds.revisedAtRiskChanges) {
    const often = changes >= thresholds.revisedOffTrackChanges;
    reasons.push({ why: 'revised', changes, standing: often ? 'off track' : 'at risk' });
  }
  const within = thresholds.silentDays > 0 ? thresholds.silentDays : plan.reviewCycleDays;
  const silent = daysSilent(action, asAt);
  if (within !== null && (silent === null || silent > within)) {
    reasons.push({ why: 'no update', days: silent, within, standing: 'at risk' });
  }
  const begun = action.status === 'in progress';
  if (!begun && action.due.to !== null && action.daysOverdue === 0) {
    const days = daysBetween(asAt, action.due.to);
    if (days <= thresholds.soonDays) {
      reasons.push({ why: 'due soon and not started', days, standing: 'at risk' });
    }
  }
  if (reasons.length > 0) return reasons;
  return [{ why: 'nothing against it', standing: begun ? 'on track' : 'not started' }];
}

/** How often its date was changed; the imported paper's own "revised" counts as once. */
export function changesOf(action: Pick<ActionPicture, 'dueDateCount' | 'revised'>): number {
  return Math.max(action.dueDateCount - 1, action.revised ? 1 : 0);
}

/** What the claim says, whatever its colour: null where nobody claimed anything. */
export function claimedStanding(
  action: Pick<ActionPicture, 'claimedRag' | 'status'>,
  scheme: readonly RagColour[],
): RagStanding | null {
  if (action.status === 'complete') return 'complete';
  const said = scheme.find(({ colour }) => colour === action.claimedRag)?.standsFor ?? null;
  return said ?? (action.status === 'not started' ? 'not started' : null);
}

export interface Disagreement {
  action: ActionPicture;
  claimed: { standing: RagStanding; colour: Rag | null };
  derived: DerivedRag;
  /** Whether the claim is more hopeful than the facts bear out, or more cautious. */
  claim: 'more hopeful' | 'more cautious';
}

/** Where the claim and what is derived differ, the more hopeful claims first. */
export function disagreementsOf(picture: PlanPicture): Disagreement[] {
  const found = picture.actions.flatMap((action): Disagreement[] => {
    const derived = deriveRag(action, picture);
    const standing = claimedStanding(action, picture.plan.ragScheme);
    if (derived === null || standing === null) return [];
    const differ = rank[standing] - rank[derived.standing];
    if (differ === 0) return [];
    return [
      {
        action,
        claimed: { standing, colour: action.claimedRag },
        derived,
        claim: differ > 0 ? 'more hopeful' : 'more cautious',
      },
    ];
  });
  return [
    ...found.filter(({ claim }) => claim === 'more hopeful'),
    ...found.filter(({ claim }) => claim === 'more cautious'),
  ];
}

/** Which of two standings is better: above 0 where the second is. */
export function compareStandings(before: RagStanding, after: RagStanding): number {
  return rank[after] - rank[before];
}

/** The colour by which a plan says that standing. */
export function colourOf(scheme: readonly RagColour[], standing: RagStanding): Rag {
  return scheme.find(({ standsFor }) => standsFor === standing)?.colour ?? usualColour[standing];
}

/** A reason in words, to stand in a list: "12 days overdue". */
export function reasonInWords(
  reason: RagReason,
  action: Pick<ActionPicture, 'dueDateCount' | 'due'>,
): string {
  switch (reason.why) {
    case 'overdue':
      return `${countOf(reason.days, 'day')} overdue: it was due ${dueInWords(action.due)}`;
    case 'revised':
      return action.dueDateCount > 1
        ? `its date was changed ${timesInWords(reason.changes)} (${nthDate(action.dueDateCount)})`
        : 'its date was revised before it came here';
    case 'no update':
      return reason.days === null
        ? `nobody has given an update; one is owed every ${countOf(reason.within, 'day')}`
        : `no update for ${countOf(reason.days, 'day')}; one is owed every ${countOf(reason.within, 'day')}`;
    case 'complete without evidence':
      return 'claimed complete, and no evidence shows it';
    case 'due soon and not started':
      return reason.days === 0
        ? 'due today and not started'
        : `due in ${countOf(reason.days, 'day')} and not started`;
    case 'complete':
      return 'complete, with evidence';
    case 'nothing against it':
      return 'nothing speaks against it';
  }
}

function timesInWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
