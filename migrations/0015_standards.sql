-- The room `standards`: frameworks of standards in dated editions, what the authority says of itself
-- on each criterion, what others said of it, and who is asked to write which section. Facts as
-- everywhere: the latest by (effective_on, version) holds as at a day.

-- A publisher's standards over the years; each publication is an edition.
create table framework (
  authority_id uuid not null references authority (id),
  id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id)
);
call guard('framework', 'facts');

create table framework_edition (
  authority_id uuid not null,
  id uuid not null,
  framework_id uuid not null,
  -- The edition that it takes the place of; criterion_map says what became of each criterion.
  follows_id uuid,
  label text not null check (length(label) between 1 and 60),
  title text not null check (length(title) between 1 and 300),
  publisher text check (length(publisher) between 1 and 300),
  published_on date,
  -- [{key, name, meaning, rank, countsAs}], best first. A higher rank is better; null where it is no
  -- judgement (not applicable). countsAs: see LevelStanding in rules/levels.ts.
  levels jsonb not null,
  note text check (length(note) between 1 and 4000),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, framework_id, label),
  foreign key (authority_id, framework_id) references framework (authority_id, id),
  foreign key (authority_id, follows_id) references framework_edition (authority_id, id)
);
call guard('framework_edition', 'facts');

create table framework_edition_state (
  authority_id uuid not null,
  id uuid not null,
  edition_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  state text not null check (state in ('draft', 'in use', 'retired')),
  reason text check (length(reason) between 1 and 2000),
  primary key (authority_id, id),
  unique (authority_id, edition_id, version),
  foreign key (authority_id, edition_id) references framework_edition (authority_id, id)
);
call guard('framework_edition_state', 'facts');

create table domain (
  authority_id uuid not null,
  id uuid not null,
  edition_id uuid not null,
  ref text check (length(ref) between 1 and 40),
  title text not null check (length(title) between 1 and 500),
  position integer not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, edition_id, position),
  foreign key (authority_id, edition_id) references framework_edition (authority_id, id)
);
call guard('domain', 'facts');

create table criterion (
  authority_id uuid not null,
  id uuid not null,
  edition_id uuid not null,
  domain_id uuid not null,
  -- As text, in the order of the document: 1.9, 1.10, 1.20.
  ref text not null check (length(ref) between 1 and 40),
  position integer not null,
  text text not null check (length(text) between 1 and 8000),
  -- {key of a level: what it looks like}
  descriptors jsonb not null default '{}',
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, edition_id, ref),
  unique (authority_id, edition_id, position),
  foreign key (authority_id, edition_id) references framework_edition (authority_id, id),
  foreign key (authority_id, domain_id) references domain (authority_id, id)
);
create index criterion_domain on criterion (authority_id, domain_id);
call guard('criterion', 'facts');

-- Which criterion of the edition before this one is. One without a row is new; one of the edition
-- before that nothing names was removed.
create table criterion_map (
  authority_id uuid not null,
  id uuid not null,
  criterion_id uuid not null,
  from_id uuid not null,
  relation text not null check (relation in ('same', 'changed')),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, criterion_id, from_id),
  foreign key (authority_id, criterion_id) references criterion (authority_id, id),
  foreign key (authority_id, from_id) references criterion (authority_id, id),
  check (criterion_id <> from_id)
);
create index criterion_map_from on criterion_map (authority_id, from_id);
call guard('criterion_map', 'facts');

-- What the authority says of itself on a criterion, on three axes that are kept apart: how far the
-- work is, the level, and what kind of result it is.
create table judgement (
  authority_id uuid not null,
  id uuid not null,
  criterion_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  progress text not null check (progress in ('not started', 'in progress', 'in review', 'done')),
  -- The key of a level of the edition; null: not judged.
  level text check (level ~ '^[a-z0-9-]{1,60}$'),
  result text check (result in ('good practice', 'strength', 'observation', 'minor gap', 'major gap')),
  how_met text check (length(how_met) between 1 and 8000),
  why_not text check (length(why_not) between 1 and 8000),
  what_next text check (length(what_next) between 1 and 8000),
  due_as_written text check (length(due_as_written) between 1 and 200),
  due_from date,
  due_to date,
  due_precision text check (due_precision in ('day', 'month', 'quarter', 'period', 'asap', 'ongoing', 'none')),
  primary key (authority_id, id),
  unique (authority_id, criterion_id, version),
  foreign key (authority_id, criterion_id) references criterion (authority_id, id),
  check ((due_as_written is null) = (due_precision is null)),
  check (due_precision is not null or (due_from is null and due_to is null)),
  check (due_from <= due_to)
);
call guard('judgement', 'facts');

create table judgement_lead (
  authority_id uuid not null,
  judgement_id uuid not null,
  party_id uuid not null,
  position integer not null,
  primary key (authority_id, judgement_id, party_id),
  foreign key (authority_id, judgement_id) references judgement (authority_id, id),
  foreign key (authority_id, party_id) references party (authority_id, id)
);
create index judgement_lead_party on judgement_lead (authority_id, party_id);
call guard('judgement_lead', 'facts');

create function fact_parts(fact judgement) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(to_jsonb(part) order by part.party_id) from judgement_lead part
    where part.authority_id = fact.authority_id and part.judgement_id = fact.id
  $$;

-- What a judgement rests on; written with it, and never after.
create table judgement_rest (
  authority_id uuid not null,
  id uuid not null,
  judgement_id uuid not null,
  position integer not null,
  kind text not null check (kind in ('data', 'audit of practice', 'voice', 'external', 'own word')),
  words text check (length(words) between 1 and 2000),
  -- The day of what it rests on, by which it is old or new; null where nobody said.
  dated_on date,
  evidence_id uuid,
  source_id uuid,
  finding_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, judgement_id, position),
  foreign key (authority_id, judgement_id) references judgement (authority_id, id),
  foreign key (authority_id, evidence_id) references evidence (authority_id, id),
  foreign key (authority_id, source_id) references source (authority_id, id),
  foreign key (authority_id, finding_id) references finding (authority_id, id)
);
create index judgement_rest_evidence on judgement_rest (authority_id, evidence_id);
create index judgement_rest_source on judgement_rest (authority_id, source_id);
create index judgement_rest_finding on judgement_rest (authority_id, finding_id);
call guard('judgement_rest', 'facts');

-- What others said on a criterion: peers of another authority, or an inspectorate.
create table verdict (
  authority_id uuid not null,
  id uuid not null,
  criterion_id uuid not null,
  whose text not null check (whose in ('peer', 'inspection')),
  -- The key of a level of the edition, or their own words, or both.
  level text check (level ~ '^[a-z0-9-]{1,60}$'),
  words text check (length(words) between 1 and 4000),
  said_on date not null,
  source_id uuid,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  foreign key (authority_id, criterion_id) references criterion (authority_id, id),
  foreign key (authority_id, source_id) references source (authority_id, id),
  check (level is not null or words is not null)
);
create index verdict_criterion on verdict (authority_id, criterion_id);
call guard('verdict', 'facts');

-- That a verdict was written down wrongly.
create table verdict_end (
  authority_id uuid not null,
  id uuid not null,
  verdict_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, verdict_id),
  foreign key (authority_id, verdict_id) references verdict (authority_id, id)
);
call guard('verdict_end', 'facts');

-- One self-assessment against an edition, such as that of 2014/15, open from its effective_on.
create table assessment_round (
  authority_id uuid not null,
  id uuid not null,
  edition_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, edition_id, name),
  foreign key (authority_id, edition_id) references framework_edition (authority_id, id)
);
call guard('assessment_round', 'facts');

-- Where a section is between those who write it and those who sign it off; the latest holds.
create table section_step (
  authority_id uuid not null,
  id uuid not null,
  -- A domain within a round, or a section of a narrative.
  section_kind text not null check (section_kind in ('domain', 'narrative')),
  section_id uuid not null,
  round_id uuid,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  step text not null check (step in ('handed', 'submitted', 'returned', 'signed off', 'unlocked')),
  -- Who is asked to write it, from 'handed' on.
  post_id uuid,
  due_on date,
  comment text check (length(comment) between 1 and 4000),
  -- Of what was submitted or signed off.
  content_hash text,
  primary key (authority_id, id),
  unique (authority_id, section_id, version),
  foreign key (authority_id, round_id) references assessment_round (authority_id, id),
  foreign key (authority_id, post_id) references party (authority_id, id),
  check ((section_kind = 'domain') = (round_id is not null)),
  check (step <> 'handed' or post_id is not null),
  -- Whoever gets it back, or has it opened again, is told why.
  check (step not in ('returned', 'unlocked') or comment is not null),
  check ((step in ('submitted', 'signed off')) = (content_hash is not null))
);
create index section_step_post on section_step (authority_id, post_id);
call guard('section_step', 'facts');

-- A framework on its way in: what was read from a file, and what was chosen, until it is loaded or left.
create table framework_load (
  authority_id uuid not null references authority (id),
  id uuid not null,
  file_id uuid,
  -- The framework of which it is a further edition; null: a new one.
  framework_id uuid,
  -- FrameworkReading: see rules/framework-reading.ts.
  reading jsonb not null,
  -- LoadChoices: see rules/load-choices.ts.
  choices jsonb not null,
  version integer not null default 1,
  state text not null default 'prepared' check (state in ('prepared', 'loaded', 'left')),
  edition_id uuid,
  started_at timestamptz not null default recorded_now(),
  started_by uuid not null,
  finished_at timestamptz,
  primary key (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id),
  foreign key (authority_id, framework_id) references framework (authority_id, id),
  foreign key (authority_id, edition_id) references framework_edition (authority_id, id)
);
call guard('framework_load', 'state');

comment on column framework_edition.label is 'redactable PLN: the label of an edition of standards';
comment on column framework_edition.title is 'redactable PLN: the title of a framework';
comment on column framework_edition.publisher is 'redactable PLN: the publisher of a framework';
comment on column framework_edition.levels is 'redactable PLN: the levels of a framework';
comment on column framework_edition.note is 'redactable PLN: a note on a framework';
comment on column framework_edition_state.reason is 'redactable PLN: why a framework was retired or taken into use';
comment on column domain.ref is 'redactable PLN: the number of a domain';
comment on column domain.title is 'redactable PLN: the title of a domain';
comment on column criterion.ref is 'redactable PLN: the number of a criterion';
comment on column criterion.text is 'redactable PLN: a criterion';
comment on column criterion.descriptors is 'redactable PLN: what the levels of a criterion look like';
comment on column judgement.how_met is 'redactable PLN: how a criterion is met';
comment on column judgement.why_not is 'redactable PLN: why a criterion is not fully met';
comment on column judgement.what_next is 'redactable PLN: what is next on a criterion';
comment on column judgement.due_as_written is 'redactable PLN: by when, on a criterion';
comment on column judgement_rest.words is 'redactable PLN: what a judgement rests on';
comment on column verdict.words is 'redactable PLN: what others said on a criterion';
comment on column verdict_end.reason is 'redactable PLN: why a verdict of others was taken back';
comment on column assessment_round.name is 'redactable PLN: the name of a self-assessment';
comment on column section_step.comment is 'redactable PLN: a comment on a section';
comment on column framework_load.reading is 'redactable PLN: what was read from the file of a framework';
comment on column framework_load.choices is 'redactable PLN: what was chosen in loading a framework';

-- All rows that belong to a criterion, in the order in which they can go.
create function rows_of_criterion(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with judged as (
      select id from judgement where authority_id = current_authority() and criterion_id = item
    ), verdicts as (
      select id from verdict where authority_id = current_authority() and criterion_id = item
    ), relations as (
      select id from item_link where authority_id = current_authority()
        and ((from_kind = 'criterion' and from_id = item)
          or (to_kind = 'criterion' and to_id = item)
          or (from_kind = 'judgement' and from_id in (select id from judged))
          or (to_kind = 'judgement' and to_id in (select id from judged)))
    )
    select 1, 'item_link_end', 'id', id from item_link_end
      where authority_id = current_authority() and item_link_id in (select id from relations)
    union all select 2, 'item_link', 'id', id from relations
    union all select 2, 'judgement_rest', 'id', id from judgement_rest
      where authority_id = current_authority() and judgement_id in (select id from judged)
    union all select 2, 'judgement_lead', 'judgement_id', id from judged
    union all select 3, 'judgement', 'id', id from judged
    union all select 3, 'verdict_end', 'id', id from verdict_end
      where authority_id = current_authority() and verdict_id in (select id from verdicts)
    union all select 4, 'verdict', 'id', id from verdicts
    union all select 4, 'criterion_map', 'id', id from criterion_map
      where authority_id = current_authority() and item in (criterion_id, from_id)
    union all select 5, 'criterion', 'id', id from criterion
      where authority_id = current_authority() and id = item
  $$;
