import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, type FindingId, type SourceId, type ThemeId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { addFinding, addTheme, registerSource, respond, sayPair } from '#findings';
import type { Actor } from '#people';
import { answerFindings, readHeads, partiesById, readPicture } from '#plans';
import { done, type Council } from './load-people.ts';
import type { FindingStory, RegisteredStory, RegisterStory } from './story.ts';
import type { Moment } from './timetable.ts';

type RegisterMoment = Extract<
  Moment,
  { kind: 'themes' | 'source' | 'response' | 'answered' | 'same' }
>;

/** Tells what was said about a council, and what it answered, by the deeds that people use. */
export function registerTeller(db: Db, council: Council) {
  const { authorityId } = council;
  const sources = new Map<RegisteredStory, SourceId>();
  const findings = new Map<FindingStory, FindingId>();
  const themes = new Map<string, ThemeId>();

  const keeperOf = (register: RegisterStory): Actor => {
    const person = council.people.get(register.keeper);
    if (person === undefined) throw new Error(`Nobody is ${register.keeper} yet`);
    const { story, userId, partyIds } = person;
    return { authorityId, userId, name: story.name, roles: [story.role], partyIds };
  };

  const nameOf = (key: string | null) => {
    if (key === null) return null;
    const party = council.story.parties[key];
    if (party === undefined) throw new Error(`There is no ${key}`);
    return party.name;
  };

  const idOf = (finding: FindingStory): FindingId => {
    const id = findings.get(finding);
    if (id === undefined) throw new Error(`Not registered yet: ${finding.words}`);
    return id;
  };

  async function tell(moment: RegisterMoment): Promise<void> {
    const { register, day } = moment;
    const by = keeperOf(register);
    switch (moment.kind) {
      case 'themes':
        for (const theme of register.themes) {
          const { themeId } = done(await addTheme(db, by, day, theme), 'done');
          themes.set(theme.name, themeId);
        }
        break;
      case 'source':
        await tellSource(by, moment.source, day);
        break;
      case 'response': {
        const { answer, reason } = moment.response;
        done(await respond(db, by, day, idOf(moment.finding), 0, { answer, reason }), 'done');
        break;
      }
      case 'answered': {
        const findingIds = [idOf(moment.finding)];
        for (const { plan, ref } of moment.finding.answeredBy) {
          const actionId = await actionOf(plan, ref, day);
          done(await answerFindings(db, by, day, { actionId, findingIds }), 'done');
        }
        break;
      }
      case 'same':
        for (const [one, other] of register.same) {
          const pair = [startingWith(one), startingWith(other)] as const;
          done(await sayPair(db, by, day, pair, 'same'), 'done');
        }
    }
  }

  async function tellSource(by: Actor, source: RegisteredStory, day: IsoDate): Promise<void> {
    const publishedOn = addDays(day, source.registeredDaysAgo - source.publishedDaysAgo);
    const none = source.overall === 'none given';
    const outcome = await registerSource(db, by, day, {
      kind: source.kind,
      title: source.title,
      body: source.body,
      reference: null,
      visitFrom: null,
      visitTo: null,
      publishedOn,
      receivedOn: null,
      overall: none ? null : source.overall,
      overallIs: none ? 'none given' : source.overall === null ? 'not recorded' : 'given',
      grades: source.grades.map(([area, grade]) => ({ area, grade })),
      summary: null,
      classification: source.classification,
    });
    const { sourceId } = done(outcome, 'done');
    sources.set(source, sourceId);
    for (const finding of source.findings) {
      const { kind, ref, words, page, area, wordsToShare } = finding;
      const added = await addFinding(db, by, day, sourceId, {
        ...{ kind, ref, words, page, area, wordsToShare, paragraph: null },
        themeIds: finding.themes.flatMap((name) => themes.get(name) ?? []),
        lead: nameOf(finding.lead),
        reportsTo: nameOf(source.reportsTo),
        submissionId: newId<'submission'>(),
      });
      findings.set(finding, done(added, 'done').findingId);
    }
  }

  function startingWith(words: string): FindingId {
    const found = [...findings].find(([finding]) => finding.words.startsWith(words));
    if (found === undefined) throw new Error(`No finding starts with “${words}”`);
    return found[1];
  }

  async function actionOf(title: string, ref: string, day: IsoDate) {
    return await inAuthority(db, authorityId, async (tx) => {
      const parties = await partiesById(tx, authorityId);
      const plan = (await readHeads(tx, authorityId, day, parties)).find(
        (head) => head.title === title,
      );
      const picture = plan && (await readPicture(tx, authorityId, plan.id, day));
      const action = picture?.actions.find((one) => one.ref === ref);
      if (action === undefined) throw new Error(`${title} has no action ${ref} on ${day}`);
      return action.id;
    });
  }

  return { tell };
}
