import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { EvidenceId, FindingId, JudgementId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  accessTo,
  readEvidence,
  progressOf,
  readFindings,
  readSources,
  standingLinksOf,
} from '#findings';
import { may, userNames, type Actor } from '#people';
import type { OpenCriterion } from '../actions/open-edition.ts';
import { criteriaByIds, criterionLine, readEditionHeads } from '../store/read-editions.ts';
import { readJudgementHistory, readVerdicts } from '../store/read-judgements.ts';
import type { CriterionInput, Linked, LinkedAction } from './criterion.view.ts';
import type { StandardsDeps } from './deps.ts';

type More = Pick<
  CriterionInput,
  'history' | 'verdicts' | 'names' | 'titles' | 'findings' | 'evidence' | 'actions'
>;

/**
 * What else the page of a criterion shows: its history through the editions, what others said, and
 * the findings, evidence and actions that are linked with it, so far as this person may know them.
 */
export async function linkedWith(
  tx: Tx,
  deps: StandardsDeps,
  actor: Actor,
  { criterion, picture }: Omit<OpenCriterion, 'kind'>,
  asAt: IsoDate,
  today: IsoDate,
): Promise<More> {
  const { authorityId } = actor;
  const line = await criterionLine(tx, authorityId, criterion.id);
  const criteria = await criteriaByIds(tx, authorityId, line);
  const heads = await readEditionHeads(tx, authorityId, { asAt }, [
    ...new Set(criteria.map(({ editionId }) => editionId)),
  ]);
  const editionOf = (id: string) => {
    const editionId = criteria.find((one) => one.id === id)?.editionId;
    return heads.find((head) => head.id === editionId);
  };
  const inEdition = <One extends { criterionId: string }>(one: One) => {
    const edition = editionOf(one.criterionId);
    const isEarlier = edition !== undefined && edition.id !== picture.edition.id;
    return {
      ...one,
      levels: edition?.levels ?? picture.edition.levels,
      edition: isEarlier ? `Edition ${edition.label}` : null,
    };
  };
  const history = (await readJudgementHistory(tx, authorityId, line, { asAt })).map(inEdition);
  const verdicts = (await readVerdicts(tx, authorityId, line, { asAt })).map(inEdition);
  const names = await userNames(tx, authorityId, [
    ...new Set(history.flatMap(({ by }): UserId[] => (by === null ? [] : [by]))),
  ]);
  const rests = picture.judgements.get(criterion.id)?.restsOn ?? [];
  const titles = new Map<string, string>();
  const ids = [...line, ...history.map(({ id }) => id)];
  const links = await standingLinksOf(tx, authorityId, ids, asAt);
  const mayReadAll = may(actor, 'R', 'PLN');

  const evidenceIds = links.flatMap(({ from, relation }) =>
    from.kind === 'evidence' && relation === 'shows' ? [from.id as EvidenceId] : [],
  );
  // What is restricted is left to its own page, where reading it is logged.
  const evidence = new Map(
    (
      await readEvidence(tx, authorityId, asAt, [
        ...rests.flatMap(({ evidenceId }) => evidenceId ?? []),
        ...evidenceIds,
      ])
    )
      .filter(({ classification, withdrawn }) => classification !== 'restricted' && !withdrawn)
      .map((item) => [item.id, item]),
  );
  for (const [id, item] of evidence) titles.set(id, item.title);
  const sourceIds = rests.flatMap(({ sourceId }) => sourceId ?? []);
  if (mayReadAll && sourceIds.length > 0) {
    for (const source of await readSources(tx, authorityId, asAt, sourceIds)) {
      if (source.classification !== 'restricted') titles.set(source.id, source.title);
    }
  }
  return {
    history,
    verdicts,
    names,
    titles,
    findings: await bearing(
      tx,
      actor,
      asAt,
      links.flatMap(({ from, relation }) =>
        from.kind === 'finding' && relation === 'bears on' ? [from.id as FindingId] : [],
      ),
    ),
    evidence: evidenceIds.flatMap((id): Linked[] => {
      const item = evidence.get(id);
      return item === undefined
        ? []
        : [{ href: `/findings/evidence/${id}`, text: item.title, note: item.kind }];
    }),
    actions: await answering(
      tx,
      deps,
      actor,
      asAt,
      today,
      links.flatMap(({ from, to, relation }) =>
        to.kind === 'action' && relation === 'answered by'
          ? [{ actionId: to.id, judgementId: from.id as JudgementId }]
          : [],
      ),
    ),
  };
}

/** Findings of a restricted source are left to their own page, where reading them is logged. */
async function bearing(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  findingIds: FindingId[],
): Promise<Linked[]> {
  if (findingIds.length === 0) return [];
  const findings = await readFindings(tx, actor.authorityId, asAt, { findingIds });
  return findings.flatMap((finding): Linked[] => {
    if (accessTo(actor, finding) !== 'whole') return [];
    const restricted = finding.source.classification === 'restricted';
    const words = restricted ? 'A finding of a restricted source' : finding.words;
    return [
      {
        href: `/findings/${finding.id}`,
        text: words.length > 160 ? `${words.slice(0, 160).trimEnd()}…` : words,
        note: restricted ? finding.kind : `${finding.kind} · ${finding.source.title}`,
      },
    ];
  });
}

async function answering(
  tx: Tx,
  deps: StandardsDeps,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
  answers: { actionId: string; judgementId: JudgementId }[],
): Promise<LinkedAction[]> {
  if (answers.length === 0 || deps.knows === undefined) return [];
  const actionIds = [...new Set(answers.map(({ actionId }) => actionId))];
  const known = await deps.knows(tx, actor, actionIds, today);
  const progress = await progressOf(tx, actor.authorityId, [...known], asAt);
  const judgementOf = new Map(answers.map(({ actionId, judgementId }) => [actionId, judgementId]));
  return [...progress.values()].flatMap(({ id, href, label, place, state, dueOn }) => {
    const judgementId = judgementOf.get(id);
    if (judgementId === undefined) return [];
    const note = [place, state, dueOn === null ? null : `due ${formatDate(dueOn)}`]
      .filter((part) => part !== null)
      .join(' · ');
    return [{ href, text: label, note, actionId: id, judgementId }];
  });
}
