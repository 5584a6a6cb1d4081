import { people as northmerePeople } from './content/northmere-people.ts';
import { people as saltmarshPeople } from './content/saltmarsh-people.ts';
import type { PersonStory } from './story.ts';

/** The password of every user of the demonstration; printed at start, and no secret. */
export const demoPassword = 'saltmarsh-harbour-lights';

/** An account to try, as it is printed at start and shown on the sign-in page. */
export interface DemoSignIn {
  /** The words in the council's sign-in address. */
  slug: string;
  council: string;
  name: string;
  /** What they are there, in words. */
  part: string;
  tryThis: string;
  email: string;
  password: string;
}

/** The accounts to try, the council with the plans first. */
export function demoSignIns(): DemoSignIn[] {
  return [
    ...signInsOf('saltmarsh', 'Saltmarsh Borough Council', saltmarshPeople),
    ...signInsOf('northmere', 'Northmere Council', northmerePeople),
  ];
}

function signInsOf(slug: string, council: string, people: readonly PersonStory[]): DemoSignIn[] {
  return people.flatMap(({ name, email, shown }) =>
    shown === undefined ? [] : [{ slug, council, name, ...shown, email, password: demoPassword }],
  );
}
