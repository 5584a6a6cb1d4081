import { reasonInWords, type Disagreement } from '../rules/derived-rag.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { ragName, sentenceCase } from '../rules/words.ts';
import type { ListColumn } from './list.ts';

/** The columns of the list of claims that differ from what the facts bear out. */
export function disagreementColumns({ plan }: PlanPicture): ListColumn<Disagreement>[] {
  return [
    { key: 'ref', header: 'Ref', width: 10, value: ({ action }) => action.ref },
    { key: 'action', header: 'Action', width: 60, value: ({ action }) => action.text },
    {
      key: 'lead',
      header: 'Lead',
      width: 30,
      value: ({ action }) => action.leads.map(({ name }) => name).join('; '),
    },
    {
      key: 'claimed',
      header: 'Claimed',
      width: 12,
      value: ({ claimed }) => ragName(plan.ragScheme, claimed.colour),
    },
    {
      key: 'derived',
      header: 'Derived',
      width: 12,
      value: ({ derived }) => ragName(plan.ragScheme, derived.colour),
    },
    { key: 'claim', header: 'The claim is', width: 16, value: ({ claim }) => sentenceCase(claim) },
    {
      key: 'reasons',
      header: 'Why',
      width: 60,
      value: ({ action, derived }) =>
        derived.reasons.map((reason) => sentenceCase(reasonInWords(reason, action))).join('; '),
    },
  ];
}
