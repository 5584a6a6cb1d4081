-- The truth of a plan: dates that are asked for and decided, a dated rule for the derived RAG, the
-- test of each action, closure in three states, review rounds, and what left the plan's own table.
-- All are facts of the rooms `people` (the post above) and `plans`, as in 0003.

-- The post that a post answers to. Null where it answers to nobody here any more.
create table post_above (
  authority_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  above_id uuid,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, post_id) references party (authority_id, id),
  foreign key (authority_id, above_id) references party (authority_id, id),
  check (above_id <> post_id)
);
create index post_above_post on post_above (authority_id, post_id);
call guard('post_above', 'facts');

-- Another due date, asked for. The ledger (due_date_entry) holds what was agreed alone.
create table due_date_request (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  as_written text not null,
  due_from date,
  due_to date,
  precision text not null check (precision in ('day', 'month', 'quarter', 'period', 'asap', 'ongoing', 'none')),
  reason text not null check (length(reason) between 1 and 4000),
  effect_on_children text not null check (length(effect_on_children) between 1 and 4000),
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  foreign key (authority_id, action_id) references action (authority_id, id),
  check ((due_to is null) = (precision in ('asap', 'ongoing', 'none'))),
  check (due_from <= due_to)
);
call guard('due_date_request', 'facts');

-- The answer to it, once. Granted, it names the entry of the ledger that it made.
create table due_date_decision (
  authority_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  outcome text not null check (outcome in ('granted', 'refused', 'taken back')),
  -- As what they decided: rules/who-decides.ts.
  capacity text not null check (capacity in ('owner', 'post above', 'board chair', 'requester')),
  reason text,
  due_entry_id uuid,
  primary key (authority_id, id),
  unique (authority_id, request_id),
  foreign key (authority_id, request_id) references due_date_request (authority_id, id),
  foreign key (authority_id, due_entry_id) references due_date_entry (authority_id, id),
  check ((outcome = 'granted') = (due_entry_id is not null)),
  check ((outcome = 'taken back') = (capacity = 'requester')),
  check (outcome <> 'refused' or reason is not null)
);
call guard('due_date_decision', 'facts');

-- What the overseeing board said of a date from the second change on; the latest holds.
create table due_date_board_answer (
  authority_id uuid not null,
  id uuid not null,
  due_entry_id uuid not null,
  version integer not null,
  board_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  answer text not null check (answer in ('approved', 'not approved')),
  -- The meeting and the minute, in words.
  minute text not null check (length(minute) between 1 and 500),
  primary key (authority_id, id),
  unique (authority_id, due_entry_id, version),
  foreign key (authority_id, due_entry_id) references due_date_entry (authority_id, id),
  foreign key (authority_id, board_id) references party (authority_id, id)
);
call guard('due_date_board_answer', 'facts');

-- By which rule a plan's RAG is derived, and with which thresholds, from a day on. A plan without
-- a row goes by the edition in force on the day, with its usual thresholds (rules/derived-rag.ts).
create table plan_rag_rule (
  authority_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  edition text not null check (length(edition) between 1 and 20),
  -- Whole numbers by name: see RagThresholds.
  thresholds jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, plan_id, version),
  foreign key (authority_id, plan_id) references plan (authority_id, id)
);
call guard('plan_rag_rule', 'facts');

-- How an action will be tested, written when it is opened. All null: "to be agreed".
create table action_test (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  measure text,
  sample text,
  threshold text,
  by_when date,
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  foreign key (authority_id, action_id) references action (authority_id, id),
  check ((measure is null) = (threshold is null)),
  check (measure is not null or (sample is null and by_when is null))
);
call guard('action_test', 'facts');

-- A step of closure that somebody says was reached, and what shows it (rules/closure.ts).
create table closure_step (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  state text not null check (state in (
    'done', 'practice changed', 'children better off', 'accepted as untested', 'regressed')),
  account text not null check (length(account) between 1 and 20000),
  -- What the test showed, where it was made.
  test_result text check (test_result in ('met', 'not met')),
  -- Of a regression: how many days the fix had held.
  held_days integer check (held_days >= 0),
  submission_id uuid,
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  unique (authority_id, submission_id),
  foreign key (authority_id, action_id) references action (authority_id, id),
  check (state = 'regressed' or held_days is null)
);
call guard('closure_step', 'facts');

create table closure_step_evidence (
  authority_id uuid not null,
  step_id uuid not null,
  evidence_id uuid not null,
  primary key (authority_id, step_id, evidence_id),
  foreign key (authority_id, step_id) references closure_step (authority_id, id),
  foreign key (authority_id, evidence_id) references evidence (authority_id, id)
);
call guard('closure_step_evidence', 'facts');

create function fact_parts(fact closure_step) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.evidence_id) from closure_step_evidence part
    where part.authority_id = fact.authority_id and part.step_id = fact.id
  $$;

-- The sign-off of a step, by another person than who did it.
create table closure_answer (
  authority_id uuid not null,
  id uuid not null,
  step_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  answer text not null check (answer in ('verified', 'returned')),
  reason text,
  primary key (authority_id, id),
  unique (authority_id, step_id),
  foreign key (authority_id, step_id) references closure_step (authority_id, id),
  check (answer = 'verified' or reason is not null)
);
call guard('closure_answer', 'facts');

-- A completed action leaves the table that members are shown, or comes back to it.
create table table_leave (
  authority_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  on_table boolean not null,
  reason text not null check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, action_id, version),
  foreign key (authority_id, action_id) references action (authority_id, id)
);
call guard('table_leave', 'facts');

-- A review round: from the day it opens, every open action owes an update by `asked_by`.
create table review_round (
  authority_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  name text not null check (length(name) between 1 and 200),
  asked_by date not null,
  primary key (authority_id, id),
  foreign key (authority_id, plan_id) references plan (authority_id, id),
  check (asked_by >= effective_on)
);
create index review_round_plan on review_round (authority_id, plan_id);
call guard('review_round', 'facts');

create table review_round_close (
  authority_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  note text,
  primary key (authority_id, id),
  unique (authority_id, round_id),
  foreign key (authority_id, round_id) references review_round (authority_id, id)
);
call guard('review_round_close', 'facts');

-- That a lead was reminded in a round; party_id is null for the actions that nobody leads.
create table review_reminder (
  authority_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  party_id uuid,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, round_id) references review_round (authority_id, id),
  foreign key (authority_id, party_id) references party (authority_id, id)
);
create index review_reminder_round on review_reminder (authority_id, round_id);
call guard('review_reminder', 'facts');

comment on column due_date_request.as_written is 'redactable PLN: a due date that was asked for, as it was written';
comment on column due_date_request.reason is 'redactable PLN: why another date was asked for';
comment on column due_date_request.effect_on_children is 'redactable PLN: the effect on children of a date that was asked for';
comment on column due_date_decision.reason is 'redactable PLN: why a date was granted or refused';
comment on column due_date_board_answer.minute is 'redactable PLN: the minute of a board on a date';
comment on column plan_rag_rule.reason is 'redactable PLN: why the rule for the derived RAG was changed';
comment on column action_test.measure is 'redactable PLN: what the test of an action measures';
comment on column action_test.sample is 'redactable PLN: the sample of the test of an action';
comment on column action_test.threshold is 'redactable PLN: the threshold of the test of an action';
comment on column closure_step.account is 'redactable PLN: what closes an action';
comment on column closure_answer.reason is 'redactable PLN: why a step of closure was returned or verified';
comment on column table_leave.reason is 'redactable PLN: why an action left the table of its plan';
comment on column review_round.name is 'redactable PLN: the name of a review round';
comment on column review_round_close.note is 'redactable PLN: a note on the close of a review round';

create or replace function rows_of_action(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with updates as (
      select id from action_update where authority_id = current_authority() and action_id = item
    ), steps as (
      select id from closure_step where authority_id = current_authority() and action_id = item
    ), given as (
      select evidence_id as id from action_update_evidence
      where authority_id = current_authority() and update_id in (select id from updates)
      union
      select evidence_id from closure_step_evidence
      where authority_id = current_authority() and step_id in (select id from steps)
    ), files as (
      select file_id as id from evidence
      where authority_id = current_authority() and file_id is not null
        and id in (select id from given)
    ), versions as (
      select id from action_version where authority_id = current_authority() and action_id = item
    ), links as (
      select id from source_link where authority_id = current_authority() and target_id = item
    ), requests as (
      select id from due_date_request where authority_id = current_authority() and action_id = item
    ), entries as (
      select id from due_date_entry where authority_id = current_authority() and action_id = item
    )
    select 1, 'action_update_evidence', 'update_id', id from updates
    union all select 1, 'closure_step_evidence', 'step_id', id from steps
    union all select 1, 'closure_answer', 'id', id from closure_answer
      where authority_id = current_authority() and step_id in (select id from steps)
    union all select 2, 'closure_step', 'id', id from steps
    union all select 2, 'action_update', 'id', id from updates
    union all select distinct 3, 'evidence', 'id', id from given
    union all select distinct 4, 'file_chunk', 'file_id', id from files
    union all select distinct 5, 'stored_file', 'id', id from files
    union all select 5, 'due_date_decision', 'id', id from due_date_decision
      where authority_id = current_authority() and request_id in (select id from requests)
    union all select 5, 'due_date_board_answer', 'id', id from due_date_board_answer
      where authority_id = current_authority() and due_entry_id in (select id from entries)
    union all select 6, 'due_date_request', 'id', id from requests
    union all select 6, 'due_date_entry', 'id', id from entries
    union all select 6, 'action_test', 'id', id from action_test
      where authority_id = current_authority() and action_id = item
    union all select 6, 'table_leave', 'id', id from table_leave
      where authority_id = current_authority() and action_id = item
    union all select 7, 'action_version_party', 'action_version_id', id from versions
    union all select 8, 'action_version', 'id', id from versions
    union all select 9, 'source_link_end', 'id', id from source_link_end
      where authority_id = current_authority() and source_link_id in (select id from links)
    union all select 10, 'source_link', 'id', id from links
    union all select 11, 'action', 'id', id from action
      where authority_id = current_authority() and id = item
  $$;
