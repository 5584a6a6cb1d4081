-- Proofs, sessions and what people typed before a session ran out.

alter table session
  -- When the person last gave their password (and one-time code): dangerous acts ask for a
  -- fresh proof. Null in sessions that were begun before this migration: they prove anew.
  add column proved_at timestamptz,
  -- "Firefox on Windows": enough to know one's own browsers by. The whole agent is not kept.
  add column browser text check (length(browser) <= 60);
grant insert (proved_at, browser) on session to sightline_app;

-- Guesses are counted for each address typed (email_hash; of a browser that the person has signed
-- in with before, apart) and for each network address, hashed under the installation's secret.
alter table sign_in_failure add column network_hash text;
grant insert (network_hash) on sign_in_failure to sightline_app;
create index sign_in_failure_network on sign_in_failure (authority_id, network_hash, at);

-- The link by which one person chooses a password: an invitation, or a reset. One a person; the
-- next one takes its place, and its use deletes it.
create table password_link (
  authority_id uuid not null,
  user_id uuid not null,
  -- SHA-256 of the token in the link, in hexadecimal: the table alone opens nothing.
  token_hash text not null,
  expires_at timestamptz not null,
  primary key (authority_id, user_id),
  unique (authority_id, token_hash),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('password_link', 'state');

-- A form that could not be taken when it came (the session had run out, or a fresh proof was
-- asked): encrypted under the installation's secret, bound to its person, kept for a day.
create table kept_form (
  authority_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  sealed text not null,
  kept_at timestamptz not null,
  primary key (authority_id, id),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
create index kept_form_user on kept_form (authority_id, user_id, kept_at);
call guard('kept_form', 'state');
