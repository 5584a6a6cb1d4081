-- Emergency openings (security 2.1, rule 4): an administrator reads content for four hours at
-- most, because somebody else agreed. The times are the program's, as those of a session are;
-- the database bounds them by its own clock, and asks for the second person again.

-- That an administrator asked for it.
create table emergency_opening (
  authority_id uuid not null,
  id uuid not null,
  hours integer not null check (hours between 1 and 4),
  reason text not null check (length(reason) between 1 and 500),
  asked_at timestamptz not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, id, recorded_by),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id)
);
call guard('emergency_opening', 'facts');
comment on column emergency_opening.reason is 'redactable PLN: why content was opened in an emergency';

-- The answer: agreed, refused, or taken back by who asked.
create table emergency_decision (
  authority_id uuid not null,
  id uuid not null,
  opening_id uuid not null,
  asked_by uuid not null,
  agreed boolean not null,
  decided_at timestamptz not null,
  -- When it ends by itself; null where it was not agreed.
  until_at timestamptz,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, opening_id),
  foreign key (authority_id, opening_id, asked_by)
    references emergency_opening (authority_id, id, recorded_by),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id),
  constraint emergency_takes_two check (not agreed or recorded_by <> asked_by),
  constraint emergency_is_short check (
    agreed = (until_at is not null)
    and until_at <= decided_at + interval '4 hours'
    and until_at <= recorded_at + interval '4 hours 5 minutes')
);
call guard('emergency_decision', 'facts');
create index emergency_decision_until on emergency_decision (authority_id, until_at);

-- That it was ended before its time.
create table emergency_end (
  authority_id uuid not null,
  id uuid not null,
  opening_id uuid not null,
  ended_at timestamptz not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, opening_id),
  foreign key (authority_id, opening_id) references emergency_opening (authority_id, id)
);
call guard('emergency_end', 'facts');
