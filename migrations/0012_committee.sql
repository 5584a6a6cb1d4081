-- The room `committee`: the report that an officer writes from one or several plans. All are facts:
-- words are never overwritten, a version stands beside the one before it. Who writes to a report
-- holds its lock first (rooms/committee/store/lock-report.ts).

create table report (
  authority_id uuid not null references authority (id),
  id uuid not null,
  depth text not null check (depth in ('members', 'board', 'operational')),
  -- The final paper that this one corrects.
  replaces_id uuid,
  -- Sent with the form that made it: the same form sent twice makes one report.
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  unique (authority_id, id, recorded_by),
  foreign key (authority_id, replaces_id) references report (authority_id, id),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id)
);
call guard('report', 'facts');

create table report_plan (
  authority_id uuid not null,
  report_id uuid not null,
  plan_id uuid not null,
  position integer not null,
  primary key (authority_id, report_id, plan_id),
  foreign key (authority_id, report_id) references report (authority_id, id),
  foreign key (authority_id, plan_id) references plan (authority_id, id)
);
create index report_plan_plan on report_plan (authority_id, plan_id);
call guard('report_plan', 'facts');

create function fact_parts(fact report) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.position, part.plan_id) from report_plan part
    where part.authority_id = fact.authority_id and part.report_id = fact.id
  $$;

-- The head of a report: for whom, as at when, and its cover table.
create table report_version (
  authority_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  version integer not null,
  title text not null check (length(title) between 1 and 300),
  -- The board or committee, where it is one that the authority keeps; its name as it stood then.
  committee_id uuid,
  committee_name text not null check (length(committee_name) between 1 and 300),
  meeting_on date,
  as_at date not null,
  -- The day with which it compares; null where there is none.
  since_on date,
  is_public boolean not null,
  -- Paragraphs of Part 1 of Schedule 12A, Local Government Act 1972: a list of 1 to 7.
  paragraphs jsonb not null,
  exemption_reason text,
  -- Words by name: see rules/cover.ts.
  cover jsonb not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, report_id, version),
  foreign key (authority_id, report_id) references report (authority_id, id),
  foreign key (authority_id, committee_id) references party (authority_id, id),
  check (since_on <= as_at),
  -- Exempt means reasoned (section 100A(4) and Schedule 12A).
  check (is_public = (paragraphs = '[]'::jsonb)),
  check (is_public = (exemption_reason is null))
);
create index report_version_committee on report_version (authority_id, committee_id);
call guard('report_version', 'facts');

-- What an officer wrote in a section. Null: the system's own words again.
create table report_section_version (
  authority_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  section text not null check (section ~ '^[a-z][a-z-]{1,39}$'),
  version integer not null,
  body text check (length(body) between 1 and 20000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, report_id, section, version),
  foreign key (authority_id, report_id) references report (authority_id, id)
);
call guard('report_section_version', 'facts');

create table report_comment (
  authority_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  section text not null check (section ~ '^[a-z][a-z-]{1,39}$'),
  body text not null check (length(body) between 1 and 4000),
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  foreign key (authority_id, report_id) references report (authority_id, id)
);
create index report_comment_report on report_comment (authority_id, report_id);
call guard('report_comment', 'facts');

-- The answer to a comment, which closes it.
create table report_comment_answer (
  authority_id uuid not null,
  id uuid not null,
  comment_id uuid not null,
  body text not null check (length(body) between 1 and 4000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, comment_id),
  foreign key (authority_id, comment_id) references report_comment (authority_id, id)
);
call guard('report_comment_answer', 'facts');

-- That a post was asked to clear the report.
create table report_clearance (
  authority_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  post_id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, id, report_id),
  foreign key (authority_id, report_id) references report (authority_id, id),
  foreign key (authority_id, post_id) references party (authority_id, id)
);
create index report_clearance_report on report_clearance (authority_id, report_id);
call guard('report_clearance', 'facts');

-- What the post said, of the words and figures with these hashes; the latest holds.
create table report_clearance_answer (
  authority_id uuid not null,
  id uuid not null,
  clearance_id uuid not null,
  report_id uuid not null,
  version integer not null,
  -- Who began the report, and who wrote to it last before this answer.
  author_id uuid not null,
  editor_id uuid not null,
  answer text not null check (answer in ('cleared', 'returned', 'no longer asked')),
  words text,
  words_hash text not null,
  figures_hash text not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, clearance_id, version),
  foreign key (authority_id, clearance_id, report_id)
    references report_clearance (authority_id, id, report_id),
  foreign key (authority_id, report_id, author_id)
    references report (authority_id, id, recorded_by),
  foreign key (authority_id, editor_id) references app_user (authority_id, id),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id),
  check (answer = 'cleared' or words is not null),
  -- Rule 3 of the permission matrix, asked again.
  constraint clearing_takes_two
    check (answer <> 'cleared' or (recorded_by <> author_id and recorded_by <> editor_id))
);
call guard('report_clearance_answer', 'facts');

-- The end of the writing: everything that the paper says, frozen.
create table report_final (
  authority_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  as_at date not null,
  -- Facts recorded after this instant were not read.
  known_at timestamptz not null,
  -- What was cleared, and so what was made final: head, words and figures (rules/content.ts).
  words_hash text not null,
  figures_hash text not null,
  words jsonb not null,
  figures jsonb not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, report_id),
  foreign key (authority_id, report_id) references report (authority_id, id),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id)
);
call guard('report_final', 'facts');

-- A name in a paper is agreed to by those who approve exempt papers: they may read every paper.
comment on column report_version.title is 'redactable EXM: the title of a report';
comment on column report_version.committee_name is 'redactable EXM: the committee of a report';
comment on column report_version.exemption_reason is 'redactable EXM: why a report is not public';
comment on column report_version.cover is 'redactable EXM: the cover table of a report';
comment on column report_section_version.body is 'redactable EXM: the words of a report';
comment on column report_comment.body is 'redactable EXM: a comment on a report';
comment on column report_comment_answer.body is 'redactable EXM: the answer to a comment on a report';
comment on column report_clearance_answer.words is 'redactable EXM: what was said when a report was cleared';
comment on column report_final.words is 'redactable EXM: the words of a final report';
comment on column report_final.figures is 'redactable EXM: the figures of a final report';

create function rows_of_report(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with comments as (
      select id from report_comment where authority_id = current_authority() and report_id = item
    ), clearances as (
      select id from report_clearance where authority_id = current_authority() and report_id = item
    )
    select 1, 'report_comment_answer', 'id', id from report_comment_answer
      where authority_id = current_authority() and comment_id in (select id from comments)
    union all select 2, 'report_comment', 'id', id from comments
    union all select 3, 'report_clearance_answer', 'id', id from report_clearance_answer
      where authority_id = current_authority() and clearance_id in (select id from clearances)
    union all select 4, 'report_clearance', 'id', id from clearances
    union all select 5, 'report_final', 'id', id from report_final
      where authority_id = current_authority() and report_id = item
    union all select 6, 'report_section_version', 'id', id from report_section_version
      where authority_id = current_authority() and report_id = item
    union all select 7, 'report_version', 'id', id from report_version
      where authority_id = current_authority() and report_id = item
    union all select 8, 'report_plan', 'report_id', id from report
      where authority_id = current_authority() and id = item
    union all select 9, 'report', 'id', id from report
      where authority_id = current_authority() and id = item
  $$;
-- Reports are kept, held and disposed of as plans are: by two people, six years after they were final
-- (section 100C, Local Government Act 1972), a draft six years after it was last written to.
alter table retention_rule drop constraint retention_rule_kind_check;
alter table retention_rule add constraint retention_rule_kind_check
  check (kind in ('plan', 'report', 'import-file', 'sign-in', 'audit-log'));
alter table retention_rule drop constraint retention_rule_check;
alter table retention_rule add constraint retention_rule_check
  check (months >= case kind when 'plan' then 12 when 'report' then 72 when 'audit-log' then 6 else 1 end);
alter table hold drop constraint hold_kind_check;
alter table hold add constraint hold_kind_check
  check (kind in ('plan', 'report', 'import-file', 'sign-in', 'audit-log'));
alter table disposal drop constraint disposal_kind_check;
alter table disposal add constraint disposal_kind_check
  check (kind in ('plan', 'report', 'import-file'));
alter table disclosure drop constraint disclosure_kind_check;
alter table disclosure add constraint disclosure_kind_check
  check (kind in ('plan', 'action', 'report', 'person'));

create or replace function retention_months(of_kind text) returns integer
  language sql volatile
  as $$
    with said as (
      select months, recorded_at, id from retention_rule
      where authority_id = current_authority() and kind = of_kind
        and recorded_at <= recorded_now() - interval '30 days'
      union all
      select case of_kind when 'plan' then 72 when 'report' then 72 when 'import-file' then 3 when 'sign-in' then 1
        when 'audit-log' then 72 end, '-infinity', '00000000-0000-0000-0000-000000000000'
    ), lately as (
      select months, recorded_at, id from retention_rule
      where authority_id = current_authority() and kind = of_kind
        and recorded_at > recorded_now() - interval '30 days'
    ), before as (
      select months from said order by recorded_at desc, id desc limit 1
    )
    select case
      when of_kind = 'audit-log' then greatest(before.months, (select max(months) from lately))
      else coalesce(
        (select months from lately order by recorded_at desc, id desc limit 1), before.months)
    end
    from before
  $$;

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
    from plan_import i
    where i.authority_id = current_authority()
  $$;

-- As in 0010, for reports too.
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
