import type { Command } from 'commander';
import { londonDay } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import {
  addAuthority,
  addUser,
  authorityBySlug,
  grantRole,
  isFreeSlug,
  passwordProblems,
  passwordProblemText,
  userDetailProblems,
} from '#people';
import { askSecret } from './ask-secret.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

export interface NewAdministrator {
  /** The word in the authority's address, such as `saltmarsh`. */
  slug: string;
  /** The authority's name; needed where there is none with this slug yet. */
  authorityName: string | null;
  email: string;
  name: string;
  /** Typed by the administrator themself: it need not be changed at the first sign-in. */
  password: string;
}

export type CreateAdministratorOutcome =
  | { kind: 'created'; authorityId: AuthorityId; newAuthority: boolean }
  /** No administrator was made; each reason is a sentence. */
  | { kind: 'refused'; reasons: string[] };

interface Flags {
  authority: string;
  authorityName?: string;
  email: string;
  name: string;
}

export function addAdmin(program: Command, settle: Settle): void {
  program
    .command('admin')
    .description('Make the first administrators, at the server itself.')
    .command('create')
    .description('Make an administrator, and the authority where it is not there yet.')
    .requiredOption('--authority <slug>', 'its word in the address, such as saltmarsh')
    .option('--authority-name <name>', 'its name; needed for a new authority')
    .requiredOption('--email <address>', 'what the administrator signs in with')
    .requiredOption('--name <name>', "the administrator's name")
    .addHelpText('after', '\nThe password is asked for, or read from standard input.')
    .action((flags: Flags) => settle(createNow(flags)));
}

function createNow(flags: Flags): Promise<Ending> {
  return withReadyDatabase(async ({ keeper }, config) => {
    if (keeper === null) {
      return refused('Only the owner of the tables can do this: set DATABASE_KEEPER_URL.');
    }
    const asked: NewAdministrator = {
      slug: flags.authority,
      authorityName: flags.authorityName ?? null,
      email: flags.email,
      name: flags.name,
      password: await askSecret(`A password for ${flags.name}: `),
    };
    const outcome = await createAdministrator(keeper, asked, new Date());
    if (outcome.kind === 'refused') return refused(...outcome.reasons);
    const signIn = new URL(`/${asked.slug}/sign-in`, config.publicUrl).href;
    terminal.out(`${asked.name} can sign in at ${signIn} as ${asked.email}.`);
    if (outcome.newAuthority) {
      terminal.out('Giving a role takes two people: make a second administrator as well.');
    }
    return done;
  });
}

/**
 * Makes an administrator, and the authority where there is none with this slug. Giving a role
 * takes two administrators, so a council runs this twice at the start.
 *
 * @param keeper a connection as the keeper: the program itself cannot make an authority
 * @param now the time; the role holds from its London day on
 */
export async function createAdministrator(
  keeper: Db,
  asked: NewAdministrator,
  now: Date,
): Promise<CreateAdministratorOutcome> {
  const standing = await authorityBySlug(keeper, asked.slug);
  const authorityName = standing?.name ?? asked.authorityName ?? '';
  const about = { authorityName, userName: asked.name, email: asked.email };
  const reasons = [
    ...authorityReasons(asked, standing?.name),
    ...userDetailProblems(asked).map((problem) => `${problem.text}.`),
    ...passwordProblems(asked.password, about).map(passwordProblemText),
  ];
  if (reasons.length > 0) return { kind: 'refused', reasons };

  const authorityId = standing?.id ?? (await makeAuthority(keeper, asked.slug, authorityName));
  if (authorityId === null) {
    return { kind: 'refused', reasons: ['Somebody made this authority a moment ago. Try again.'] };
  }
  const doer = { authorityId, userId: null } as const;
  const { email, name, password } = asked;
  return await inAuthority(keeper, authorityId, async (tx) => {
    const added = await addUser(tx, doer, { email, name, password, mustChange: false }, now);
    if (added.kind === 'address-taken') {
      const reason = `${asked.slug} has a user with the address ${email} already.`;
      return { kind: 'refused', reasons: [reason] };
    }
    if (added.kind !== 'added')
      throw new Error(`An administrator could not be made: ${added.kind}`);
    const { userId } = added;
    await grantRole(tx, doer, { userId, role: 'administrator', startsOn: londonDay(now) });
    return { kind: 'created', authorityId, newAuthority: standing === undefined };
  });
}

async function makeAuthority(keeper: Db, slug: string, name: string): Promise<AuthorityId | null> {
  const added = await keeper
    .transaction()
    .execute((tx) => addAuthority(tx, { slug, name, isDemo: false }));
  return added.kind === 'added' ? added.authorityId : null;
}

function authorityReasons(asked: NewAdministrator, standingName: string | undefined): string[] {
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(asked.slug)) {
    return [
      'The authority’s word in the address must have 2 to 40 small letters, digits or hyphens, such as saltmarsh.',
    ];
  }
  if (standingName === undefined) {
    if (!isFreeSlug(asked.slug)) {
      return [
        `The word ${asked.slug} stands for a part of Sightline in its addresses. Choose another.`,
      ];
    }
    return asked.authorityName === null || asked.authorityName.trim() === ''
      ? [`There is no authority ${asked.slug} yet. Give its name with --authority-name.`]
      : [];
  }
  return asked.authorityName === null || asked.authorityName === standingName
    ? []
    : [`There is an authority ${asked.slug} already, and its name is ${standingName}.`];
}
