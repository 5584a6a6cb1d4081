import { example, type PageExample } from './examples.ts';

const problem = (title: string, text: string, reference: string | null = null) => ({
  title,
  text,
  reference,
});

/** The pages that every user may meet, whatever their room. */
export const examples: PageExample[] = [
  example(
    'Not found',
    'platform/web/problem.njk',
    problem('Page not found', 'If you typed the address, check that it is right.'),
    { status: 404 },
  ),
  example(
    'Our fault',
    'platform/web/problem.njk',
    problem(
      'Sorry, something went wrong',
      'Try again in a few minutes.',
      '34846fe6-df64-46d4-b18b-7b5e164afc8f',
    ),
    { status: 500 },
  ),
  example(
    'Accessibility statement',
    'platform/web/accessibility.njk',
    { title: 'Accessibility statement', classification: null },
    { signedIn: false },
  ),
  example(
    'Cookies',
    'platform/web/cookies.njk',
    { title: 'Cookies', classification: null },
    { signedIn: false },
  ),
];
