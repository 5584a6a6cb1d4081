import { parseId, type Id } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { shownFields, type KeptForm } from '../rules/kept-form.ts';
import { paths } from './paths.ts';
import { sessionsView } from './sessions.routes.ts';

const noForm = { values: {}, errors: [] };
const now = new Date('2026-03-04T10:00:00Z');
const at = (time: string) => new Date(`2026-03-04T${time}:00Z`);
const sessionId = (last: number): Id<'session'> => {
  const made = parseId<'session'>(`01980a7e-0000-7000-8000-00000000000${last}`);
  if (made === null) throw new Error('Not an id');
  return made;
};

const office = {
  id: sessionId(1),
  browser: 'Firefox on Windows',
  startedAt: at('08:31'),
  seenAt: at('09:58'),
  endedAt: null,
};
const telephone = {
  id: sessionId(2),
  browser: 'Safari on iPhone',
  startedAt: at('07:12'),
  seenAt: at('09:40'),
  endedAt: null,
};
const nameless = { ...telephone, id: sessionId(3), browser: null, seenAt: at('09:35') };

const kept: KeptForm = {
  why: 'signed-out',
  address: '/plans/01980a7e-0000-7000-8000-000000000000/actions/2.1/update',
  fields: [
    [
      'narrative',
      'The two vacant posts in the duty team are filled from 9 March.\nThe induction is booked.',
    ],
    ['progress', 'on-track'],
    ['due-day', '27'],
  ],
  files: ['file'],
};
const keptView = (title: string, why: string, sends: string, form: KeptForm) => ({
  title,
  why,
  sends,
  keptAt: '4 March 2026 at 9.58am',
  shown: shownFields(form),
  fields: form.fields.map(([name, value]) => ({ name, value })),
  files: form.files,
  address: form.address,
  keptId: '01980a7e-0000-7000-8000-000000000009',
  throwAway: '/account/kept/01980a7e-0000-7000-8000-000000000009/throw-away',
});

const link =
  'https://sightline.saltmarsh.example/saltmarsh/password/3q2-7wAb19xYzQvL0cTnR4sMhJd8UeKfPoGiBtWyCZk';

export const examples: PageExample[] = [
  example('Fresh proof', 'rooms/people/web/prove.njk', {
    title: 'Confirm that it is you',
    classification: null,
    codeSetUp: false,
    form: noForm,
    errors: [],
    action: paths.prove,
  }),
  example(
    'Fresh proof with a code, refused',
    'rooms/people/web/prove.njk',
    {
      title: 'Confirm that it is you',
      classification: null,
      codeSetUp: true,
      form: {
        values: {},
        errors: [{ field: 'password', text: 'The password or the code is not right.' }],
      },
      errors: [{ field: 'password', text: 'The password or the code is not right.' }],
      action: paths.prove,
    },
    { status: 422 },
  ),
  example(
    'A form that came too late, with a file',
    'rooms/people/web/kept.njk',
    keptView(
      'You wrote this before you were signed out',
      'It could not be saved when you sent it. Read it over. It is saved when you press “Save it now”, and not before.',
      'Save it now',
      kept,
    ),
  ),
  example(
    'A dangerous act after the proof',
    'rooms/people/web/kept.njk',
    keptView(
      'Go on with what you began',
      'It is you. It is done when you press “Continue”, and not before.',
      'Continue',
      { ...kept, why: 'proof', fields: [], files: [] },
    ),
  ),
  example(
    'Sessions, three',
    'rooms/people/web/sessions.njk',
    sessionsView([telephone, nameless, office], office.id, now),
  ),
  example(
    'Sessions, this one alone',
    'rooms/people/web/sessions.njk',
    sessionsView([office], office.id, now),
  ),
  example(
    'Choose a password by a link',
    'rooms/people/web/password-link.njk',
    {
      title: 'Choose your password',
      classification: null,
      email: 'cleo.fenn-of-the-early-help-service@saltmarsh.example',
      form: noForm,
      errors: [],
      action: '/saltmarsh/password/token',
    },
    { signedIn: false },
  ),
  example('A link was made', 'rooms/people/web/link-made.njk', {
    title: 'Link to choose a password',
    back: { text: 'People', href: paths.people },
    name: 'Cleo Fenn',
    link,
    expiresAt: '5 March 2026 at 10.00am',
    isReset: true,
    userHref: '/people/users/01980a7e-0000-7000-8000-000000000002',
  }),
];
