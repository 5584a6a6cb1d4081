import { newId } from '#kernel/ids.ts';
import { filledForm } from '../filled-form.ts';
import type { Answer } from './answers.ts';
import type { ExpectedLetter } from './expectations.ts';
import type { Resident } from './household.ts';
import type { PlantedPlan } from './planted.ts';

/** What a request is tried on. */
export interface Target {
  plan: PlantedPlan;
  /** Somebody of the council of the plan, who is nobody of the seventeen. */
  userId: string;
}

/** Asks for what a letter of a class allows, by the program's own pages; true where it was had. */
export type RealRoute = (who: Resident, target: Target) => Promise<boolean>;

const shows = (answer: Answer, text: string) =>
  answer.statusCode === 200 && answer.body.toLowerCase().includes(text);
const isDone = ({ statusCode }: Answer) => statusCode === 303;

/** Opens the page with the form, changes what is said of it, and sends it as a browser would. */
async function fillIn(
  who: Resident,
  url: string,
  changes: Record<string, string | string[]>,
): Promise<boolean> {
  const page = await who.get(url);
  const main = /<main[\s\S]*<\/main>/.exec(page.body)?.[0] ?? '';
  const hasForm = page.statusCode === 200 && /<form[^>]*method="post"/.test(main);
  // Who is shown no form sends one all the same.
  return isDone(await who.post(url, { ...(hasForm ? filledForm(page) : {}), ...changes }));
}

/**
 * The request of each letter for which the program has a page: room by room, as rooms come. A
 * letter that is not named has none yet, and is held by the made-up room alone.
 */
export const realRoutes: Readonly<
  Record<string, Partial<Readonly<Record<ExpectedLetter, RealRoute>>>>
> = {
  PLN: {
    L: async (who, { plan }) => shows(await who.get('/plans'), plan.word),
    R: async (who, { plan }) => shows(await who.get(`/plans/${plan.slug}`), plan.word),
    C: (who) => fillIn(who, '/plans/new', { title: `A plan of ${who.role}` }),
    U: (who, { plan }) =>
      fillIn(who, `/plans/${plan.slug}/actions/${plan.action}/update`, {
        submission: newId(),
        choice: 'amber',
        changed: `What ${who.role} has to say of it, at ${newId()}`,
      }),
    E: async (who, { plan }) =>
      shows(await who.get(`/plans/${plan.slug}/export?format=csv`), plan.word),
    G: async (who, { plan }) => (await who.get(`/plans/${plan.slug}/guests`)).statusCode === 200,
    // Whoever did the work is told why they do not decide: the letter lets them look all the same.
    A: async (who, { plan }) =>
      (await who.get(`/plans/${plan.slug}/actions/${plan.action}/verify`)).statusCode === 200,
  },
  USR: {
    L: async (who) => (await who.get('/people')).statusCode === 200,
    R: async (who, { userId }) => shows(await who.get(`/people/users/${userId}`), 'pat saltern'),
    C: async (who) => {
      const email = `${newId()}@saltmarsh.example`;
      const answer = await who.post('/people/new', { name: 'Jo Quay', email });
      return shows(answer, 'jo quay is added');
    },
    // A second person is asked afterwards: putting it forward is the first half.
    G: (who, { userId }) => fillIn(who, `/people/users/${userId}/roles`, { role: 'member' }),
  },
  LOG: {
    L: async (who) => (await who.get('/log')).statusCode === 200,
    R: async (who, { plan }) => (await who.get(`/log?item=${plan.id}`)).statusCode === 200,
  },
};
