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

create or replace function rows_of_plan(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with objectives as (
      select id from objective where authority_id = current_authority() and plan_id = item
    ), links as (
      select id from source_link
      where authority_id = current_authority() and target_id in (select id from objectives)
    ), versions as (
      select id from plan_version where authority_id = current_authority() and plan_id = item
    ), imports as (
      select id, file_id from plan_import where authority_id = current_authority() and plan_id = item
    ), rounds as (
      select id from review_round where authority_id = current_authority() and plan_id = item
    )
    select 0, 'plan_import', 'id', id from imports
    union all select 4, 'file_chunk', 'file_id', file_id from imports
    union all select 5, 'stored_file', 'id', file_id from imports
    union all select r.* from action a cross join lateral rows_of_action(a.id) r
      where a.authority_id = current_authority() and a.plan_id = item
    union all select 9, 'source_link_end', 'id', id from source_link_end
      where authority_id = current_authority() and source_link_id in (select id from links)
    union all select 10, 'source_link', 'id', id from links
    union all select 12, 'objective_version', 'id', v.id from objective_version v
      where v.authority_id = current_authority() and v.objective_id in (select id from objectives)
    union all select 13, 'objective', 'id', id from objectives
    union all select 13, 'review_reminder', 'id', id from review_reminder
      where authority_id = current_authority() and round_id in (select id from rounds)
    union all select 13, 'review_round_close', 'id', id from review_round_close
      where authority_id = current_authority() and round_id in (select id from rounds)
    union all select 14, 'review_round', 'id', id from rounds
    union all select 14, 'plan_rag_rule', 'id', id from plan_rag_rule
      where authority_id = current_authority() and plan_id = item
    union all select 14, 'plan_version_board', 'plan_version_id', id from versions
    union all select 15, 'plan_version', 'id', id from versions
    union all select 16, 'plan_address', 'plan_id', plan_id from plan_address
      where authority_id = current_authority() and plan_id = item
    union all select 17, 'plan', 'id', id from plan
      where authority_id = current_authority() and id = item
  $$;

-- As in 0007; evidence that closes an action elsewhere stays as well.
create or replace function dispose(asked uuid) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
declare
  here uuid := current_authority();
  today date;
  asked_for disposal;
  decided disposal_decision;
  due record;
  step record;
  doing uuid := gen_random_uuid();
  facts_gone integer := 0;
  altered record;
  after text;
begin
  call trust_no_clock();
  today := (recorded_now() at time zone 'Europe/London')::date;
  select * into asked_for from disposal d where d.authority_id = here and d.id = asked;
  if not found then raise exception 'dispose: nothing was put forward'; end if;
  if exists (select from disposal_done d where d.authority_id = here and d.disposal_id = asked) then
    raise exception 'dispose: it was done already';
  end if;
  if asked_for.kind = 'plan' then
    select * into decided from disposal_decision d
      where d.authority_id = here and d.disposal_id = asked;
    if not found or not decided.agreed or asked_for.recorded_by is null
      or decided.recorded_by = asked_for.recorded_by then
      raise exception 'dispose: a second person has to agree';
    end if;
  end if;
  select * into due from disposal_due() d
    where d.kind = asked_for.kind and d.item_id = asked_for.item_id;
  if not found or due.due_on > today then raise exception 'dispose: it is not due'; end if;
  if due.held then raise exception 'dispose: it is under a hold'; end if;

  create temporary table going on commit drop as
    select distinct r.* from rows_of_plan(asked_for.item_id) r where asked_for.kind = 'plan'
    union
    select * from (
      select 0 as part, 'plan_import' as table_name, 'id' as key_column, i.id as row_id
        from plan_import i where i.authority_id = here and i.id = asked_for.item_id
      union all select 4, 'file_chunk', 'file_id', i.file_id
        from plan_import i where i.authority_id = here and i.id = asked_for.item_id
      union all select 5, 'stored_file', 'id', i.file_id
        from plan_import i where i.authority_id = here and i.id = asked_for.item_id
    ) import where asked_for.kind = 'import-file';
  -- What something else stands on stays: evidence and files that another action or import has.
  delete from going g where g.table_name = 'evidence' and exists (
    select from action_update_evidence e
    where e.authority_id = here and e.evidence_id = g.row_id
      and e.update_id not in (select row_id from going where table_name = 'action_update'))
    or g.table_name = 'evidence' and exists (
    select from closure_step_evidence e
    where e.authority_id = here and e.evidence_id = g.row_id
      and e.step_id not in (select row_id from going where table_name = 'closure_step'));
  delete from going g where g.table_name in ('stored_file', 'file_chunk') and (
    exists (select from evidence e where e.authority_id = here and e.file_id = g.row_id
            and e.id not in (select row_id from going where table_name = 'evidence'))
    or exists (select from plan_import i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'plan_import')));

  insert into disposal_done (authority_id, id, disposal_id, facts, recorded_by)
    values (here, doing, asked, 0, decided.recorded_by);
  for step in select distinct table_name from going where key_column = 'id'
    and not has_table_privilege('sightline_app', format('public.%I', table_name), 'UPDATE')
  loop
    execute format('insert into disposed_fact (authority_id, done_id, table_name, row_id, digest)
      select t.authority_id, $1, %L, t.id, fact_digest(t) from public.%I t
      where t.authority_id = $2 and t.id in (select row_id from going where table_name = %L)',
      step.table_name, step.table_name, step.table_name) using doing, here;
  end loop;
  -- Actions of a later plan no longer say from which of these they were copied.
  for altered in
    select a.id, fact_digest(a) as before from action a
    where a.authority_id = here
      and a.copied_from in (select row_id from going where table_name = 'action')
      and a.id not in (select row_id from going where table_name = 'action')
  loop
    update action set copied_from = null where authority_id = here and id = altered.id;
    select fact_digest(a) into after from action a where a.authority_id = here and a.id = altered.id;
    insert into altered_fact
      (authority_id, id, cause_id, table_name, row_id, digest_before, digest_after, recorded_by)
      values (here, gen_random_uuid(), asked, 'action', altered.id, altered.before, after,
        decided.recorded_by);
  end loop;
  for step in select part, table_name, key_column from going group by 1, 2, 3 order by 1
  loop
    execute format('delete from public.%I where authority_id = $1 and %I in
      (select row_id from going where table_name = %L)',
      step.table_name, step.key_column, step.table_name) using here;
  end loop;
  select count(*) into facts_gone from disposed_fact d
    where d.authority_id = here and d.done_id = doing;
  update disposal_done d set facts = facts_gone where d.authority_id = here and d.id = doing;
  drop table going;
  return doing;
end
$$;
