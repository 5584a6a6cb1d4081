import { formatDate } from '#kernel/dates.ts';
import type { Progress, Result } from '../kinds.ts';
import type { Decision, ItemKind } from './picture.ts';
import { levelName, type ReadSection, type SharedJudgement, type SharedRest } from './shared.ts';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const progressName = (progress: Progress): string => capital(progress);
const resultName = (result: Result): string => capital(result);
export const decisionName = (decision: Decision): string => capital(decision);

const restNames: Readonly<Record<SharedRest['kind'], string>> = {
  data: 'Data',
  'audit of practice': 'Audit of practice',
  voice: 'Voice of children and families',
  external: 'External',
  'own word': 'Our own word',
};

/** "Data: monthly return, of 31 March 2026" */
function restLine({ kind, words, datedOn, names }: SharedRest): string {
  const said = [...(words === null ? [] : [words]), ...names].join('; ');
  const of = datedOn === null ? '' : `, of ${formatDate(datedOn)}`;
  return `${restNames[kind]}${said === '' ? '' : `: ${said}`}${of}`;
}

/** What the authority can answer to what was said. */
export function decisionsFor(kind: ItemKind): readonly Decision[] {
  if (kind === 'challenge') return ['accepted', 'partly accepted', 'not accepted'];
  return ['noted'];
}

/** What a judgement says, as named lines in the order in which it is read; empty ones left out. */
export function judgementLines(
  section: Pick<ReadSection, 'levels'>,
  judgement: SharedJudgement,
): [string, string][] {
  const said: [string, string | null][] = [
    ['Level', levelName(section, judgement.level)],
    ['Progress', progressName(judgement.progress)],
    ['Result', judgement.result === null ? null : resultName(judgement.result)],
    ['How it is met', judgement.howMet],
    ['Why not fully', judgement.whyNot],
    ['What is next', judgement.whatNext],
    ['By when', judgement.due?.asWritten ?? null],
    ['Who', judgement.leads.map(({ name }) => name).join(', ')],
    ['Rests on', judgement.restsOn.map(restLine).join('\n')],
    ['Judged on', formatDate(judgement.on)],
  ];
  return said.flatMap(([name, words]) => (words === null || words === '' ? [] : [[name, words]]));
}
