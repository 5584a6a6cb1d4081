-- Peer challenge: another authority reads what was shared with it, section by section, and says
-- strengths, questions and challenges, to the letter; this authority answers each. Facts as
-- everywhere: the latest by (effective_on, version) holds as at a day.

create table challenge (
  authority_id uuid not null references authority (id),
  id uuid not null,
  -- As which the register of findings knows it.
  source_id uuid not null,
  -- Sent with the form that made it: the same sent twice makes one challenge.
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  unique (authority_id, source_id),
  foreign key (authority_id, source_id) references source (authority_id, id)
);
call guard('challenge', 'facts');

create table challenge_version (
  authority_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  title text not null check (length(title) between 1 and 300),
  -- The authority that reviews, as text: it is no tenant here.
  reviewers text not null check (length(reviewers) between 1 and 300),
  -- What they are asked to look at.
  asked text check (length(asked) between 1 and 4000),
  opens_on date not null,
  closes_on date not null,
  -- The day whose position they read: what is written here afterwards is not shared.
  position_on date not null,
  withdrawn boolean not null default false,
  reason text check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, challenge_id, version),
  foreign key (authority_id, challenge_id) references challenge (authority_id, id),
  check (opens_on <= closes_on),
  check (withdrawn = (reason is not null))
);
call guard('challenge_version', 'facts');

-- What is shared, and nothing else is.
create table challenge_shared (
  authority_id uuid not null,
  challenge_version_id uuid not null,
  -- A domain of an edition of standards, or a section of a narrative self-assessment.
  section_kind text not null check (section_kind in ('domain', 'narrative')),
  section_id uuid not null,
  primary key (authority_id, challenge_version_id, section_id),
  foreign key (authority_id, challenge_version_id) references challenge_version (authority_id, id)
);
call guard('challenge_shared', 'facts');

create function fact_parts(fact challenge_version) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.section_id) from challenge_shared part
    where part.authority_id = fact.authority_id and part.challenge_version_id = fact.id
  $$;

-- What the reviewers said of a section, or of one criterion of it. A verdict's level and words
-- stand in `verdict`, beside those of others on the same criterion.
create table challenge_item (
  authority_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  section_id uuid not null,
  criterion_id uuid,
  kind text not null check (kind in ('strength', 'question', 'challenge', 'verdict')),
  -- Their own words, to the letter.
  words text check (length(words) between 1 and 8000),
  verdict_id uuid,
  -- Who of them said it, such as a post; null: the reviewers.
  said_by text check (length(said_by) between 1 and 200),
  -- Follows from what was said, of what and by whom: the same brought back twice is one.
  submission_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  foreign key (authority_id, challenge_id) references challenge (authority_id, id),
  foreign key (authority_id, criterion_id) references criterion (authority_id, id),
  foreign key (authority_id, verdict_id) references verdict (authority_id, id),
  check ((kind = 'verdict') = (verdict_id is not null)),
  check ((kind = 'verdict') = (words is null)),
  check (kind <> 'verdict' or criterion_id is not null)
);
create index challenge_item_challenge on challenge_item (authority_id, challenge_id);
call guard('challenge_item', 'facts');

-- That something was written in wrongly, or said anew by the reviewers.
create table challenge_item_end (
  authority_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, item_id),
  foreign key (authority_id, item_id) references challenge_item (authority_id, id)
);
call guard('challenge_item_end', 'facts');

create table challenge_answer (
  authority_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  decision text not null check (decision in ('accepted', 'partly accepted', 'not accepted', 'noted')),
  words text check (length(words) between 1 and 4000),
  primary key (authority_id, id),
  unique (authority_id, item_id, version),
  foreign key (authority_id, item_id) references challenge_item (authority_id, id),
  -- Whoever is not agreed with whole is told why.
  check (decision in ('accepted', 'noted') or words is not null)
);
call guard('challenge_answer', 'facts');

-- As which finding the register keeps what was said.
create table challenge_item_finding (
  authority_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  finding_id uuid not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, item_id),
  unique (authority_id, finding_id),
  foreign key (authority_id, item_id) references challenge_item (authority_id, id),
  foreign key (authority_id, finding_id) references finding (authority_id, id)
);
call guard('challenge_item_finding', 'facts');

-- A Word pack on its way back: what was read from it, until it is taken in or left.
create table challenge_return (
  authority_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  file_id uuid not null,
  -- PackReading: see rules/challenge/read-pack.ts.
  reading jsonb not null,
  -- How many things were taken in.
  taken integer not null default 0,
  state text not null default 'prepared' check (state in ('prepared', 'taken in', 'left')),
  started_at timestamptz not null default recorded_now(),
  started_by uuid not null,
  finished_at timestamptz,
  primary key (authority_id, id),
  foreign key (authority_id, challenge_id) references challenge (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  foreign key (authority_id, started_by) references app_user (authority_id, id)
);
create index challenge_return_challenge on challenge_return (authority_id, challenge_id);
call guard('challenge_return', 'state');

comment on column challenge_version.title is 'redactable PLN: the title of a peer challenge';
comment on column challenge_version.reviewers is 'redactable PLN: the authority that reviews';
comment on column challenge_version.asked is 'redactable PLN: what the reviewers are asked to look at';
comment on column challenge_version.reason is 'redactable PLN: why a peer challenge was withdrawn';
comment on column challenge_item.words is 'redactable PLN: what reviewers said';
comment on column challenge_item.said_by is 'redactable PLN: who of the reviewers said it';
comment on column challenge_item_end.reason is 'redactable PLN: why what reviewers said was taken back';
comment on column challenge_answer.words is 'redactable PLN: the answer to reviewers';
comment on column challenge_return.reading is 'redactable PLN: what was read from a pack of reviewers';

-- Records are given out of all that is kept now.
alter table disclosure drop constraint disclosure_kind_check;
alter table disclosure add constraint disclosure_kind_check
  check (kind in ('plan', 'action', 'report', 'person', 'source', 'finding', 'evidence',
    'framework', 'criterion', 'assessment', 'challenge'));

-- All rows that belong to a peer challenge, in the order in which they can go; its findings are the
-- register's.
create function rows_of_challenge(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with versions as (
      select id from challenge_version where authority_id = current_authority() and challenge_id = item
    ), said as (
      select id, verdict_id from challenge_item
      where authority_id = current_authority() and challenge_id = item
    ), returns as (
      select id, file_id from challenge_return
      where authority_id = current_authority() and challenge_id = item
    )
    select 1, 'challenge_item_finding', 'id', id from challenge_item_finding
      where authority_id = current_authority() and item_id in (select id from said)
    union all select 1, 'challenge_answer', 'id', id from challenge_answer
      where authority_id = current_authority() and item_id in (select id from said)
    union all select 1, 'challenge_item_end', 'id', id from challenge_item_end
      where authority_id = current_authority() and item_id in (select id from said)
    union all select 2, 'challenge_item', 'id', id from said
    union all select 3, 'verdict_end', 'id', id from verdict_end
      where authority_id = current_authority() and verdict_id in (select verdict_id from said)
    union all select 4, 'verdict', 'id', verdict_id from said where verdict_id is not null
    union all select 4, 'challenge_shared', 'challenge_version_id', id from versions
    union all select 5, 'challenge_version', 'id', id from versions
    union all select 5, 'challenge_return', 'id', id from returns
    union all select 6, 'file_chunk', 'file_id', file_id from returns
    union all select 7, 'stored_file', 'id', file_id from returns
    union all select 8, 'challenge', 'id', id from challenge
      where authority_id = current_authority() and id = item
  $$;
