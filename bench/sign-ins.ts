import { buildApp } from '../src/app.ts';
import { createAdministrator } from '../src/cli/admin-create.ts';
import { inEmptyPlace, onDatabase, type FilledPlace } from './empty-place.ts';
import { measure, type Figure } from './figures.ts';

/**
 * How long a refused sign-in takes for an address that is there and for one that is not: the two
 * must lie within 50 ms of each other (security A-10), or the wait would tell which is there.
 */
export async function signIns(): Promise<Figure[]> {
  return await inEmptyPlace((data) => onDatabase(data, signInsOn));
}

async function signInsOn({ db, keeper }: FilledPlace): Promise<Figure[]> {
  let now = new Date();
  const known = 'admin@fenmoor.example';
  const made = await createAdministrator(
    keeper,
    {
      slug: 'fenmoor',
      authorityName: 'Fenmoor Council',
      email: known,
      name: 'Ada Marsh',
      password: 'three grey herons fishing',
    },
    now,
  );
  if (made.kind === 'refused') throw new Error(made.reasons.join(' '));
  const app = await buildApp({
    db,
    secret: 'nothing that is kept: a measurement alone',
    clock: () => now,
    publicUrl: new URL('http://localhost'),
    logger: false,
  });
  const page = await app.inject('/fenmoor/sign-in');
  const cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const guess = async (email: string) => {
    // Half an hour on each time: nobody is told to wait. The form's secret lasts for all.
    now = new Date(now.getTime() + 30 * 60_000);
    const answer = await app.inject({
      method: 'POST',
      url: '/fenmoor/sign-in',
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf, email, password: 'not the right one' }).toString(),
    });
    if (answer.statusCode !== 422) throw new Error(`A guess was answered ${answer.statusCode}`);
  };
  const figures = [
    await measure('Sign-in refused, address known', 500, 100, () => guess(known)),
    await measure('Sign-in refused, address unknown', 500, 100, () => guess('no@fenmoor.example')),
  ];
  await app.close();
  return figures;
}
