import type { FindingPicture, SourcePicture } from '#findings';
import type { Hit } from './check.ts';
import type { CheckedCriterion, CheckedSection, Ground } from './ground.ts';

/** Where the rooms of these items have their forms; a test opens each. */
const links = {
  judge: (id: string) => `/standards/criteria/${id}/judge`,
  criterion: (id: string) => `/standards/criteria/${id}`,
  finding: (id: string) => `/findings/${id}`,
  changeFinding: (id: string) => `/findings/${id}/change`,
  response: (id: string) => `/findings/${id}/response`,
  source: (id: string) => `/findings/sources/${id}`,
  changeSource: (id: string) => `/findings/sources/${id}/change`,
  lookAtSource: (id: string) => `/findings/sources/${id}/look`,
  evidence: (id: string) => `/findings/evidence/${id}`,
  challenge: (id: string) => `/standards/challenges/${id}`,
} as const;

const inALine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 140 ? `${line.slice(0, 139)}…` : line;
};

export function criterionHit(
  { criterion, judgement }: CheckedCriterion,
  form: 'judge' | 'criterion' = 'judge',
): Hit {
  return {
    item: { kind: 'criterion', id: criterion.id },
    text: `${criterion.ref} ${inALine(criterion.text)}`,
    link: links[form](criterion.id),
    restricted: false,
    partyIds: (judgement?.leads ?? []).map(({ id }) => id),
    boardIds: [],
  };
}

export function findingHit(
  finding: FindingPicture,
  form: 'finding' | 'changeFinding' | 'response' = 'changeFinding',
): Hit {
  const restricted = finding.source.classification === 'restricted';
  const ref = finding.ref === null ? '' : `${finding.ref} `;
  return {
    item: { kind: 'finding', id: finding.id },
    text: restricted
      ? `Restricted ${finding.kind} ${ref}`.trim()
      : `${ref}${inALine(finding.words)}`,
    link: links[form](finding.id),
    restricted,
    partyIds: [
      ...(finding.lead === null ? [] : [finding.lead.id]),
      ...finding.actions.flatMap(({ partyIds }) => partyIds),
    ],
    boardIds: finding.reportsTo === null ? [] : [finding.reportsTo.id],
  };
}

export function sourceHit(
  source: SourcePicture,
  form: 'source' | 'changeSource' | 'lookAtSource' = 'changeSource',
): Hit {
  const restricted = source.classification === 'restricted';
  return {
    item: { kind: 'source', id: source.id },
    text: restricted ? `Restricted ${source.kind}` : inALine(source.title),
    link: links[form](source.id),
    restricted,
    partyIds: [],
    boardIds: [],
  };
}

export function evidenceHit(evidence: Ground['evidence'][number]): Hit {
  return {
    item: { kind: 'evidence', id: evidence.id },
    text: evidence.restricted ? 'Restricted evidence' : inALine(evidence.title),
    link: links.evidence(evidence.id),
    restricted: evidence.restricted,
    partyIds: [],
    boardIds: [],
  };
}

export function actionHit(action: Ground['actions'][number]): Hit {
  return {
    item: { kind: 'action', id: action.id },
    text: `${inALine(action.label)} (${action.place})`,
    link: action.href,
    restricted: false,
    partyIds: action.partyIds,
    boardIds: [],
  };
}

export function sectionHit({ id, title, href, postId }: CheckedSection): Hit {
  return {
    item: { kind: 'section', id },
    text: title,
    link: href,
    restricted: false,
    partyIds: postId === null ? [] : [postId],
    boardIds: [],
  };
}

export function challengeHit(challenge: Ground['challenges'][number], waiting: number): Hit {
  return {
    item: { kind: 'challenge', id: challenge.id },
    text: `${inALine(challenge.title)}: ${waiting} ${waiting === 1 ? 'waits' : 'wait'}`,
    link: links.challenge(challenge.id),
    restricted: false,
    partyIds: [],
    boardIds: [],
  };
}
