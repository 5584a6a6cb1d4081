-- Who may come in and what was opened to them: changed details, closed accounts, deputies, guests.

-- What stands today of a person's details. State: a new address lets the old one go. The history
-- is in app_user (the first) and user_version (every later one).
create table account (
  authority_id uuid not null,
  user_id uuid not null,
  email text not null,
  name text not null check (length(name) between 1 and 200),
  -- The last sign-in; null before the first.
  signed_in_at timestamptz,
  primary key (authority_id, user_id),
  unique (authority_id, email),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('account', 'state');
insert into account (authority_id, user_id, email, name, signed_in_at)
  select u.authority_id, u.id, u.email, u.name,
    (select max(s.started_at) from session s where s.authority_id = u.authority_id and s.user_id = u.id)
  from app_user u;
-- The address of today is unique in account; one of the past may be somebody else's now.
alter table app_user drop constraint app_user_authority_id_email_key;

create table user_version (
  authority_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  version integer not null,
  email text not null,
  name text not null check (length(name) between 1 and 200),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, user_id, version),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('user_version', 'facts');

-- That an account was closed, or opened again (after closing, or after it fell asleep).
create table account_event (
  authority_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  version integer not null,
  kind text not null check (kind in ('closed', 'opened')),
  reason text not null check (length(reason) between 1 and 2000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, user_id, version),
  foreign key (authority_id, user_id) references app_user (authority_id, id)
);
call guard('account_event', 'facts');

-- Acts for the holder of a post for a time.
create table delegation (
  authority_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  -- Who acts.
  user_id uuid not null,
  starts_on date not null,
  -- The first day on which they no longer act.
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, party_id) references party (authority_id, id),
  foreign key (authority_id, user_id) references app_user (authority_id, id),
  check (ends_on > starts_on)
);
create index delegation_user on delegation (authority_id, user_id);
call guard('delegation', 'facts');

create table delegation_end (
  authority_id uuid not null,
  id uuid not null,
  delegation_id uuid not null,
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, delegation_id),
  foreign key (authority_id, delegation_id) references delegation (authority_id, id)
);
call guard('delegation_end', 'facts');

-- An item opened to a guest by name, for 14 days at most. The item may be of any room above.
create table named_grant (
  authority_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  item_kind text not null check (item_kind in ('plan')),
  item_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  starts_on date not null,
  -- The first day on which it opens nothing.
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, user_id) references app_user (authority_id, id),
  check (ends_on > starts_on and ends_on <= starts_on + 14)
);
create index named_grant_user on named_grant (authority_id, user_id);
create index named_grant_item on named_grant (authority_id, item_id);
call guard('named_grant', 'facts');

create table named_grant_end (
  authority_id uuid not null,
  id uuid not null,
  named_grant_id uuid not null,
  ends_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, named_grant_id),
  foreign key (authority_id, named_grant_id) references named_grant (authority_id, id)
);
call guard('named_grant_end', 'facts');

-- What a party is, where the first word about it (party.kind) was wrong.
create table party_kind (
  authority_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  version integer not null,
  kind text not null check (kind in ('post', 'team', 'board', 'organisation')),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, party_id, version),
  foreign key (authority_id, party_id) references party (authority_id, id)
);
call guard('party_kind', 'facts');

-- The log is looked through by person, by act and by day, with a million rows as with ten.
create index audit_log_at on audit_log (authority_id, at, seq);
create index audit_log_actor on audit_log (authority_id, actor_id, seq);
create index audit_log_act on audit_log (authority_id, act, seq);
drop index audit_log_fact;
create index audit_log_fact on audit_log (authority_id, fact_id, seq);
create index role_grant_user on role_grant (authority_id, user_id);
