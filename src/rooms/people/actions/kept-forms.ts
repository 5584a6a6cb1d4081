import { z } from 'zod';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { openText, sealText, type Seal } from '../proofs/sealed-text.ts';
import type { KeptForm } from '../rules/kept-form.ts';
import { recordFacts } from '../store/audit-log.ts';
import { addKeptForm, forgetKeptForm, keptFormsOf } from '../store/kept-forms.ts';
import type { KeptFormId } from '../store/tables.ts';
import type { SignInDeps } from './sign-in-deps.ts';

/** Whose form it is: nobody else is ever shown it. */
export interface Owner {
  authorityId: AuthorityId;
  userId: UserId;
}

/** Keeps a form for its person, until they send it again or a day has passed (security A-05). */
export async function keepForm(
  { db, secret }: SignInDeps,
  owner: Owner,
  form: KeptForm,
  now: Date,
): Promise<KeptFormId> {
  const id = newId<'kept-form'>();
  const sealed = sealText(JSON.stringify(form), sealFor(secret, owner, id));
  await inAuthority(db, owner.authorityId, async (tx) => {
    await addKeptForm(tx, owner.authorityId, { id, userId: owner.userId, sealed }, now);
    await recordFacts(tx, owner.userId, 'unsent form kept', [
      { fact: 'kept_form', id, state: true },
    ]);
  });
  return id;
}

export interface OpenedForm extends KeptForm {
  id: KeptFormId;
  keptAt: Date;
}

/** The forms that are kept for a person, the newest first; one that cannot be opened is passed over. */
export async function keptForms(
  { db, secret }: SignInDeps,
  owner: Owner,
  now: Date,
): Promise<OpenedForm[]> {
  const rows = await readInAuthority(db, owner.authorityId, (tx) =>
    keptFormsOf(tx, owner.authorityId, owner.userId, now),
  );
  return rows.flatMap(({ id, sealed, keptAt }) => {
    const form = open(sealed, sealFor(secret, owner, id));
    return form === null ? [] : [{ ...form, id, keptAt }];
  });
}

/** Forgets a form: it was taken, or its person threw it away. */
export async function throwAwayForm(
  { db }: SignInDeps,
  owner: Owner,
  id: KeptFormId,
): Promise<void> {
  await inAuthority(db, owner.authorityId, async (tx) => {
    if (!(await forgetKeptForm(tx, owner.authorityId, owner.userId, id))) return;
    await recordFacts(tx, owner.userId, 'unsent form forgotten', [
      { fact: 'kept_form', id, state: true },
    ]);
  });
}

const sealFor = (secret: string, owner: Owner, id: KeptFormId): Seal => ({
  secret,
  use: 'kept forms',
  boundTo: `${owner.userId} ${id}`,
});

const stored = z.strictObject({
  why: z.enum(['signed-out', 'signed-in-again', 'proof']),
  address: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
  files: z.array(z.string()),
});

/** Null where the installation has another secret since. */
function open(sealed: string, seal: Seal): KeptForm | null {
  let text: string;
  try {
    text = openText(sealed, seal);
  } catch {
    return null;
  }
  return stored.parse(JSON.parse(text));
}
