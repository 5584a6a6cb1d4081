-- The room `plans`. Every table but plan_import and plan_address holds facts: rows are appended.
-- Each fact has effective_on (the London day from which it holds) and recorded_at (set by the
-- server). "As at D" reads effective_on <= D; the latest version by (effective_on, version) holds.

create table plan (
  authority_id uuid not null references authority (id),
  id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('plan', 'facts');

-- The words in a plan's address. State: undoing an import gives the address back.
create table plan_address (
  authority_id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
  plan_id uuid not null,
  primary key (authority_id, slug),
  unique (authority_id, plan_id),
  foreign key (authority_id, plan_id) references plan (authority_id, id)
);
call guard('plan_address', 'state');

create table plan_version (
  authority_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  title text not null check (length(title) between 1 and 300),
  period_from date,
  period_to date,
  owner_id uuid,
  -- How often each action is to be reviewed, in days; null where none was agreed.
  review_cycle_days integer check (review_cycle_days between 1 and 1000),
  -- [{colour, name, meaning, standsFor}] in the order shown; each colour once.
  rag_scheme jsonb not null,
  -- 'undone' is an import taken back: such a plan is read by nothing but the log.
  state text not null check (state in ('active', 'archived', 'undone')),
  primary key (authority_id, id),
  unique (authority_id, plan_id, version),
  foreign key (authority_id, plan_id) references plan (authority_id, id),
  foreign key (authority_id, owner_id) references party (authority_id, id)
);
call guard('plan_version', 'facts');

create table plan_version_board (
  authority_id uuid not null,
  plan_version_id uuid not null,
  board_id uuid not null,
  primary key (authority_id, plan_version_id, board_id),
  foreign key (authority_id, plan_version_id) references plan_version (authority_id, id),
  foreign key (authority_id, board_id) references party (authority_id, id)
);
call guard('plan_version_board', 'facts');

create function fact_parts(fact plan_version) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.board_id) from plan_version_board part
    where part.authority_id = fact.authority_id and part.plan_version_id = fact.id
  $$;

create table objective (
  authority_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, plan_id) references plan (authority_id, id)
);
create index objective_plan on objective (authority_id, plan_id);
call guard('objective', 'facts');

create table objective_version (
  authority_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  section text,
  -- Text: 1.10 is not 1.1.
  ref text,
  title text not null check (length(title) between 1 and 4000),
  position integer not null,
  withdrawn boolean not null default false,
  primary key (authority_id, id),
  unique (authority_id, objective_id, version),
  foreign key (authority_id, objective_id) references objective (authority_id, id)
);
call guard('objective_version', 'facts');

create table action (
  authority_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  -- The action of last year's plan that this one was copied from.
  copied_from uuid,
  -- Sent with the form that made it: the same form sent twice makes one action.
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  foreign key (authority_id, plan_id) references plan (authority_id, id),
  foreign key (authority_id, copied_from) references action (authority_id, id)
);
create index action_plan on action (authority_id, plan_id);
call guard('action', 'facts');

create table action_version (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  objective_id uuid not null,
  ref text not null check (length(ref) between 1 and 40),
  position integer not null,
  text text not null check (length(text) between 1 and 8000),
  priority text check (priority in ('high', 'medium', 'low')),
  success_measure text,
  outcome_for_children text,
  -- Withdrawn with a reason: no longer to be done, and still to be seen.
  withdrawn boolean not null default false,
  reason text,
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  foreign key (authority_id, action_id) references action (authority_id, id),
  foreign key (authority_id, objective_id) references objective (authority_id, id)
);
call guard('action_version', 'facts');

create table action_version_party (
  authority_id uuid not null,
  action_version_id uuid not null,
  party_id uuid not null,
  part text not null check (part in ('lead', 'contributor')),
  position integer not null,
  primary key (authority_id, action_version_id, party_id),
  foreign key (authority_id, action_version_id) references action_version (authority_id, id),
  foreign key (authority_id, party_id) references party (authority_id, id)
);
create index action_version_party_party on action_version_party (authority_id, party_id);
call guard('action_version_party', 'facts');

create function fact_parts(fact action_version) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.party_id) from action_version_party part
    where part.authority_id = fact.authority_id and part.action_version_id = fact.id
  $$;

-- Every due date that the action has had, the first included. Nothing here changes.
create table due_date_entry (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  as_written text not null,
  due_from date,
  -- The last day meant.
  due_to date,
  precision text not null check (precision in ('day', 'month', 'quarter', 'period', 'asap', 'ongoing', 'none')),
  -- The imported paper itself called this a revised date; the dates before it are not known.
  declared_revised boolean not null default false,
  reason text,
  effect_on_children text,
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  foreign key (authority_id, action_id) references action (authority_id, id),
  check ((due_to is null) = (precision in ('asap', 'ongoing', 'none'))),
  check (due_from <= due_to)
);
call guard('due_date_entry', 'facts');

create table action_update (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  claimed_rag text check (claimed_rag in ('red', 'amber', 'green', 'blue')),
  status text check (status in ('not started', 'in progress', 'complete')),
  what_changed text not null,
  -- A wrong update is corrected by another that says so.
  corrects_id uuid,
  submission_id uuid,
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  unique (authority_id, submission_id),
  foreign key (authority_id, action_id) references action (authority_id, id),
  foreign key (authority_id, corrects_id) references action_update (authority_id, id)
);
call guard('action_update', 'facts');

create table action_update_evidence (
  authority_id uuid not null,
  update_id uuid not null,
  evidence_id uuid not null,
  primary key (authority_id, update_id, evidence_id),
  foreign key (authority_id, update_id) references action_update (authority_id, id),
  foreign key (authority_id, evidence_id) references evidence (authority_id, id)
);
call guard('action_update_evidence', 'facts');

create function fact_parts(fact action_update) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.evidence_id) from action_update_evidence part
    where part.authority_id = fact.authority_id and part.update_id = fact.id
  $$;

-- An import while it is prepared, and what became of it.
create table plan_import (
  authority_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  position_on date not null,
  -- What was read from the file, and what the person changed: see rooms/plans/rules/reading.ts.
  reading jsonb not null,
  choices jsonb not null,
  -- Rises with every save: two windows do not overwrite each other.
  version integer not null default 1,
  state text not null check (state in ('prepared', 'imported', 'undone', 'left')),
  plan_id uuid,
  started_at timestamptz not null default recorded_now(),
  started_by uuid not null,
  finished_at timestamptz,
  primary key (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  foreign key (authority_id, plan_id) references plan (authority_id, id)
);
create index plan_import_person on plan_import (authority_id, started_by);
call guard('plan_import', 'state');
