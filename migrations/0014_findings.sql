-- The room `findings`, whole: what was said about the authority, what the authority answered, and
-- the links by which any item tells its story. Facts as everywhere: effective_on is the London day
-- from which a row holds, and the latest by (effective_on, version) holds as at a day.

-- How alike two texts are, by their trigrams: an extension that comes with PostgreSQL, in a schema of
-- its own, so that its operators stand beside no table.
create schema trigram;
grant usage on schema trigram to sightline_app;
create extension if not exists pg_trgm with schema trigram;

-- A stored index of words is worked out again by whatever PostgreSQL restores it, so it has no part
-- in what a row says: it is left out of its digest. No row of an earlier migration has the column.
create or replace function fact_digest(fact anyelement) returns text
  language sql stable
  set timezone = 'UTC'
  as $$
    select encode(sha256(convert_to(
      jsonb_strip_nulls(to_jsonb(fact) - 'search')::text
        || coalesce(fact_parts(fact)::text, ''), 'UTF8')), 'hex')
  $$;

-- What is known of a source. A source that a plan named, and nobody has opened yet, has no version:
-- it stands with its title and kind alone.
create table source_version (
  authority_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  kind text not null check (kind in (
    'inspection', 'case audit', 'thematic audit', 'learning review', 'practice review', 'survey',
    'complaints', 'self-assessment', 'peer challenge', 'board', 'committee', 'legislation', 'other')),
  title text not null check (length(title) between 1 and 500),
  -- Who said it: an inspectorate, an auditor, a board.
  body text check (length(body) between 1 and 300),
  reference text check (length(reference) between 1 and 100),
  visit_from date,
  visit_to date,
  published_on date,
  received_on date,
  -- The overall judgement in the body's own words. 'none given' says so: many have none now.
  overall text check (length(overall) between 1 and 200),
  overall_is text not null check (overall_is in ('given', 'none given', 'not recorded')),
  -- [{area, grade}], in the order of the document; grades in the body's own words.
  grades jsonb not null default '[]',
  summary text check (length(summary) between 1 and 8000),
  -- 'public' was published by its body; 'internal' is for those inside (PLN); 'restricted' is FND.
  classification text not null check (classification in ('public', 'internal', 'restricted')),
  withdrawn boolean not null default false,
  reason text check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, source_id, version),
  foreign key (authority_id, source_id) references source (authority_id, id),
  check ((overall_is = 'given') = (overall is not null)),
  check (visit_from <= visit_to)
);
call guard('source_version', 'facts');

-- That somebody looked a source through again, and what they saw.
create table source_look (
  authority_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  note text check (length(note) between 1 and 2000),
  primary key (authority_id, id),
  foreign key (authority_id, source_id) references source (authority_id, id)
);
create index source_look_source on source_look (authority_id, source_id);
call guard('source_look', 'facts');

-- One list of themes for all sources, the authority's own.
create table theme (
  authority_id uuid not null references authority (id),
  id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('theme', 'facts');

create table theme_version (
  authority_id uuid not null,
  id uuid not null,
  theme_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  name text not null check (length(name) between 1 and 200),
  meaning text check (length(meaning) between 1 and 2000),
  -- Merged: from this day its findings count with those of the other theme.
  merged_into uuid,
  withdrawn boolean not null default false,
  reason text check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, theme_id, version),
  foreign key (authority_id, theme_id) references theme (authority_id, id),
  foreign key (authority_id, merged_into) references theme (authority_id, id),
  check (merged_into is distinct from theme_id)
);
call guard('theme_version', 'facts');

create table finding (
  authority_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  -- Sent with the form or the import that made it: the same sent twice makes one finding.
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  foreign key (authority_id, source_id) references source (authority_id, id)
);
create index finding_source on finding (authority_id, source_id);
call guard('finding', 'facts');

create table finding_version (
  authority_id uuid not null,
  id uuid not null,
  finding_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  kind text not null check (kind in ('strength', 'area for development', 'recommendation', 'key question')),
  -- Its number in the source, as text: 1.10 is not 1.1.
  ref text check (length(ref) between 1 and 40),
  position integer not null,
  -- The source's own words, to the letter.
  words text not null check (length(words) between 1 and 8000),
  page text check (length(page) between 1 and 40),
  paragraph text check (length(paragraph) between 1 and 40),
  -- The service or the part of practice that it speaks of.
  area text check (length(area) between 1 and 200),
  lead_id uuid,
  -- The board, committee or body that is told of it.
  reports_to_id uuid,
  -- Of a restricted finding: what those may read who may not read the whole.
  words_to_share text check (length(words_to_share) between 1 and 4000),
  withdrawn boolean not null default false,
  -- Why it was changed or withdrawn.
  reason text check (length(reason) between 1 and 2000),
  search tsvector generated always as (to_tsvector('english', words)) stored,
  primary key (authority_id, id),
  unique (authority_id, finding_id, version),
  foreign key (authority_id, finding_id) references finding (authority_id, id),
  foreign key (authority_id, lead_id) references party (authority_id, id),
  foreign key (authority_id, reports_to_id) references party (authority_id, id)
);
create index finding_version_lead on finding_version (authority_id, lead_id);
call guard('finding_version', 'facts');

create table finding_version_theme (
  authority_id uuid not null,
  finding_version_id uuid not null,
  theme_id uuid not null,
  primary key (authority_id, finding_version_id, theme_id),
  foreign key (authority_id, finding_version_id) references finding_version (authority_id, id),
  foreign key (authority_id, theme_id) references theme (authority_id, id)
);
create index finding_version_theme_theme on finding_version_theme (authority_id, theme_id);
call guard('finding_version_theme', 'facts');

create function fact_parts(fact finding_version) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.theme_id) from finding_version_theme part
    where part.authority_id = fact.authority_id and part.finding_version_id = fact.id
  $$;

create table finding_response (
  authority_id uuid not null,
  id uuid not null,
  finding_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  answer text not null check (answer in ('accepted', 'partly accepted', 'not accepted')),
  reason text check (length(reason) between 1 and 4000),
  primary key (authority_id, id),
  unique (authority_id, finding_id, version),
  foreign key (authority_id, finding_id) references finding (authority_id, id),
  -- Only what is accepted whole needs no reason.
  check (answer = 'accepted' or reason is not null)
);
call guard('finding_response', 'facts');

-- What somebody said of two findings: that they say the same, or that they do not. The latest holds.
-- The smaller id comes first.
create table finding_pair (
  authority_id uuid not null,
  id uuid not null,
  finding_id uuid not null,
  other_id uuid not null,
  verdict text not null check (verdict in ('same', 'different')),
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, finding_id) references finding (authority_id, id),
  foreign key (authority_id, other_id) references finding (authority_id, id),
  check (finding_id < other_id)
);
create index finding_pair_finding on finding_pair (authority_id, finding_id);
create index finding_pair_other on finding_pair (authority_id, other_id);
call guard('finding_pair', 'facts');

-- A later state of a piece of evidence: a newer file, another end, taken out of use.
-- What `evidence` holds is its first.
create table evidence_version (
  authority_id uuid not null,
  id uuid not null,
  evidence_id uuid not null,
  version integer not null check (version > 1),
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  title text not null check (length(title) between 1 and 2000),
  url text,
  file_id uuid,
  -- The last day on which it shows what it is given for; null where nobody said.
  good_until date,
  -- 'restricted' is FND, as of a source.
  classification text not null default 'internal' check (classification in ('public', 'internal', 'restricted')),
  withdrawn boolean not null default false,
  reason text check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, evidence_id, version),
  foreign key (authority_id, evidence_id) references evidence (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id)
);
call guard('evidence_version', 'facts');

-- From what led here to what came of it: a finding is answered by an action, evidence shows an item,
-- a document is of a source, a finding bears on a criterion. Rooms above append their own.
create table item_link (
  authority_id uuid not null references authority (id),
  id uuid not null,
  from_kind text not null check (from_kind in (
    'source', 'finding', 'evidence', 'criterion', 'judgement', 'action', 'section')),
  from_id uuid not null,
  to_kind text not null check (to_kind in (
    'source', 'finding', 'evidence', 'criterion', 'judgement', 'action', 'section')),
  to_id uuid not null,
  relation text not null check (relation in ('answered by', 'shows', 'document of', 'bears on', 'drawn from')),
  -- Where in the document, for evidence.
  page text check (length(page) between 1 and 40),
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
create index item_link_from on item_link (authority_id, from_id);
create index item_link_to on item_link (authority_id, to_id);
call guard('item_link', 'facts');

create table item_link_end (
  authority_id uuid not null,
  id uuid not null,
  item_link_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, item_link_id),
  foreign key (authority_id, item_link_id) references item_link (authority_id, id)
);
call guard('item_link_end', 'facts');

-- How far an item of a room above is, told by that room in the transaction that changed it: this
-- room asks no room above.
create table item_progress (
  authority_id uuid not null references authority (id),
  id uuid not null,
  item_kind text not null check (item_kind in ('action')),
  item_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  -- Its own words, shortened, and where it stands: a plan's title, and its number there.
  label text not null check (length(label) between 1 and 400),
  place text not null check (length(place) between 1 and 400),
  -- The address of its page, without the council's part.
  href text not null check (length(href) between 1 and 300),
  -- What it is kept in: a plan.
  within_id uuid not null,
  party_ids uuid[] not null default '{}',
  state text not null check (state in ('planned', 'in progress', 'done', 'practice changed',
    'better for children', 'accepted as untested', 'regressed', 'withdrawn')),
  due_on date,
  first_due_on date,
  primary key (authority_id, id),
  unique (authority_id, item_kind, item_id, version)
);
create index item_progress_item on item_progress (authority_id, item_id);
create index item_progress_within on item_progress (authority_id, within_id);
call guard('item_progress', 'facts');

comment on column source_version.title is 'redactable PLN: the title of a source';
comment on column source_version.body is 'redactable PLN: who said a source';
comment on column source_version.reference is 'redactable PLN: the reference of a source';
comment on column source_version.overall is 'redactable PLN: an overall judgement';
comment on column source_version.grades is 'redactable PLN: graded judgements';
comment on column source_version.summary is 'redactable FND: the summary of a source';
comment on column source_version.reason is 'redactable PLN: why a source was changed';
comment on column source_look.note is 'redactable FND: what was seen when a source was looked at again';
comment on column theme_version.name is 'redactable PLN: the name of a theme';
comment on column theme_version.meaning is 'redactable PLN: what a theme means';
comment on column theme_version.reason is 'redactable PLN: why a theme was changed';
comment on column finding_version.ref is 'redactable PLN: the number of a finding';
comment on column finding_version.words is 'redactable FND: a finding';
comment on column finding_version.page is 'redactable PLN: the page of a finding';
comment on column finding_version.paragraph is 'redactable PLN: the paragraph of a finding';
comment on column finding_version.area is 'redactable PLN: the area of a finding';
comment on column finding_version.words_to_share is 'redactable PLN: the words of a finding to share';
comment on column finding_version.reason is 'redactable FND: why a finding was changed';
comment on column finding_response.reason is 'redactable FND: the response to a finding';
comment on column evidence_version.title is 'redactable PLN: what evidence shows';
comment on column evidence_version.url is 'redactable PLN: the address of evidence';
comment on column evidence_version.reason is 'redactable PLN: why evidence was changed';
comment on column item_link.page is 'redactable PLN: a page of evidence';
comment on column item_progress.label is 'redactable PLN: an action, as findings tell of it';
comment on column item_progress.place is 'redactable PLN: a plan, as findings tell of it';
comment on column item_progress.href is 'redactable PLN: an address, as findings tell of it';

-- An item can be opened to a guest by name: a plan, or a peer challenge with what it shares.
alter table named_grant drop constraint named_grant_item_kind_check;
alter table named_grant add constraint named_grant_item_kind_check
  check (item_kind in ('plan', 'challenge'));

-- All rows that belong to a finding, in the order in which they can go.
create function rows_of_finding(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with versions as (
      select id from finding_version where authority_id = current_authority() and finding_id = item
    ), relations as (
      select id from item_link where authority_id = current_authority()
        and ((from_kind = 'finding' and from_id = item) or (to_kind = 'finding' and to_id = item))
    )
    select 1, 'item_link_end', 'id', id from item_link_end
      where authority_id = current_authority() and item_link_id in (select id from relations)
    union all select 2, 'item_link', 'id', id from relations
    union all select 2, 'finding_pair', 'id', id from finding_pair
      where authority_id = current_authority() and item in (finding_id, other_id)
    union all select 2, 'finding_response', 'id', id from finding_response
      where authority_id = current_authority() and finding_id = item
    union all select 2, 'finding_version_theme', 'finding_version_id', id from versions
    union all select 3, 'finding_version', 'id', id from versions
    union all select 4, 'finding', 'id', id from finding
      where authority_id = current_authority() and id = item
  $$;

create function rows_of_evidence(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with versions as (
      select id, file_id from evidence_version
      where authority_id = current_authority() and evidence_id = item
    ), files as (
      select file_id as id from versions where file_id is not null
      union
      select file_id from evidence
      where authority_id = current_authority() and id = item and file_id is not null
    ), relations as (
      select id from item_link where authority_id = current_authority()
        and ((from_kind = 'evidence' and from_id = item) or (to_kind = 'evidence' and to_id = item))
    )
    select 1, 'item_link_end', 'id', id from item_link_end
      where authority_id = current_authority() and item_link_id in (select id from relations)
    union all select 2, 'item_link', 'id', id from relations
    union all select 2, 'evidence_version', 'id', id from versions
    union all select 3, 'evidence', 'id', id from evidence
      where authority_id = current_authority() and id = item
    union all select 4, 'file_chunk', 'file_id', id from files
    union all select 5, 'stored_file', 'id', id from files
  $$;

-- As in 0010, with its links, what findings were told of it, and later states of its evidence.
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
      union
      select file_id from evidence_version
      where authority_id = current_authority() and file_id is not null
        and evidence_id in (select id from given)
    ), versions as (
      select id from action_version where authority_id = current_authority() and action_id = item
    ), links as (
      select id from source_link where authority_id = current_authority() and target_id = item
    ), relations as (
      select id from item_link where authority_id = current_authority()
        and ((from_kind = 'action' and from_id = item) or (to_kind = 'action' and to_id = item))
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
    union all select distinct 2, 'evidence_version', 'id', id from evidence_version
      where authority_id = current_authority() and evidence_id in (select id from given)
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
    union all select 9, 'item_link_end', 'id', id from item_link_end
      where authority_id = current_authority() and item_link_id in (select id from relations)
    union all select 10, 'item_link', 'id', id from relations
    union all select 10, 'item_progress', 'id', id from item_progress
      where authority_id = current_authority() and item_kind = 'action' and item_id = item
    union all select 11, 'action', 'id', id from action
      where authority_id = current_authority() and id = item
  $$;
