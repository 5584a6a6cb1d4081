import fc from 'fast-check';
import { addDays, addMonths, lastDayOfMonth, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { hostileText } from '#platform/documents/write/hostile-text.test-help.ts';
import { rags, statuses } from '../rules/kinds.ts';
import type {
  ActionPicture,
  ObjectivePicture,
  PartyRef,
  PlanPicture,
  SourceRef,
} from '../rules/picture.ts';
import type { Due } from '../rules/reading.ts';
import {
  day,
  examplePicture,
  action as exampleAction,
  objective,
} from './example-picture.test-help.ts';

/** Plans with every shape of due date, and texts as bad as people paste them. */

const someDay = fc.integer({ min: 0, max: 9000 }).map((days) => addDays(day('2008-01-01'), days));
const firstOfMonth = someDay.map((date) => day(`${date.slice(0, 7)}-01`));

const due: fc.Arbitrary<Due> = fc
  .oneof(
    someDay.map((date) => ({ from: date, to: date, precision: 'day' as const })),
    firstOfMonth.map((from) => ({ from, to: lastDayOfMonth(from), precision: 'month' as const })),
    firstOfMonth.map((from) => ({
      from,
      to: lastDayOfMonth(addMonths(from, 2)),
      precision: 'quarter' as const,
    })),
    fc
      .tuple(someDay, fc.integer({ min: 0, max: 900 }), fc.boolean())
      .map(([from, length, known]) => ({
        from: known ? from : null,
        to: addDays(from, length),
        precision: 'period' as const,
      })),
    fc.constantFrom('asap' as const, 'ongoing' as const, 'none' as const).map((precision) => ({
      from: null,
      to: null as IsoDate | null,
      precision,
    })),
  )
  .chain((parts) => hostileText.map((asWritten) => ({ asWritten, ...parts })));

/** A text that must say something, as the plan's own rules ask. */
const words = hostileText.map((text) => `Do ${text}`);
const maybeText = fc.option(words);

const party: fc.Arbitrary<PartyRef> = fc
  .constantFrom(
    'Service Manager, Help and Protection',
    'Health, Education and Police',
    'Head of Service (North & South); interim',
    'Early Help/Family Help',
    'Директор',
    '=Lead',
  )
  .map((name) => ({ id: newId<'party'>(), kind: 'post' as const, name }));

const source: fc.Arbitrary<SourceRef> = fc
  .tuple(words, maybeText, fc.option(fc.constantFrom('3', '3-4', 'annex A')))
  .map(([title, said, page]) => ({ id: newId<'source'>(), title, words: said, page }));

const someObjective: fc.Arbitrary<ObjectivePicture> = fc
  .record({
    section: maybeText,
    ref: fc.option(fc.constantFrom('1.1', '1.10', '2a', '007')),
    title: words,
    sources: fc.array(source, { maxLength: 2 }),
  })
  .map((parts) => objective({ id: newId<'objective'>(), ...parts }));

function someAction(objectives: readonly ObjectivePicture[]): fc.Arbitrary<ActionPicture> {
  return fc
    .record({
      serves: fc.constantFrom(...objectives),
      ref: fc.constantFrom('1', '1.10', '1.1', '=2', '3/4', '12 March'),
      text: words,
      leads: fc.array(party, { maxLength: 3 }),
      contributors: fc.array(party, { maxLength: 2 }),
      priority: fc.option(fc.constantFrom('high' as const, 'medium' as const, 'low' as const)),
      successMeasure: maybeText,
      outcomeForChildren: maybeText,
      sources: fc.array(source, { maxLength: 1 }),
      due,
      firstDue: due,
      revised: fc.boolean(),
      claimedRag: fc.option(fc.constantFrom(...rags)),
      status: fc.option(fc.constantFrom(...statuses)),
      changed: maybeText,
    })
    .map(({ serves, changed, ...parts }) =>
      exampleAction(serves, {
        ...parts,
        lastUpdate:
          changed === null
            ? null
            : {
                id: newId<'update'>(),
                effectiveOn: day('2026-02-01'),
                by: null,
                whatChanged: changed,
              },
      }),
    );
}

export const arbitraryPicture: fc.Arbitrary<PlanPicture> = fc
  .tuple(
    fc.array(someObjective, { minLength: 1, maxLength: 4 }),
    fc.array(fc.constantFrom('Red', 'Yellow, or gold', 'Done (really)', 'Blue', ' '), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .chain(([objectives, names]) =>
    fc.array(someAction(objectives), { maxLength: 6 }).map((actions) => {
      const example = examplePicture();
      return {
        ...example,
        plan: {
          ...example.plan,
          ragScheme: example.plan.ragScheme.map((entry, at) => ({
            ...entry,
            name: names[at] ?? entry.name,
          })),
        },
        objectives,
        actions,
      };
    }),
  );
