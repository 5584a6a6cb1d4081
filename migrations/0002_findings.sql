-- The room `findings`: for now sources, files and evidence, as plans need them.

create table source (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in (
    'inspection', 'case audit', 'thematic audit', 'learning review', 'practice review', 'survey',
    'complaints', 'self-assessment', 'peer challenge', 'board', 'committee', 'legislation', 'other')),
  title text not null check (length(title) between 1 and 500),
  title_key text not null,
  body text,
  dated_on date,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, title_key)
);
call guard('source', 'facts');

-- Where an objective or an action comes from: the source's own words, and the page.
create table source_link (
  authority_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_kind text not null check (target_kind in ('objective', 'action')),
  target_id uuid not null,
  words text,
  page text,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, source_id) references source (authority_id, id)
);
create index source_link_target on source_link (authority_id, target_id);
create index source_link_source on source_link (authority_id, source_id);
call guard('source_link', 'facts');

create table source_link_end (
  authority_id uuid not null,
  id uuid not null,
  source_link_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, source_link_id),
  foreign key (authority_id, source_link_id) references source_link (authority_id, id)
);
call guard('source_link_end', 'facts');

-- Files live in the database, in chunks, so that one snapshot backs up all.
create table stored_file (
  authority_id uuid not null references authority (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 300),
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
create index stored_file_hash on stored_file (authority_id, sha256);
call guard('stored_file', 'facts');

create table file_chunk (
  authority_id uuid not null,
  file_id uuid not null,
  n integer not null,
  bytes bytea not null,
  primary key (authority_id, file_id, n),
  foreign key (authority_id, file_id) references stored_file (authority_id, id)
);
call guard('file_chunk', 'facts');

create function fact_parts(fact stored_file) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(encode(sha256(bytes), 'hex') order by n) from file_chunk
    where authority_id = fact.authority_id and file_id = fact.id
  $$;

create table evidence (
  authority_id uuid not null references authority (id),
  id uuid not null,
  kind text not null check (kind in ('link', 'note', 'file')),
  -- What it shows, in words; for a link, its label.
  title text not null check (length(title) between 1 and 2000),
  url text,
  file_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  check ((kind = 'link') = (url is not null)),
  check ((kind = 'file') = (file_id is not null))
);
call guard('evidence', 'facts');
