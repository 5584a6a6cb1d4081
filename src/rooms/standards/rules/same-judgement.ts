import type { JudgementContent } from './picture.ts';

type Compared = Omit<JudgementContent, 'leads'> & { leads: readonly string[] };

/** Whether two judgements say the same: a form that was sent twice writes nothing more. */
export function sameJudgement(a: Compared, b: Compared): boolean {
  return key(a) === key(b);
}

function key(one: Compared): string {
  return JSON.stringify([
    one.progress,
    one.level,
    one.result,
    one.howMet,
    one.whyNot,
    one.whatNext,
    one.due === null ? null : [one.due.asWritten, one.due.from, one.due.to, one.due.precision],
    one.leads,
    one.restsOn.map((rest) => [
      rest.kind,
      rest.words,
      rest.datedOn,
      rest.evidenceId,
      rest.sourceId,
      rest.findingId,
    ]),
  ]);
}
