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
