import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentGrid } from '#platform/documents/grid.ts';
import { readBytes } from '#platform/documents/read/read-bytes.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { writableText } from '#platform/documents/write/writable-text.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { readPlan } from '../rules/read-plan/index.ts';
import type { PlanReading, ReadAction } from '../rules/reading.ts';
import { sourceInWords } from '../rules/words.ts';
import { arbitraryPicture } from './arbitrary-picture.test-help.ts';
import { exampleInput, examplePicture } from './example-picture.test-help.ts';
import { exportPlan } from './index.ts';

async function sendOutAndReadBack(
  format: 'xlsx' | 'csv',
  picture: PlanPicture,
  read = readDocument,
): Promise<PlanReading> {
  const { bytes, fileName } = await exportPlan(format, exampleInput({ picture }));
  const grid = await read(bytes, fileName);
  if ('refused' in grid) throw new Error(grid.refused);
  return readPlan(grid satisfies DocumentGrid);
}

/**
 * A text as every reader of documents gives it: plain spaces, no invisible characters, no blanks
 * at the ends. What a plan holds has come through the same, by import or by a form.
 */
function seen(text: string): string {
  return writableText(text)
    .replace(/[\u007f-\u009f\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\t\u00a0\u2007\u202f]/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function seenOrNull(text: string | null): string | null {
  return text === null ? null : seen(text) || null;
}

function seenLine(text: string): string {
  return seen(seen(text).replace(/\s+/g, ' '));
}

type Carried = Omit<ReadAction, 'where' | 'ragFrom' | 'evidence'>;

/** What an import must read of an action that was sent out. */
function expected(action: ActionPicture, picture: PlanPicture): Carried {
  const objective = picture.objectives.find(({ id }) => id === action.objectiveId);
  if (objective === undefined) throw new Error('no such objective');
  return {
    section: seenOrNull(objective.section),
    objectiveRef: seenOrNull(objective.ref),
    objective: seen(objective.title),
    ref: seen(action.ref),
    text: seen(action.text),
    leads: action.leads.map(({ name }) => seenLine(name)),
    contributors: action.contributors.map(({ name }) => seenLine(name)),
    priority: action.priority,
    due: { ...action.due, asWritten: seen(action.due.asWritten) },
    revised: action.revised,
    claimedRag: action.claimedRag,
    status: action.status,
    successMeasure: seenOrNull(action.successMeasure),
    outcome: seenOrNull(action.outcomeForChildren),
    progress: seenOrNull(action.lastUpdate?.whatChanged ?? null),
    sources: action.sources.map((source) => seenLine(sourceInWords(source))),
  };
}

function carried(action: ReadAction): Carried {
  const { where, ragFrom, evidence, ...rest } = action;
  expect(where).not.toBe('');
  expect(ragFrom).toBe(action.claimedRag === null ? 'none' : 'text');
  expect(evidence).toBeNull();
  return rest;
}

describe('what was exported', () => {
  it.each(['xlsx', 'csv'] as const)('imports again unchanged: .%s', async (format) => {
    const picture = examplePicture();
    const reading = await sendOutAndReadBack(format, picture);
    const kept = picture.actions.filter(({ withdrawn }) => !withdrawn);
    expect(reading.actions.map(carried)).toEqual(kept.map((one) => expected(one, picture)));
    // The withdrawn one is left out, and said to be; nothing else is in doubt.
    expect(reading.problems.map(({ message }) => message)).toEqual([
      'This action was withdrawn, so it was left out.',
    ]);
  });

  it('keeps the objectives with their sources, those without an action too, and the colours', async () => {
    const reading = await sendOutAndReadBack('xlsx', examplePicture());
    expect(reading.title).toBe('Children’s services improvement plan');
    expect(reading.sections).toEqual(['Help and protection', 'Care leavers']);
    expect(reading.objectives.map(({ ref, title }) => [ref, title])).toEqual([
      ['1.1', 'Children who need help are seen in time'],
      ['1.10', 'Records tell the child’s story'],
      ['2.1', 'Care leavers know what they are entitled to'],
      ['2.2', 'Care leavers have a home that suits them'],
    ]);
    expect(reading.objectives[0]?.sources).toEqual([
      '“Visits are not always made in time” (Inspection of Saltmarsh, May 2025, page 12)',
      'Annual conversation, June 2025',
    ]);
    expect(reading.ragMeanings).toEqual([
      { colour: 'red', meaning: 'Off track' },
      { colour: 'amber', meaning: 'Late, but it can be mended' },
      { colour: 'green', meaning: 'On track' },
      { colour: 'blue', meaning: 'Complete' },
    ]);
    expect(reading.counts).toEqual({
      objectives: 4,
      actions: 4,
      byRag: { red: 1, amber: 1, green: 1, blue: 1, none: 0 },
      revised: 1,
    });
  });

  it.each(['xlsx', 'csv'] as const)('whatever a plan holds, .%s gives it back', async (format) => {
    await fc.assert(
      fc.asyncProperty(arbitraryPicture, async (picture) => {
        // A hundred times: read here, without a thread for each.
        const reading = await sendOutAndReadBack(format, picture, readBytes);
        expect(reading.actions.map(carried)).toEqual(
          picture.actions.map((one) => expected(one, picture)),
        );
        // Words that plainly mean another day are asked about; nothing else is in doubt.
        const others = reading.problems.filter(
          ({ message }) => !message.startsWith('The words say'),
        );
        expect(others).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
