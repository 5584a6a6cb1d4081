import { addDays, type IsoDate } from '#kernel/dates.ts';
import type { CriterionId, EditionId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { listParties, type Actor } from '#people';
import {
  judge,
  openAssessmentRound,
  readEditionFor,
  sayVerdict,
  startShipped,
  takeStep,
} from '#standards';
import { done, type Council } from './load-people.ts';
import type { JudgedStory, StandardsStory } from './story.ts';
import type { Moment } from './timetable.ts';

type StandardsMoment = Extract<Moment, { kind: 'framework' | 'judged' | 'verdict' | 'handed' }>;

/** Tells what a council says of itself against a framework, by the deeds that people use. */
export function standardsTeller(db: Db, council: Council) {
  const { authorityId } = council;
  const editions = new Map<StandardsStory, EditionId>();
  const judged = new Map<CriterionId, number>();

  const keeperOf = (standards: StandardsStory): Actor => {
    const person = council.people.get(standards.keeper);
    if (person === undefined) throw new Error(`Nobody is ${standards.keeper} yet`);
    const { story, userId, partyIds } = person;
    return { authorityId, userId, name: story.name, roles: [story.role], partyIds };
  };

  const nameOf = (key: string) => {
    const party = council.story.parties[key];
    if (party === undefined) throw new Error(`There is no ${key}`);
    return party.name;
  };

  async function tell(moment: StandardsMoment): Promise<void> {
    const { standards, day } = moment;
    const by = keeperOf(standards);
    if (moment.kind === 'framework') {
      const { editionId } = done(await startShipped(db, by, day, standards.framework), 'done');
      editions.set(standards, editionId);
      return;
    }
    const editionId = editions.get(standards);
    if (editionId === undefined) throw new Error(`${standards.framework} is not in use yet`);
    switch (moment.kind) {
      case 'judged':
        done(await openAssessmentRound(db, by, day, editionId, moment.round.name), 'done');
        for (const one of moment.round.judged) await tellJudgement(by, editionId, one, day);
        break;
      case 'verdict': {
        const { verdict } = moment;
        const criterionId = await criterionOf(by, editionId, verdict.ref, day);
        const saidOn = addDays(day, verdict.writtenDaysAgo - verdict.saidDaysAgo);
        const { whose, level, words } = verdict;
        const said = { whose, level, words, saidOn, sourceId: null };
        done(await sayVerdict(db, by, day, criterionId, said), 'done');
        break;
      }
      case 'handed':
        await hand(by, editionId, standards.handed, day);
    }
  }

  async function tellJudgement(
    by: Actor,
    editionId: EditionId,
    one: JudgedStory,
    day: IsoDate,
  ): Promise<void> {
    const criterionId = await criterionOf(by, editionId, one.ref, day);
    const seen = judged.get(criterionId) ?? 0;
    const outcome = await judge(db, by, day, criterionId, seen, {
      progress: one.next === null ? 'done' : 'in progress',
      level: one.level,
      result: one.result,
      howMet: one.how,
      whyNot: one.why,
      whatNext: one.next,
      due: null,
      leads: one.lead === null ? [] : [nameOf(one.lead)],
      restsOn: one.rests.map(([kind, daysOld, words]) => ({
        kind,
        words,
        datedOn: addDays(day, -daysOld),
        evidenceId: null,
        sourceId: null,
        findingId: null,
      })),
    });
    done(outcome, 'done');
    judged.set(criterionId, seen + 1);
  }

  async function hand(
    by: Actor,
    editionId: EditionId,
    handed: StandardsStory['handed'],
    day: IsoDate,
  ): Promise<void> {
    const { domainId, postId } = await inAuthority(db, authorityId, async (tx) => {
      const picture = await readEditionFor(tx, by, editionId, day, day);
      const domain = picture?.edition.domains.find(({ ref }) => ref === handed.domain);
      const post = (await listParties(tx, authorityId)).find(
        ({ name }) => name === nameOf(handed.to),
      );
      if (domain === undefined || post === undefined) throw new Error('Nothing to hand out');
      return { domainId: domain.id, postId: post.id };
    });
    const dueOn = addDays(day, handed.daysAgo + handed.dueInDays);
    const step = { step: 'handed', postId, dueOn, comment: null } as const;
    done(await takeStep(db, by, day, editionId, domainId, 0, step), 'done');
  }

  async function criterionOf(by: Actor, editionId: EditionId, ref: string, day: IsoDate) {
    return await inAuthority(db, authorityId, async (tx) => {
      const picture = await readEditionFor(tx, by, editionId, day, day);
      const criterion = picture?.edition.domains
        .flatMap(({ criteria }) => criteria)
        .find((one) => one.ref === ref);
      if (criterion === undefined) throw new Error(`The framework has no criterion ${ref}`);
      return criterion.id;
    });
  }

  return { tell };
}
