-- Personal tokens: with one, a program of its person reads over the API what that person may
-- export. A token names its authority, as a session's cookie does, so that no look-up goes round
-- the policies.

-- That somebody made a token for themself. Its secret is not here: see api_token_secret.
create table api_token (
  authority_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- ["plans:read", …]: a list of the people room's rules/api-scopes.ts.
  scopes jsonb not null check (jsonb_typeof(scopes) = 'array' and jsonb_array_length(scopes) > 0),
  -- The first London day on which it opens nothing.
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  foreign key (authority_id, user_id) references app_user (authority_id, id),
  constraint api_token_is_ones_own check (recorded_by = user_id),
  -- A year and the day that two zones may be apart.
  constraint api_token_ends check (ends_on <= (recorded_at at time zone 'UTC')::date + 367)
);
create index api_token_user on api_token (authority_id, user_id);
call guard('api_token', 'facts');
comment on column api_token.name is 'redactable PLN: what a token for data is for';

-- That it was ended before its day, by its person, by an administrator, or with something else.
create table api_token_end (
  authority_id uuid not null,
  id uuid not null,
  token_id uuid not null,
  why text not null
    check (why in ('withdrawn', 'account closed', 'password reset', 'codes reset')),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, token_id),
  foreign key (authority_id, token_id) references api_token (authority_id, id)
);
call guard('api_token_end', 'facts');

-- What opens: deleted when the token is ended, and all of them when a back-up is brought back.
create table api_token_secret (
  authority_id uuid not null,
  token_id uuid not null,
  -- SHA-256 of the whole token, in hexadecimal: the table alone opens nothing.
  token_hash text not null,
  primary key (authority_id, token_id),
  unique (authority_id, token_hash),
  foreign key (authority_id, token_id) references api_token (authority_id, id)
);
call guard('api_token_secret', 'state');

-- When a token last read a thing in a way: the log is told once a token, way, thing and day, and
-- a program that asks for ten pages of one list is not ten readings. The token itself stands
-- among the things, which gives the day of its last use.
create table api_token_reading (
  authority_id uuid not null,
  token_id uuid not null,
  act text not null,
  fact_id uuid not null,
  read_on date not null,
  primary key (authority_id, token_id, act, fact_id),
  foreign key (authority_id, token_id) references api_token (authority_id, id)
);
call guard('api_token_reading', 'state');
