import type { Calendar } from '../calendar.ts';
import type { CouncilStory } from '../story.ts';
import { adultsPapers, adultsPlan } from './adults-plan.ts';
import { childrensPlan } from './childrens-plan/index.ts';
import { papersOf } from './childrens-plan/sources.ts';
import { exploitationPapers, exploitationPlan } from './exploitation-plan.ts';
import { parties, people, type SaltmarshParty } from './saltmarsh-people.ts';
import { saltmarshRegister } from './saltmarsh-register.ts';
import { saltmarshReports } from './saltmarsh-reports.ts';
import { saltmarshStandards } from './saltmarsh-standards.ts';

/** Saltmarsh Borough Council: about 25 children in care, and three plans under way. */
export function saltmarsh(on: Calendar): CouncilStory<SaltmarshParty> {
  const papers = papersOf(on);
  return {
    name: 'Saltmarsh Borough Council',
    slug: 'saltmarsh',
    parties,
    people,
    sources: [...papers.all, ...adultsPapers, ...exploitationPapers],
    plans: [childrensPlan(on, papers), adultsPlan(on), exploitationPlan(on)],
    reports: saltmarshReports,
    register: saltmarshRegister(on),
    standards: saltmarshStandards,
  };
}
