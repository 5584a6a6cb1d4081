-- The room `people`: taking out what should never have been written, how long records are kept,
-- holds, and giving out what is kept. Facts stay append-only for the program: what has to change
-- or go is changed by the three functions at the end alone, each of which asks for itself whether
-- it may. They run as the keeper, with a fixed search path.

-- Which columns hold words that a person may have to take out: those whose comment says
-- "redactable CLASS: what it is", with "by COLUMN" where a row is not known by its id.
-- A column of bytes is taken out whole. Each room says so of its own columns.
comment on column party.name is 'redactable PLN: the name of a post, team, board or organisation';
comment on column source.title is 'redactable PLN: the title of a source';
comment on column source.body is 'redactable PLN: a note of a source';
comment on column source_link.words is 'redactable PLN: the words of a source';
comment on column source_link.page is 'redactable PLN: the page of a source';
comment on column stored_file.name is 'redactable PLN: the name of a file';
comment on column file_chunk.bytes is 'redactable PLN by file_id: a whole file';
comment on column evidence.title is 'redactable PLN: evidence, what it shows';
comment on column evidence.url is 'redactable PLN: evidence, the address of a link';
comment on column plan_address.slug is 'redactable PLN by plan_id: the address of a plan';
comment on column plan_version.title is 'redactable PLN: the title of a plan';
comment on column plan_version.rag_scheme is 'redactable PLN: what the colours of a plan mean';
comment on column objective_version.section is 'redactable PLN: the section of an objective';
comment on column objective_version.ref is 'redactable PLN: the reference of an objective';
comment on column objective_version.title is 'redactable PLN: an objective';
comment on column action_version.ref is 'redactable PLN: the reference of an action';
comment on column action_version.text is 'redactable PLN: an action';
comment on column action_version.success_measure is 'redactable PLN: how we will know';
comment on column action_version.outcome_for_children is 'redactable PLN: the intended outcome for children';
comment on column action_version.reason is 'redactable PLN: the reason for a change of an action';
comment on column due_date_entry.as_written is 'redactable PLN: a due date as it was written';
comment on column due_date_entry.reason is 'redactable PLN: the reason for a new date';
comment on column due_date_entry.effect_on_children is 'redactable PLN: the effect of a new date on children';
comment on column action_update.what_changed is 'redactable PLN: an update';
comment on column plan_import.reading is 'redactable PLN: what was read from an imported file';
comment on column plan_import.choices is 'redactable PLN: what was chosen in an import';

create view redactable_column with (security_invoker = true) as
  select c.relname::text as table_name, a.attname::text as column_name,
    format_type(a.atttypid, null) as type, said[1] as class,
    coalesce(said[2], 'id') as key_column, said[3] as label
  from pg_description d
  join pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
  cross join lateral regexp_match(d.description, '^redactable ([A-Z]{3})(?: by ([a-z_]+))?: (.+)$') said
  where c.relnamespace = 'public'::regnamespace and said is not null;
grant select on redactable_column to sightline_app;

-- A passage as a pattern: in any capitals, with any blanks, hyphens or underscores between its
-- words ("Kim Marsh" is found in kim-marsh.docx), and never within a longer word.
create function passage_pattern(passage text) returns text
  language sql immutable
  as $$
    select '(?<![[:alnum:]])' || regexp_replace(regexp_replace(
        regexp_replace(btrim(passage), '([.^$*+?()[\]{}|\\])', '\\\1', 'g'),
      '[''’]', '[''’]', 'g'), '[\s_-]+', '[\\s_-]+', 'g') || '(?![[:alnum:]])'
  $$;

create function words_without(words text, passage text, mark text) returns text
  language sql immutable
  as $$ select regexp_replace(words, passage_pattern(passage), mark, 'gi') $$;

-- The same for every text within JSON, but for a text that is the passage in small letters and
-- nothing else: there "amber" is a colour, and not a child.
create function json_without(tree jsonb, passage text, mark text) returns jsonb
  language plpgsql immutable
  as $$
begin
  case jsonb_typeof(tree)
    when 'string' then
      if tree #>> '{}' = lower(passage) and tree #>> '{}' <> passage then return tree; end if;
      return to_jsonb(words_without(tree #>> '{}', passage, mark));
    when 'array' then
      return (select coalesce(jsonb_agg(json_without(e, passage, mark) order by n), '[]')
              from jsonb_array_elements(tree) with ordinality t (e, n));
    when 'object' then
      return (select coalesce(jsonb_object_agg(k, json_without(v, passage, mark)), '{}')
              from jsonb_each(tree) t (k, v));
    else return tree;
  end case;
end
$$;

-- What was asked to be taken out, by whom and why. The words themselves stand in
-- redaction_passage, and only until somebody decides.
create table redaction_request (
  authority_id uuid not null references authority (id),
  id uuid not null,
  -- From whose page it was asked.
  item_kind text not null,
  item_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id)
);
call guard('redaction_request', 'facts');

-- Each place that is to be changed.
create table redaction_place (
  authority_id uuid not null,
  request_id uuid not null,
  table_name text not null,
  column_name text not null,
  row_id uuid not null,
  primary key (authority_id, request_id, table_name, column_name, row_id),
  foreign key (authority_id, request_id) references redaction_request (authority_id, id)
);
call guard('redaction_place', 'facts');

create function fact_parts(fact redaction_request) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.table_name, part.column_name, part.row_id)
    from redaction_place part
    where part.authority_id = fact.authority_id and part.request_id = fact.id
  $$;

create table redaction_passage (
  authority_id uuid not null,
  request_id uuid not null,
  passage text not null check (length(passage) between 2 and 200),
  primary key (authority_id, request_id),
  foreign key (authority_id, request_id) references redaction_request (authority_id, id)
);
call guard('redaction_passage', 'state');

-- Agreed to by another person, refused by another, or taken back by who asked (then not agreed).
create table redaction_decision (
  authority_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  agreed boolean not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, request_id),
  foreign key (authority_id, request_id) references redaction_request (authority_id, id),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id)
);
call guard('redaction_decision', 'facts');

-- A fact that was changed by one of the functions below: its SHA-256 before and after. The audit
-- log names these rows, so that verify can tell them from rows that were bent.
create table altered_fact (
  authority_id uuid not null references authority (id),
  id uuid not null,
  -- The redaction request, or the disposal.
  cause_id uuid not null,
  table_name text not null,
  row_id uuid not null,
  digest_before text not null,
  digest_after text not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
create index altered_fact_row on altered_fact (authority_id, table_name, row_id);
call guard('altered_fact', 'facts');

-- How long each kind of record is kept, in months. The newest rule of a kind holds; where there
-- is none, the usual time.
create table retention_rule (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in ('plan', 'import-file', 'sign-in', 'audit-log')),
  months integer not null check (months <= 1200),
  reason text not null check (length(reason) between 1 and 2000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  -- Never less than this: security 2.5, and six months of log (Ministry of Justice).
  check (months >= case kind when 'plan' then 12 when 'audit-log' then 6 else 1 end)
);
call guard('retention_rule', 'facts');

-- Of the audit log, the longest time that held within the last 30 days: whoever shortens it is
-- seen to have done so before anything of it goes.
create function retention_months(of_kind text) returns integer
  language sql volatile
  as $$
    with said as (
      select months, recorded_at, id from retention_rule
      where authority_id = current_authority() and kind = of_kind
        and recorded_at <= recorded_now() - interval '30 days'
      union all
      select case of_kind when 'plan' then 72 when 'import-file' then 3 when 'sign-in' then 1
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

-- A hold keeps one item, or every record of a kind, whatever the rules say.
create table hold (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in ('plan', 'import-file', 'sign-in', 'audit-log')),
  -- Null: every record of the kind.
  item_id uuid,
  reason text not null check (length(reason) between 1 and 2000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('hold', 'facts');

create table hold_end (
  authority_id uuid not null,
  id uuid not null,
  hold_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, hold_id),
  foreign key (authority_id, hold_id) references hold (authority_id, id)
);
call guard('hold_end', 'facts');

-- A hold on the audit log goes on for 30 days after it was lifted, for the same reason.
create function is_held(of_kind text, item uuid) returns boolean
  language sql volatile
  as $$
    select exists (
      select from hold h
      where h.authority_id = current_authority() and h.kind = of_kind
        and (h.item_id is null or h.item_id = item)
        and not exists (
          select from hold_end e
          where e.authority_id = h.authority_id and e.hold_id = h.id
            and (of_kind <> 'audit-log' or e.recorded_at <= recorded_now() - interval '30 days')))
  $$;

-- That something is to be disposed of: put forward by a person, or by the daily run (recorded_by
-- is null) where no second person is asked for.
create table disposal (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in ('plan', 'import-file')),
  item_id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('disposal', 'facts');

create table disposal_decision (
  authority_id uuid not null,
  id uuid not null,
  disposal_id uuid not null,
  agreed boolean not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  unique (authority_id, disposal_id),
  foreign key (authority_id, disposal_id) references disposal (authority_id, id),
  foreign key (authority_id, recorded_by) references app_user (authority_id, id)
);
call guard('disposal_decision', 'facts');

-- That it was done, with the SHA-256 of every fact that went.
create table disposal_done (
  authority_id uuid not null,
  id uuid not null,
  disposal_id uuid not null,
  facts integer not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, disposal_id),
  foreign key (authority_id, disposal_id) references disposal (authority_id, id)
);
call guard('disposal_done', 'facts');

create table disposed_fact (
  authority_id uuid not null,
  done_id uuid not null,
  table_name text not null,
  row_id uuid not null,
  digest text not null,
  primary key (authority_id, done_id, table_name, row_id),
  foreign key (authority_id, done_id) references disposal_done (authority_id, id)
);
create index disposed_fact_row on disposed_fact (authority_id, table_name, row_id);
call guard('disposed_fact', 'facts');

create function fact_parts(fact disposal_done) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.table_name, part.row_id)
    from disposed_fact part
    where part.authority_id = fact.authority_id and part.done_id = fact.id
  $$;

-- Where the audit log begins once its oldest entries went: the last entry that went, and the
-- digests of those facts that they named and that still stand (who did it is forgotten, that the
-- fact was logged is not).
create table audit_marker (
  authority_id uuid not null references authority (id),
  id uuid not null,
  seq bigint not null,
  hash text not null,
  entries bigint not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('audit_marker', 'facts');

create table audit_kept (
  authority_id uuid not null,
  marker_id uuid not null,
  fact text not null,
  fact_id uuid not null,
  digest text not null,
  primary key (authority_id, marker_id, fact, fact_id, digest),
  foreign key (authority_id, marker_id) references audit_marker (authority_id, id)
);
create index audit_kept_fact on audit_kept (authority_id, fact_id);
call guard('audit_kept', 'facts');

create function fact_parts(fact audit_marker) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.fact, part.fact_id, part.digest)
    from audit_kept part
    where part.authority_id = fact.authority_id and part.marker_id = fact.id
  $$;

-- That records were given out: to whom and why, of an item or of a person's own doings.
create table disclosure (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in ('plan', 'action', 'person')),
  item_id uuid not null,
  recipient text not null check (length(recipient) between 1 and 300),
  reason text not null check (length(reason) between 1 and 2000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('disclosure', 'facts');

comment on column named_grant.reason is 'redactable PLN: why a plan was shared with a guest';
comment on column redaction_request.reason is 'redactable PLN: why a name was taken out';
comment on column hold.reason is 'redactable PLN: why a hold was put';
comment on column hold_end.reason is 'redactable PLN: why a hold was lifted';
comment on column disclosure.recipient is 'redactable PLN: for whom records were given out';
comment on column disclosure.reason is 'redactable PLN: why records were given out';

-- All rows that belong to an item, in the order in which they can go. A room that brings another
-- kind of item brings a function of this form, rows_of_KIND.
create function rows_of_action(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with updates as (
      select id from action_update where authority_id = current_authority() and action_id = item
    ), given as (
      select evidence_id as id from action_update_evidence
      where authority_id = current_authority() and update_id in (select id from updates)
    ), files as (
      select file_id as id from evidence
      where authority_id = current_authority() and file_id is not null
        and id in (select id from given)
    ), versions as (
      select id from action_version where authority_id = current_authority() and action_id = item
    ), links as (
      select id from source_link where authority_id = current_authority() and target_id = item
    )
    select 1, 'action_update_evidence', 'update_id', id from updates
    union all select 2, 'action_update', 'id', id from updates
    union all select distinct 3, 'evidence', 'id', id from given
    union all select distinct 4, 'file_chunk', 'file_id', id from files
    union all select distinct 5, 'stored_file', 'id', id from files
    union all select 6, 'due_date_entry', 'id', id from due_date_entry
      where authority_id = current_authority() and action_id = item
    union all select 7, 'action_version_party', 'action_version_id', id from versions
    union all select 8, 'action_version', 'id', id from versions
    union all select 9, 'source_link_end', 'id', id from source_link_end
      where authority_id = current_authority() and source_link_id in (select id from links)
    union all select 10, 'source_link', 'id', id from links
    union all select 11, 'action', 'id', id from action
      where authority_id = current_authority() and id = item
  $$;

create function rows_of_plan(item uuid)
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
    union all select 14, 'plan_version_board', 'plan_version_id', id from versions
    union all select 15, 'plan_version', 'id', id from versions
    union all select 16, 'plan_address', 'plan_id', plan_id from plan_address
      where authority_id = current_authority() and plan_id = item
    union all select 17, 'plan', 'id', id from plan
      where authority_id = current_authority() and id = item
  $$;

-- What may go, and from which day: plans by the day on which they were archived (or their import
-- taken back), imports by the day on which they ended, or were begun and then left lying.
create function disposal_due()
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
    union all
    select 'import-file', i.id,
      (coalesce(i.finished_at, i.started_at) at time zone 'Europe/London'
        + make_interval(months => retention_months('import-file')))::date,
      is_held('import-file', i.id)
        or (i.plan_id is not null and is_held('plan', i.plan_id))
    from plan_import i
    where i.authority_id = current_authority()
  $$;

-- Within the functions below the program acts as the keeper, whose clock the demonstration may
-- set: whoever did not come as the keeper loses that setting first.
create procedure trust_no_clock()
  language plpgsql
  as $$
begin
  if session_user <> 'sightline_keeper' then
    perform set_config('app.demonstration_clock', '', true);
  end if;
end
$$;

-- Takes the passage of an agreed request out of the places that it names. It goes by what the
-- tables say, and not by what the program says: one person asked, another of the same authority
-- agreed, and every place is one of a redactable column. Answers the rows that it changed.
create function take_out(request uuid)
  returns table (fact text, fact_id uuid, lasting boolean, altered_id uuid)
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
declare
  here uuid := current_authority();
  asked redaction_request;
  decided redaction_decision;
  words text;
  today text;
  place record;
  allowed record;
  mark text;
  new_value text;
  before text;
  after text;
begin
  call trust_no_clock();
  today := to_char(recorded_now() at time zone 'Europe/London', 'FMDD FMMonth YYYY');
  select * into asked from redaction_request r where r.authority_id = here and r.id = request;
  if not found then raise exception 'take_out: no such request'; end if;
  select * into decided from redaction_decision d
    where d.authority_id = here and d.request_id = request;
  if not found or not decided.agreed or decided.recorded_by = asked.recorded_by then
    raise exception 'take_out: a second person has to agree';
  end if;
  delete from redaction_passage p where p.authority_id = here and p.request_id = request
    returning p.passage into words;
  if words is null then raise exception 'take_out: it was done already'; end if;

  for place in
    select p.table_name, p.row_id, array_agg(p.column_name order by p.column_name) as columns
    from redaction_place p where p.authority_id = here and p.request_id = request
    group by p.table_name, p.row_id order by p.table_name, p.row_id
  loop
    -- A file's bytes belong to the fact that is the file.
    fact := case place.table_name when 'file_chunk' then 'stored_file' else place.table_name end;
    fact_id := place.row_id;
    -- Asked before the name is used: the program wrote it.
    if not exists (select from redactable_column c where c.table_name = place.table_name) then
      raise exception 'take_out: % is not redactable', place.table_name;
    end if;
    lasting := not has_table_privilege('sightline_app', format('public.%I', fact), 'UPDATE');
    if lasting then
      execute format('select fact_digest(t) from public.%I t where authority_id = $1 and id = $2 for update', fact)
        into before using here, fact_id;
      if before is null then raise exception 'take_out: no such place'; end if;
    end if;
    for n in 1 .. cardinality(place.columns) loop
      select * into allowed from redactable_column c
        where c.table_name = place.table_name and c.column_name = place.columns[n];
      if not found then raise exception 'take_out: % is not redactable', place.columns[n]; end if;
      if allowed.type = 'bytea' then
        execute format('delete from public.%I where authority_id = $1 and %I = $2',
          allowed.table_name, allowed.key_column) using here, fact_id;
        continue;
      end if;
      mark := case when allowed.column_name in ('slug', 'url') then 'taken-out'
        else format('[taken out on %s]', today) end;
      for attempt in 1 .. 2 loop
        begin
          if allowed.type = 'jsonb' then
            execute format('update public.%1$I set %2$I = json_without(%2$I, $3, $4) where authority_id = $1 and %3$I = $2',
              allowed.table_name, allowed.column_name, allowed.key_column)
              using here, fact_id, words, mark;
          elsif allowed.column_name = 'slug' then
            -- An address has to stay the only one of its words.
            execute format('update public.%1$I set slug = left(words_without(slug, $3, $4), 80) || ''-'' || right(%2$I::text, 12) where authority_id = $1 and %2$I = $2',
              allowed.table_name, allowed.key_column) using here, fact_id, words, mark;
          else
            execute format('update public.%1$I set %2$I = words_without(%2$I, $3, $4) where authority_id = $1 and %3$I = $2 returning %2$I',
              allowed.table_name, allowed.column_name, allowed.key_column)
              into new_value using here, fact_id, words, mark;
            -- The same words in small letters, by which two spellings are known as one.
            if exists (select from pg_attribute a
                       where a.attrelid = format('public.%I', allowed.table_name)::regclass
                         and a.attname = allowed.column_name || '_key') then
              execute format('update public.%I set %I = lower(regexp_replace(btrim($3), ''\s+'', '' '', ''g'')) || '' '' || id where authority_id = $1 and id = $2',
                allowed.table_name, allowed.column_name || '_key') using here, fact_id, new_value;
            end if;
          end if;
          exit;
        exception when check_violation then
          -- The mark is too long for a short column.
          if attempt = 2 then raise; end if;
          mark := '…';
        end;
      end loop;
    end loop;
    altered_id := null;
    if lasting then
      execute format('select fact_digest(t) from public.%I t where authority_id = $1 and id = $2', fact)
        into after using here, fact_id;
      if after = before then continue; end if;
      altered_id := gen_random_uuid();
      insert into altered_fact
        (authority_id, id, cause_id, table_name, row_id, digest_before, digest_after, recorded_by)
        values (here, altered_id, request, fact, fact_id, before, after, decided.recorded_by);
    end if;
    return next;
  end loop;
end
$$;
revoke execute on function take_out(uuid) from public;
grant execute on function take_out(uuid) to sightline_app;

-- Disposes of one item, if it is due by the database's own clock, is under no hold and, for a
-- plan, one person put it forward and another of the same authority agreed. Answers the id of the
-- disposal_done, which holds the digest of every fact that went.
create function dispose(asked uuid) returns uuid
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
      and e.update_id not in (select row_id from going where table_name = 'action_update'));
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
revoke execute on function dispose(uuid) from public;
grant execute on function dispose(uuid) to sightline_app;

-- Takes the entries that are past their time off the beginning of the audit log, and leaves a
-- marker. Answers its id, or null where nothing was due or a hold keeps the log.
create function prune_audit_log() returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
declare
  here uuid := current_authority();
  oldest timestamptz;
  last audit_log;
  doing uuid := gen_random_uuid();
  named record;
begin
  if here is null then raise exception 'prune_audit_log: no authority is set'; end if;
  call trust_no_clock();
  oldest := ((recorded_now() at time zone 'Europe/London')
    - make_interval(months => retention_months('audit-log'))) at time zone 'Europe/London';
  if is_held('audit-log', null) then return null; end if;
  -- The head is locked as by whoever logs, so that the beginning is cut under nobody's feet.
  perform from audit_head h where h.authority_id = here for update;
  select * into last from audit_log l
    where l.authority_id = here and l.seq < coalesce(
      (select min(y.seq) from audit_log y where y.authority_id = here and y.at >= oldest),
      (select h.seq from audit_head h where h.authority_id = here))
    order by l.seq desc limit 1;
  if not found then return null; end if;
  insert into audit_marker (authority_id, id, seq, hash, entries)
    select here, doing, last.seq, last.hash, count(*) from audit_log l
    where l.authority_id = here and l.seq <= last.seq;
  for named in
    select distinct l.fact from audit_log l
    where l.authority_id = here and l.seq <= last.seq and l.digest <> ''
  loop
    execute format('insert into audit_kept (authority_id, marker_id, fact, fact_id, digest)
      select distinct l.authority_id, $1, l.fact, l.fact_id, l.digest
      from public.audit_log l join public.%I t on t.authority_id = l.authority_id and t.id = l.fact_id
      where l.authority_id = $2 and l.seq <= $3 and l.fact = $4 and l.digest <> ''''',
      named.fact) using doing, here, last.seq, named.fact;
  end loop;
  delete from audit_log l where l.authority_id = here and l.seq <= last.seq;
  return doing;
end
$$;
revoke execute on function prune_audit_log() from public;
grant execute on function prune_audit_log() to sightline_app;
