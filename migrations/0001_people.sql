-- The ground of every table, and the room `people`.
--
-- Three roles, made before the first migration (migrations/roles.sql): sightline_keeper owns
-- the tables and runs migrations; sightline_app is the program and owns nothing;
-- sightline_reader will read published tables only.

-- The authority of the current transaction, set by SET LOCAL alone. After a commit the
-- setting is '' and not NULL, hence nullif.
create function current_authority() returns uuid
  language sql stable
  as $$ select nullif(current_setting('app.authority', true), '')::uuid $$;

-- The instant at which a fact is recorded: the server's clock, which nobody can set, but for the
-- keeper while it loads the demonstration council with a past of its own.
create function recorded_now() returns timestamptz
  language sql volatile
  as $$
    select case
      when current_user = 'sightline_keeper'
        and coalesce(current_setting('app.demonstration_clock', true), '') <> ''
      then current_setting('app.demonstration_clock', true)::timestamptz
      else clock_timestamp()
    end
  $$;

-- Puts row-level security on a table whose first column is authority_id.
-- kind 'facts': rows are appended, the program can neither change nor delete them.
-- kind 'state': working state (sessions, drafts, heads) that the program may change.
create procedure guard(table_name text, kind text)
  language plpgsql
  as $$
declare
  columns text;
begin
  if kind not in ('facts', 'state') then
    raise exception 'guard: unknown kind %', kind;
  end if;
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'create policy of_authority on %I to sightline_app
       using (authority_id = current_authority()) with check (authority_id = current_authority())',
    table_name);
  -- Forced security binds the owner too: without its own policy a migration of data would
  -- change no row, and a back-up would hold none, in silence.
  execute format('create policy keeper_all on %I to sightline_keeper using (true) with check (true)', table_name);
  execute format('grant select on %I to sightline_app', table_name);
  -- recorded_at is nobody's to write: the program has no right on that column, so its default,
  -- the server's clock, always stands.
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute
    where attrelid = table_name::regclass and attnum > 0 and not attisdropped
      and attname <> 'recorded_at';
  execute format('grant insert (%s) on %I to sightline_app', columns, table_name);
  if kind = 'state' then
    execute format('grant update, delete on %I to sightline_app', table_name);
  end if;
end
$$;

-- The rows that belong to a fact without an id of their own (the leads of an action's version,
-- the chunks of a file): none, unless a later migration gives the table a function of this name.
create function fact_parts(fact anyelement) returns jsonb
  language sql stable
  as $$ select null::jsonb $$;

-- The SHA-256 of a row, with its parts, as the audit log keeps it. Always in UTC, whatever the
-- session's zone. Nulls are left out, so that a column added later (nullable) changes no old digest.
create function fact_digest(fact anyelement) returns text
  language sql stable
  set timezone = 'UTC'
  as $$
    select encode(sha256(convert_to(
      jsonb_strip_nulls(to_jsonb(fact))::text || coalesce(fact_parts(fact)::text, ''), 'UTF8')), 'hex')
  $$;

-- Authorities are one of the listed exceptions to "every table begins with the authority":
-- the sign-in address names the authority, so that no look-up goes round the policies.
create table authority (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null check (length(name) between 1 and 200),
  is_demo boolean not null default false,
  recorded_at timestamptz not null default now()
);
grant select on authority to sightline_app;

create table app_user (
  authority_id uuid not null references authority (id),
  id uuid not null,
  email text not null,
  name text not null check (length(name) between 1 and 200),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, email)
);
call guard('app_user', 'facts');

-- How a user proves who they are. State, not facts: an old secret is not kept.
create table credential (
  authority_id uuid not null,
  user_id uuid not null,
  password_hash text,
  -- A first password given by somebody else is to be changed at the first sign-in.
  must_change boolean not null default false,
  totp_secret text,
  -- Null until a code made with the secret was seen: set-up is then complete.
  totp_confirmed_at timestamptz,
  -- The last time step whose code was used: a code works once.
  totp_last_step bigint,
  changed_at timestamptz not null default recorded_now(),
  primary key (authority_id, user_id),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('credential', 'state');

create table role_grant (
  authority_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role text not null,
  starts_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('role_grant', 'facts');

create table role_grant_end (
  authority_id uuid not null,
  id uuid not null,
  role_grant_id uuid not null,
  -- The first day on which the role is no longer held.
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, role_grant_id),
  foreign key (authority_id, role_grant_id) references role_grant (authority_id, id)
);
call guard('role_grant_end', 'facts');

-- Giving a role takes two people. A grant made at the server itself (recorded_by is null: the
-- first administrators, the demonstration) needs no confirmation.
create table role_grant_confirmation (
  authority_id uuid not null,
  id uuid not null,
  role_grant_id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, role_grant_id),
  foreign key (authority_id, role_grant_id) references role_grant (authority_id, id)
);
call guard('role_grant_confirmation', 'facts');

-- Whoever can lead an action or oversee a plan: a post, a team, a board, an outside organisation.
create table party (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in ('post', 'team', 'board', 'organisation')),
  name text not null check (length(name) between 1 and 300),
  -- The name in lower case with single spaces: two spellings of one post are one party.
  name_key text not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, name_key)
);
call guard('party', 'facts');

-- A team names the post that answers for it.
create table team_answer (
  authority_id uuid not null,
  id uuid not null,
  team_id uuid not null,
  post_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, team_id) references party (authority_id, id),
  foreign key (authority_id, post_id) references party (authority_id, id)
);
call guard('team_answer', 'facts');

-- Who held a post (or sat on a board, or acts for an organisation), and when.
create table post_holding (
  authority_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  user_id uuid not null,
  starts_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, party_id) references party (authority_id, id),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
create index post_holding_user on post_holding (authority_id, user_id);
call guard('post_holding', 'facts');

create table post_holding_end (
  authority_id uuid not null,
  id uuid not null,
  post_holding_id uuid not null,
  -- The first day on which the post is no longer held.
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, post_holding_id),
  foreign key (authority_id, post_holding_id) references post_holding (authority_id, id)
);
call guard('post_holding_end', 'facts');

create table session (
  authority_id uuid not null,
  id uuid not null,
  -- SHA-256 of the cookie's token, in hexadecimal: the table alone signs nobody in.
  token_hash text not null,
  user_id uuid not null,
  csrf_secret text not null,
  -- When the one-time code was proved in this session; null where it was not (yet).
  code_proved_at timestamptz,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  primary key (authority_id, id),
  unique (authority_id, token_hash),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('session', 'state');

create table sign_in_failure (
  authority_id uuid not null references authority (id),
  id uuid not null,
  -- The address as typed, in lower case, hashed: known and unknown addresses count alike.
  email_hash text not null,
  at timestamptz not null,
  primary key (authority_id, id)
);
create index sign_in_failure_recent on sign_in_failure (authority_id, email_hash, at);
call guard('sign_in_failure', 'state');

-- The audit log holds no content: which fact, its id and version, and the SHA-256 of the row.
-- One chain an authority: hash = SHA-256 over the previous hash and this entry.
create table audit_log (
  authority_id uuid not null references authority (id),
  seq bigint not null,
  at timestamptz not null,
  actor_id uuid,
  act text not null,
  fact text not null,
  fact_id uuid not null,
  fact_version integer,
  -- Empty where the row is working state (a session, a failed sign-in), which changes.
  digest text not null,
  previous_hash text not null,
  hash text not null,
  primary key (authority_id, seq)
);
create index audit_log_fact on audit_log (authority_id, fact_id);
call guard('audit_log', 'facts');

-- The head of the chain, locked last before commit.
create table audit_head (
  authority_id uuid primary key references authority (id),
  seq bigint not null,
  hash text not null
);
call guard('audit_head', 'state');
