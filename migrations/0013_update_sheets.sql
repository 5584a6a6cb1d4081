-- The room `plans`: update sheets that came back. A sheet is filled in by people without an account
-- and brought back by one who has; what is saved of it are facts as any other. What stands here is
-- the working state of whoever brings it back, as plan_import is in 0003.

create table update_sheet (
  authority_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  file_id uuid not null,
  -- What was read from the sheet, and what the person chose: see rooms/plans/rules/sheet.
  reading jsonb not null,
  choices jsonb not null,
  -- Of each action that something was saved of: its id, and what.
  saved jsonb not null default '[]',
  -- Rises with every save: two windows do not overwrite each other.
  version integer not null default 1,
  state text not null check (state in ('prepared', 'saved', 'left')),
  started_at timestamptz not null default recorded_now(),
  started_by uuid not null,
  finished_at timestamptz,
  primary key (authority_id, id),
  foreign key (authority_id, plan_id) references plan (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  foreign key (authority_id, started_by) references app_user (authority_id, id)
);
create index update_sheet_person on update_sheet (authority_id, started_by, plan_id);
call guard('update_sheet', 'state');
comment on column update_sheet.reading is 'redactable PLN: what was read from an update sheet';
comment on column update_sheet.choices is 'redactable PLN: what was chosen in an update sheet';

-- As in 0007, with its rounds, its rule for colours and its update sheets.
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
    ), sheets as (
      select id, file_id from update_sheet where authority_id = current_authority() and plan_id = item
    ), rounds as (
      select id from review_round where authority_id = current_authority() and plan_id = item
    )
    select 0, 'plan_import', 'id', id from imports
    union all select 4, 'file_chunk', 'file_id', file_id from imports
    union all select 5, 'stored_file', 'id', file_id from imports
    union all select 0, 'update_sheet', 'id', id from sheets
    union all select 4, 'file_chunk', 'file_id', file_id from sheets
    union all select 5, 'stored_file', 'id', file_id from sheets
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

-- All rows that belong to a file that was read: of a plan, or of an update sheet.
create function rows_of_import_file(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with files as (
      select 'plan_import' as of_table, id, file_id from plan_import
      where authority_id = current_authority() and id = item
      union all
      select 'update_sheet', id, file_id from update_sheet
      where authority_id = current_authority() and id = item
    )
    select 0, of_table, 'id', id from files
    union all select 4, 'file_chunk', 'file_id', file_id from files
    union all select 5, 'stored_file', 'id', file_id from files
  $$;

-- As in 0007; reports by the day on which they were made final, or last written to as a draft, and
-- update sheets by the same time as imported files.
create or replace function disposal_due()
  returns table (kind text, item_id uuid, due_on date, held boolean)
  language sql volatile
  as $$
    select 'plan', latest.plan_id,
      (latest.effective_on + make_interval(months => retention_months('plan')))::date,
      is_held('plan', latest.plan_id)
    from (
      select distinct on (plan_id) plan_id, effective_on, state from plan_version
      where authority_id = current_authority()
      order by plan_id, effective_on desc, version desc
    ) latest
    where latest.state <> 'active'
      -- Not while a paper stands on it: what was said can be checked as long as it is kept.
      and not exists (
        select from report_plan p
        where p.authority_id = current_authority() and p.plan_id = latest.plan_id)
    union all
    select 'report', r.id,
      (coalesce(
          (select f.recorded_at from report_final f
           where f.authority_id = r.authority_id and f.report_id = r.id),
          greatest(
            (select max(v.recorded_at) from report_version v
             where v.authority_id = r.authority_id and v.report_id = r.id),
            (select max(s.recorded_at) from report_section_version s
             where s.authority_id = r.authority_id and s.report_id = r.id)))
        at time zone 'Europe/London' + make_interval(months => retention_months('report')))::date,
      is_held('report', r.id)
    from report r
    where r.authority_id = current_authority()
      and not exists (
        select from report later
        where later.authority_id = r.authority_id and later.replaces_id = r.id)
    union all
    select 'import-file', i.id,
      (coalesce(i.finished_at, i.started_at) at time zone 'Europe/London'
        + make_interval(months => retention_months('import-file')))::date,
      is_held('import-file', i.id)
        or (i.plan_id is not null and is_held('plan', i.plan_id))
    from (
      select id, plan_id, started_at, finished_at from plan_import
      where authority_id = current_authority()
      union all
      select id, plan_id, started_at, finished_at from update_sheet
      where authority_id = current_authority()
    ) i
  $$;

-- As in 0007; reports take two people as plans do, an update sheet goes as an imported file does, and
-- evidence that closes an action elsewhere stays.
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
  if asked_for.kind in ('plan', 'report') then
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
    select distinct r.* from rows_of_report(asked_for.item_id) r where asked_for.kind = 'report'
    union
    select r.* from rows_of_import_file(asked_for.item_id) r where asked_for.kind = 'import-file';
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
               and i.id not in (select row_id from going where table_name = 'plan_import'))
    or exists (select from update_sheet s where s.authority_id = here and s.file_id = g.row_id
               and s.id not in (select row_id from going where table_name = 'update_sheet')));

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
