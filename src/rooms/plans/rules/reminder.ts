import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { ActionPicture } from './picture.ts';
import { countOf } from './position.ts';
import { type Round, roundName } from './rounds.ts';
import { dueInWords } from './words.ts';

/**
 * Words to copy into an e-mail to a lead who has still to give updates. They leave the program, so
 * that nothing of the actions stands in them but references and dates: no text can name a child.
 */
export function reminderText(reminder: {
  planTitle: string;
  round: Pick<Round, 'name' | 'askedBy'>;
  lead: string;
  actions: readonly Pick<ActionPicture, 'ref' | 'due'>[];
  /** Where updates are given. */
  address: string;
}): string {
  const { planTitle, round, lead, actions, address } = reminder;
  return [
    `To: ${lead}`,
    '',
    `The ${roundName(round.name)} of ${planTitle} asks for an update by ${formatDate(round.askedBy)}. ${countOf(actions.length, 'action')} that you lead ${actions.length === 1 ? 'has' : 'have'} none yet:`,
    '',
    ...actions.map(({ ref, due }) => `- Action ${ref}, due: ${dueInWords(due)}`),
    '',
    `Give your updates here: ${address}`,
    'Please do not send the names of children by e-mail.',
  ].join('\n');
}

/** "Asked for in the November 2014 round, by 28 November 2014; reminded on 20 November 2014." */
export function askedForWords(
  round: Pick<Round, 'name' | 'askedBy'>,
  remindedOn: IsoDate | null,
): string {
  const reminded = remindedOn === null ? '' : `; reminded on ${formatDate(remindedOn)}`;
  return `Asked for in the ${roundName(round.name)}, by ${formatDate(round.askedBy)}${reminded}.`;
}
