/**
 * Taking out a name that was typed by mistake. Source: the design, principle 6: the text goes,
 * its hash and the reason stay, two people do it.
 */

/** The shortest and longest passage that can be taken out, in characters; as the table says. */
export const passageLength = { shortest: 2, longest: 200 } as const;

/** What is wrong with what somebody asks to take out, each beside its field; empty when nothing. */
export function redactionProblems(asked: {
  passage: string;
  reason: string;
}): { field: 'passage' | 'reason'; text: string }[] {
  const passage = asked.passage.trim();
  const problems: { field: 'passage' | 'reason'; text: string }[] = [];
  if (passage.length < passageLength.shortest) {
    problems.push({ field: 'passage', text: 'Write the words to take out, such as the name' });
  } else if (passage.length > passageLength.longest) {
    problems.push({
      field: 'passage',
      text: `Write at most ${passageLength.longest} characters. Take out longer texts in parts.`,
    });
  } else if (!/[\p{L}\p{N}]/u.test(passage)) {
    problems.push({ field: 'passage', text: 'Write at least a letter or a figure' });
  }
  const reason = asked.reason.trim();
  if (reason === '') {
    problems.push({ field: 'reason', text: 'Say why it has to go, without the name' });
  } else if (passage !== '' && reason.toLowerCase().includes(passage.toLowerCase())) {
    problems.push({
      field: 'reason',
      text: 'The reason is kept, so it must not hold what is taken out. Say it in other words.',
    });
  }
  return problems;
}
