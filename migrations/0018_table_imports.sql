-- Tables of findings and of criteria on their way in: what was read from a file or from a list that
-- somebody pasted, and what was chosen, until it is imported, undone or left. The working state of
-- one person, as plan_import is in 0003; what is imported are facts as any other.

create table finding_import (
  authority_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  -- Null: a list that was pasted.
  file_id uuid,
  -- FindingsReading and FindingsChoices: see rooms/findings/rules/read-findings-table.
  reading jsonb not null,
  choices jsonb not null,
  -- The findings that it made.
  made jsonb not null default '[]',
  -- Rises with every save: two windows do not overwrite each other.
  version integer not null default 1,
  state text not null check (state in ('prepared', 'imported', 'undone', 'left')),
  started_at timestamptz not null default recorded_now(),
  started_by uuid not null,
  finished_at timestamptz,
  primary key (authority_id, id),
  foreign key (authority_id, source_id) references source (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  foreign key (authority_id, started_by) references app_user (authority_id, id)
);
create index finding_import_person on finding_import (authority_id, started_by, source_id);
call guard('finding_import', 'state');
comment on column finding_import.reading is 'redactable FND: what was read of findings to import';
comment on column finding_import.choices is 'redactable FND: what was chosen in an import of findings';

create table criteria_import (
  authority_id uuid not null references authority (id),
  id uuid not null,
  file_id uuid not null,
  -- The day on which the self-assessment stood as it is written.
  position_on date not null,
  -- The edition whose criteria are judged, as chosen or as made; null: one is to be made.
  edition_id uuid,
  -- CriteriaReading and CriteriaChoices: see rooms/standards/rules/read-criteria.
  reading jsonb not null,
  choices jsonb not null,
  -- The judgements that it made.
  made jsonb not null default '[]',
  version integer not null default 1,
  state text not null check (state in ('prepared', 'imported', 'undone', 'left')),
  started_at timestamptz not null default recorded_now(),
  started_by uuid not null,
  finished_at timestamptz,
  primary key (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  foreign key (authority_id, edition_id) references framework_edition (authority_id, id),
  foreign key (authority_id, started_by) references app_user (authority_id, id)
);
create index criteria_import_person on criteria_import (authority_id, started_by);
call guard('criteria_import', 'state');
comment on column criteria_import.reading is 'redactable PLN: what was read of criteria to import';
comment on column criteria_import.choices is 'redactable PLN: what was chosen in an import of criteria';

-- All rows that belong to a source, what is on its way into it included.
create function rows_of_source(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with findings as (
      select id from finding where authority_id = current_authority() and source_id = item
    ), links as (
      select id from source_link where authority_id = current_authority() and source_id = item
    ), imports as (
      select id, file_id from finding_import
      where authority_id = current_authority() and source_id = item
    ), relations as (
      select id from item_link where authority_id = current_authority()
        and ((from_kind = 'source' and from_id = item) or (to_kind = 'source' and to_id = item))
    )
    select r.* from findings f cross join lateral rows_of_finding(f.id) r
    union all select 5, 'item_link_end', 'id', id from item_link_end
      where authority_id = current_authority() and item_link_id in (select id from relations)
    union all select 6, 'item_link', 'id', id from relations
    union all select 6, 'source_link_end', 'id', id from source_link_end
      where authority_id = current_authority() and source_link_id in (select id from links)
    union all select 7, 'source_link', 'id', id from links
    union all select 7, 'source_look', 'id', id from source_look
      where authority_id = current_authority() and source_id = item
    union all select 7, 'source_version', 'id', id from source_version
      where authority_id = current_authority() and source_id = item
    union all select 0, 'finding_import', 'id', id from imports
    union all select 1, 'file_chunk', 'file_id', file_id from imports where file_id is not null
    union all select 2, 'stored_file', 'id', file_id from imports where file_id is not null
    union all select 8, 'source', 'id', id from source
      where authority_id = current_authority() and id = item
  $$;

-- All rows that belong to a framework, with the tables that its criteria were judged by.
create function rows_of_framework(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with editions as (
      select id from framework_edition where authority_id = current_authority() and framework_id = item
    ), domains as (
      select id from domain
      where authority_id = current_authority() and edition_id in (select id from editions)
    ), criteria as (
      select id from criterion
      where authority_id = current_authority() and edition_id in (select id from editions)
    ), imports as (
      select id, file_id from criteria_import
      where authority_id = current_authority() and edition_id in (select id from editions)
    )
    select distinct r.* from criteria c cross join lateral rows_of_criterion(c.id) r
    union all select 6, 'section_step', 'id', id from section_step
      where authority_id = current_authority() and section_kind = 'domain'
        and section_id in (select id from domains)
    union all select 7, 'assessment_round', 'id', id from assessment_round
      where authority_id = current_authority() and edition_id in (select id from editions)
    union all select 7, 'domain', 'id', id from domains
    union all select 7, 'framework_edition_state', 'id', id from framework_edition_state
      where authority_id = current_authority() and edition_id in (select id from editions)
    union all select 7, 'framework_load', 'id', id from framework_load
      where authority_id = current_authority()
        and (framework_id = item or edition_id in (select id from editions))
    union all select 8, 'framework_edition', 'id', id from editions
    union all select 0, 'criteria_import', 'id', id from imports
    union all select 1, 'file_chunk', 'file_id', file_id from imports
    union all select 2, 'stored_file', 'id', file_id from imports
    union all select 9, 'framework', 'id', id from framework
      where authority_id = current_authority() and id = item
  $$;

-- All rows that belong to a file that was read, of whatever kind.
create or replace function rows_of_import_file(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with files as (
      select 'plan_import' as of_table, id, file_id from plan_import
      where authority_id = current_authority() and id = item
      union all
      select 'update_sheet' as of_table, id, file_id from update_sheet
      where authority_id = current_authority() and id = item
      union all
      select 'finding_import' as of_table, id, file_id from finding_import
      where authority_id = current_authority() and id = item
      union all
      select 'criteria_import' as of_table, id, file_id from criteria_import
      where authority_id = current_authority() and id = item
      union all
      select 'framework_load' as of_table, id, file_id from framework_load
      where authority_id = current_authority() and id = item
      union all
      select 'challenge_return' as of_table, id, file_id from challenge_return
      where authority_id = current_authority() and id = item
    )
    select 0, of_table, 'id', id from files
    union all select 4, 'file_chunk', 'file_id', file_id from files where file_id is not null
    union all select 5, 'stored_file', 'id', file_id from files where file_id is not null
  $$;

-- As in 0013, with files of findings, criteria and frameworks, and packs of reviewers that came back.
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
      union all
      select id, null::uuid, started_at, finished_at from finding_import
      where authority_id = current_authority()
      union all
      select id, null::uuid, started_at, finished_at from criteria_import
      where authority_id = current_authority()
      union all
      select id, null::uuid, started_at, finished_at from framework_load
      where authority_id = current_authority()
      union all
      select id, null::uuid, started_at, finished_at from challenge_return
      where authority_id = current_authority()
    ) i
  $$;

-- As in 0013. Evidence that the register of findings uses elsewhere stays, with all its versions, and
-- so does a file that one of these stands on.
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
      and e.step_id not in (select row_id from going where table_name = 'closure_step'))
    or g.table_name = 'evidence' and exists (
    select from item_link l
    where l.authority_id = here and l.from_kind = 'evidence' and l.from_id = g.row_id
      and l.id not in (select row_id from going where table_name = 'item_link')
      and not exists (select from item_link_end n
        where n.authority_id = here and n.item_link_id = l.id));
  delete from going g where g.table_name = 'evidence_version' and not exists (
    select from going e join evidence_version v on v.evidence_id = e.row_id
    where e.table_name = 'evidence' and v.authority_id = here and v.id = g.row_id);
  delete from going g where g.table_name in ('stored_file', 'file_chunk') and (
    exists (select from evidence e where e.authority_id = here and e.file_id = g.row_id
            and e.id not in (select row_id from going where table_name = 'evidence'))
    or exists (select from evidence_version v where v.authority_id = here and v.file_id = g.row_id
               and v.id not in (select row_id from going where table_name = 'evidence_version'))
    or exists (select from plan_import i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'plan_import'))
    or exists (select from update_sheet s where s.authority_id = here and s.file_id = g.row_id
               and s.id not in (select row_id from going where table_name = 'update_sheet'))
    or exists (select from finding_import i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'finding_import'))
    or exists (select from criteria_import i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'criteria_import'))
    or exists (select from framework_load i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'framework_load'))
    or exists (select from challenge_return i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'challenge_return'))
    or exists (select from assessment_import i where i.authority_id = here and i.file_id = g.row_id
               and i.id not in (select row_id from going where table_name = 'assessment_import')));

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
