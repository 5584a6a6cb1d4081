import type { IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import { registerEvidence } from '../../src/rooms/findings/actions/evidence.ts';
import { addFinding, respond } from '../../src/rooms/findings/actions/findings.ts';
import { lookAgain, registerSource } from '../../src/rooms/findings/actions/sources.ts';
import { addTheme } from '../../src/rooms/findings/actions/themes.ts';

/** One of a person's acts that must have gone well for the test to mean anything. */
function done<Outcome extends { kind: string }>(
  outcome: Outcome,
): Extract<Outcome, { kind: 'done' }> {
  if (outcome.kind !== 'done') throw new Error(`Not planted: ${JSON.stringify(outcome)}`);
  return outcome as Extract<Outcome, { kind: 'done' }>;
}

/**
 * A source with a finding and a theme, the word in every text of them. One that is near is led by
 * the post and reported to the board that everybody holds.
 */
export async function plantFindings(
  db: Db,
  actor: Actor,
  on: IsoDate,
  word: string,
  near: { post: string; board: string } | null,
): Promise<{ source: string; finding: string; theme: string; evidence: string; link: string }> {
  const theme = done(
    await addTheme(db, actor, on, { name: `${word} theme`, meaning: `${word} meaning` }),
  );
  const source = done(
    await registerSource(db, actor, on, {
      kind: 'inspection',
      title: `${word} inspection`,
      body: `${word} body`,
      reference: `${word} reference`,
      visitFrom: null,
      visitTo: null,
      publishedOn: on,
      receivedOn: null,
      overall: `${word} judged`,
      overallIs: 'given',
      grades: [{ area: `${word} area`, grade: `${word} grade` }],
      summary: `${word} summary`,
      classification: 'internal',
    }),
  );
  const finding = done(
    await addFinding(db, actor, on, source.sourceId, {
      kind: 'recommendation',
      ref: word,
      words: `${word} must be done`,
      page: word,
      paragraph: word,
      area: `${word} area`,
      lead: near?.post ?? null,
      reportsTo: near?.board ?? null,
      themeIds: [theme.themeId],
      wordsToShare: `${word} shared`,
      submissionId: newId<'submission'>(),
    }),
  );
  const answer = { answer: 'partly accepted', reason: `${word} reason` } as const;
  done(await respond(db, actor, on, finding.findingId, 0, answer));
  done(await lookAgain(db, actor, on, source.sourceId, `${word} seen`));
  const { evidenceId } = done(
    await registerEvidence(
      db,
      actor,
      on,
      {
        title: `${word} evidence`,
        url: `https://example.com/${word}`,
        file: null,
        goodUntil: null,
        classification: 'internal',
        target: { kind: 'finding', id: finding.findingId, page: word },
        submissionId: newId<'submission'>(),
      },
      { knows: () => Promise.resolve(new Set<string>()) },
    ),
  );
  return {
    source: source.sourceId,
    finding: finding.findingId,
    theme: theme.themeId,
    evidence: evidenceId,
    // Only what is sent to it names it: the id of the evidence is as good as any.
    link: evidenceId,
  };
}
