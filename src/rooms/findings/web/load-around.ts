import type { FastifyRequest } from 'fastify';
import type { Tx } from '#platform/db/tables.ts';
import { listParties, may, userNames } from '#people';
import { maySayTheSame, recurrenceFor, saysTheSame } from '../actions/surroundings.ts';
import { readableFindings, wholeOnes } from '../actions/read-register.ts';
import type { KnowsItems } from '../actions/knows-items.ts';
import { asKnown } from '../rules/known-actions.ts';
import type { FindingPicture, LinkedAction } from '../rules/picture.ts';
import { mayWithFinding } from '../actions/standing.ts';
import { findingPairs, findingResponses, findingVersions } from '../store/read-history.ts';
import { readThemes } from '../store/themes.ts';
import type { KnownOfFindings } from './finding-form.view.ts';
import type { AroundFinding } from './finding.view.ts';
import type { Togetherness } from './same.view.ts';

/** Everything that the page of a finding shows beside it, from the same snapshot. */
export async function aroundFinding(
  tx: Tx,
  request: FastifyRequest,
  finding: FindingPicture,
  knows: KnowsItems,
): Promise<{ finding: FindingPicture; around: AroundFinding }> {
  const { actor, asAt, today } = request;
  const days = { asAt, today };
  const { authorityId } = actor;
  const others = await saysTheSame(tx, actor, days, finding.id);
  const actionIds = [finding, ...others].flatMap(({ actions }) => actions.map(({ id }) => id));
  const known = await knows(tx, actor, [...new Set(actionIds)], today);
  const shown = asKnown(finding, known);
  const which = { sourceIds: [finding.source.id] };
  const versions = await findingVersions(tx, authorityId, finding.id, asAt);
  const responses = await findingResponses(tx, authorityId, finding.id, asAt);
  const pairs = await findingPairs(tx, authorityId, finding.id, asAt);
  const readable = new Set(others.map(({ id }) => id));
  const by = [...versions, ...responses, ...pairs].flatMap((fact) => fact.by ?? []);
  const isToday = asAt === today;
  return {
    finding: shown,
    around: {
      siblings: wholeOnes(await readableFindings(tx, actor, days, which)),
      recurrence: await recurrenceFor(tx, actor, days, finding),
      together: togetherOf(
        request,
        shown,
        others.map((one) => asKnown(one, known)),
      ),
      alike:
        isToday && mayWithFinding(actor, 'U', finding)
          ? await maySayTheSame(tx, actor, days, finding)
          : [],
      history: {
        versions,
        responses,
        // What was said of findings that this person may not read is not told.
        pairs: pairs.filter(({ otherId }) => readable.has(otherId)),
        names: await userNames(tx, authorityId, [...new Set(by)]),
      },
    },
  };
}

function togetherOf(
  { actor, asAt, today }: FastifyRequest,
  finding: FindingPicture,
  others: readonly FindingPicture[],
): Togetherness {
  if (asAt !== today) return { others, offers: [] };
  const group = [finding, ...others];
  const actions = new Map<string, LinkedAction>(
    group.flatMap((one) => one.actions.map((action) => [action.id, action])),
  );
  const offers = [...actions.values()]
    .filter(({ state }) => state !== 'withdrawn')
    .map((action) => ({
      action,
      findings: group.filter(
        (one) => !one.actions.some(({ id }) => id === action.id) && mayWithFinding(actor, 'U', one),
      ),
    }))
    .filter(({ findings }) => findings.length > 0);
  return { others, offers };
}

/** What the boxes of a finding's form offer, from what this person may read. */
export async function knownOfFindings(
  tx: Tx,
  { actor, today }: FastifyRequest,
): Promise<KnownOfFindings> {
  const parties = await listParties(tx, actor.authorityId);
  const themes = await readThemes(tx, actor.authorityId, today);
  const readable = await readableFindings(tx, actor, { asAt: today, today }, 'all');
  // Whoever reads only what is theirs learns of no theme that only others' findings have.
  const theirs = new Set(readable.flatMap(({ finding }) => finding.themes.map(({ id }) => id)));
  const shown = may(actor, 'R', 'PLN') ? themes : themes.filter(({ id }) => theirs.has(id));
  const areas = readable.flatMap(({ finding }) => finding.area ?? []);
  const names = (kinds: readonly string[]) =>
    parties.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return {
    posts: names(['post', 'team']),
    boards: names(['board', 'committee', 'organisation']),
    areas: [...new Set(areas)].sort((a, b) => a.localeCompare(b, 'en-GB')),
    themes: shown.filter((one) => !one.withdrawn && one.mergedInto === null),
  };
}
