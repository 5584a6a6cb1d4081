import { describe, expect, it } from 'vitest';
import { openRoutes } from '#platform/web/route-rule.ts';
import { demoAuthority, signIn, testApp, userWith } from './app.ts';

const test = await testApp();

describe('the whole program', () => {
  it('answers a supervisor and a balancer', async () => {
    expect((await test.app.inject('/health')).body).toBe('ok\n');
    expect((await test.app.inject('/ready')).body).toBe('ready\n');
  });

  it('opens to everybody only what is named here', () => {
    const open = openRoutes(test.app).filter(
      (route) => !route.startsWith('HEAD') && !route.includes('/assets/'),
    );
    expect(open).toEqual([
      'GET /',
      'GET /:authority/password/:token',
      'GET /:authority/sign-in',
      'GET /accessibility',
      'GET /account/codes',
      'GET /account/password',
      'GET /account/time-left',
      'GET /cookies',
      'GET /health',
      'GET /ready',
      'GET /sign-in',
      'GET /sign-in/code',
      'POST /:authority/password/:token',
      'POST /:authority/sign-in',
      'POST /account/codes',
      'POST /account/codes/begin',
      'POST /account/password',
      'POST /sign-in/code',
      'POST /sign-out',
    ]);
  });

  it('lets a user in, and a stranger of another council see the same as nothing', async () => {
    const authority = await demoAuthority(test);
    const user = await signIn(test.app, await userWith(test, authority, ['administrator']));
    expect((await user.get('/people')).body).toContain('Robin Fenwick');
    const elsewhere = await demoAuthority(test, 'Fenmoor Council');
    const stranger = await signIn(
      test.app,
      await userWith(test, elsewhere, ['administrator'], 'Sam Reed'),
    );
    expect((await stranger.get('/people')).body).not.toContain('Robin Fenwick');
  });
});
