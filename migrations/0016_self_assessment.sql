-- The self-assessment in narrative, a document for each year, and the annual self-evaluation. All
-- are facts: a text is never overwritten, a version stands beside the one before it. Its strengths
-- and areas for development are findings of the register, of a source that is the assessment itself.

create table assessment (
  authority_id uuid not null references authority (id),
  id uuid not null,
  -- As which the register of findings knows it.
  source_id uuid not null,
  -- The assessment of an earlier year that this one was begun from.
  copied_from uuid,
  -- Sent with the form or the import that made it: the same sent twice makes one assessment.
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  unique (authority_id, source_id),
  foreign key (authority_id, source_id) references source (authority_id, id),
  foreign key (authority_id, copied_from) references assessment (authority_id, id)
);
create index assessment_copied_from on assessment (authority_id, copied_from);
call guard('assessment', 'facts');

create table assessment_version (
  authority_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  title text not null check (length(title) between 1 and 300),
  -- The year that it speaks of, as it is written: 2026/27.
  period text not null check (length(period) between 1 and 40),
  -- Whom to ask: a post, with how to reach it.
  contact text check (length(contact) between 1 and 1000),
  primary key (authority_id, id),
  unique (authority_id, assessment_id, version),
  foreign key (authority_id, assessment_id) references assessment (authority_id, id)
);
call guard('assessment_version', 'facts');

-- A text of the document: its introduction, the local area (part A), a numbered section (part C),
-- its last words.
create table assessment_section (
  authority_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  kind text not null check (kind in ('introduction', 'area', 'numbered', 'closing')),
  copied_from uuid,
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  foreign key (authority_id, assessment_id) references assessment (authority_id, id),
  foreign key (authority_id, copied_from) references assessment_section (authority_id, id)
);
create index assessment_section_assessment on assessment_section (authority_id, assessment_id);
create unique index assessment_section_once on assessment_section (authority_id, assessment_id, kind)
  where kind <> 'numbered';
create index assessment_section_copied_from on assessment_section (authority_id, copied_from);
call guard('assessment_section', 'facts');

create table assessment_section_version (
  authority_id uuid not null,
  id uuid not null,
  section_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  -- Of a numbered section, as text: 1, 10, 10a.
  number text check (number ~ '^[1-9][0-9]{0,2}[a-z]?$'),
  title text not null check (length(title) between 1 and 300),
  summary text check (length(summary) between 1 and 60000),
  -- False where it was copied from last year and nobody has changed or confirmed it since.
  looked boolean not null,
  withdrawn boolean not null default false,
  primary key (authority_id, id),
  unique (authority_id, section_id, version),
  foreign key (authority_id, section_id) references assessment_section (authority_id, id)
);
call guard('assessment_section_version', 'facts');

-- A row of one of the tables of parts A and B.
create table assessment_item (
  authority_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  kind text not null check (kind in ('person', 'document', 'proud', 'improve', 'risk', 'innovation')),
  copied_from uuid,
  submission_id uuid,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, submission_id),
  foreign key (authority_id, assessment_id) references assessment (authority_id, id),
  foreign key (authority_id, copied_from) references assessment_item (authority_id, id)
);
create index assessment_item_assessment on assessment_item (authority_id, assessment_id);
create index assessment_item_copied_from on assessment_item (authority_id, copied_from);
call guard('assessment_item', 'facts');

create table assessment_item_version (
  authority_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  position integer not null,
  -- The post, the document, or the few words that a risk or an innovation is known by.
  label text check (length(label) between 1 and 300),
  -- Of a person, the name, where it is given. Else what is said, in words of its own.
  words text check (length(words) between 1 and 8000),
  -- Since when, of when, from when to when: as it is written.
  dated text check (length(dated) between 1 and 200),
  url text check (length(url) between 1 and 2000),
  -- The strength or the area for development of part C that it is drawn from.
  finding_id uuid,
  -- Sections that it refers to beside that of its finding.
  section_ids uuid[] not null default '{}',
  looked boolean not null,
  withdrawn boolean not null default false,
  primary key (authority_id, id),
  unique (authority_id, item_id, version),
  foreign key (authority_id, item_id) references assessment_item (authority_id, id),
  foreign key (authority_id, finding_id) references finding (authority_id, id)
);
create index assessment_item_version_finding on assessment_item_version (authority_id, finding_id);
call guard('assessment_item_version', 'facts');

-- A figure that the texts name in curly brackets, bound to dated notes until it has an indicator.
create table assessment_figure (
  authority_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  name text not null check (name ~ '^[a-z][a-z0-9-]{0,39}$' and name <> 'section'),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, assessment_id, name),
  foreign key (authority_id, assessment_id) references assessment (authority_id, id)
);
call guard('assessment_figure', 'facts');

create table assessment_figure_version (
  authority_id uuid not null,
  id uuid not null,
  figure_id uuid not null,
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  value text not null check (length(value) between 1 and 100),
  as_at date not null,
  -- Where it comes from: a return, a report, a system.
  origin text not null check (length(origin) between 1 and 500),
  primary key (authority_id, id),
  unique (authority_id, figure_id, version),
  foreign key (authority_id, figure_id) references assessment_figure (authority_id, id)
);
call guard('assessment_figure_version', 'facts');

-- A file from which an assessment is to be read, kept while somebody looks at the preview.
create table assessment_import (
  authority_id uuid not null references authority (id),
  id uuid not null,
  file_id uuid not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid not null,
  primary key (authority_id, id),
  foreign key (authority_id, file_id) references stored_file (authority_id, id)
);
create index assessment_import_file on assessment_import (authority_id, file_id);
call guard('assessment_import', 'facts');

-- A year's answers to the inspectorate's three questions: what follows from the registers is worked
-- out, and these are the words that people add.
create table self_evaluation (
  authority_id uuid not null references authority (id),
  id uuid not null,
  year integer not null check (year between 2000 and 2200),
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  primary key (authority_id, id),
  unique (authority_id, year)
);
call guard('self_evaluation', 'facts');

create table self_evaluation_words (
  authority_id uuid not null,
  id uuid not null,
  evaluation_id uuid not null,
  question integer not null check (question between 1 and 3),
  version integer not null,
  effective_on date not null,
  recorded_at timestamptz not null default recorded_now(),
  recorded_by uuid,
  words text check (length(words) between 1 and 20000),
  primary key (authority_id, id),
  unique (authority_id, evaluation_id, question, version),
  foreign key (authority_id, evaluation_id) references self_evaluation (authority_id, id)
);
call guard('self_evaluation_words', 'facts');

comment on column assessment_version.title is 'redactable PLN: the title of a self-assessment';
comment on column assessment_version.period is 'redactable PLN: the year of a self-assessment';
comment on column assessment_version.contact is 'redactable PLN: whom to ask about a self-assessment';
comment on column assessment_section_version.title is 'redactable PLN: the title of a section';
comment on column assessment_section_version.summary is 'redactable PLN: the words of a section';
comment on column assessment_item_version.label is 'redactable PLN: a row of a self-assessment';
comment on column assessment_item_version.words is 'redactable PLN: the words of a row of a self-assessment';
comment on column assessment_item_version.dated is 'redactable PLN: a date as written in a self-assessment';
comment on column assessment_item_version.url is 'redactable PLN: an address in a self-assessment';
comment on column assessment_figure_version.value is 'redactable PLN: a figure of a self-assessment';
comment on column assessment_figure_version.origin is 'redactable PLN: where a figure comes from';
comment on column self_evaluation_words.words is 'redactable PLN: words of the annual self-evaluation';

-- All rows that belong to an assessment, in the order in which they can go; its findings are the
-- register's.
create function rows_of_assessment(item uuid)
  returns table (part integer, table_name text, key_column text, row_id uuid)
  language sql stable
  as $$
    with sections as (
      select id from assessment_section where authority_id = current_authority() and assessment_id = item
    ), items as (
      select id from assessment_item where authority_id = current_authority() and assessment_id = item
    ), figures as (
      select id from assessment_figure where authority_id = current_authority() and assessment_id = item
    ), relations as (
      select id from item_link where authority_id = current_authority()
        and ((from_kind = 'section' and from_id in (select id from sections))
          or (to_kind = 'section' and to_id in (select id from sections)))
    )
    select 1, 'item_link_end', 'id', id from item_link_end
      where authority_id = current_authority() and item_link_id in (select id from relations)
    union all select 2, 'item_link', 'id', id from relations
    union all select 2, 'section_step', 'id', id from section_step
      where authority_id = current_authority() and section_kind = 'narrative'
        and section_id in (select id from sections)
    union all select 2, 'assessment_item_version', 'id', id from assessment_item_version
      where authority_id = current_authority() and item_id in (select id from items)
    union all select 3, 'assessment_item', 'id', id from items
    union all select 3, 'assessment_section_version', 'id', id from assessment_section_version
      where authority_id = current_authority() and section_id in (select id from sections)
    union all select 4, 'assessment_section', 'id', id from sections
    union all select 3, 'assessment_figure_version', 'id', id from assessment_figure_version
      where authority_id = current_authority() and figure_id in (select id from figures)
    union all select 4, 'assessment_figure', 'id', id from figures
    union all select 4, 'assessment_version', 'id', id from assessment_version
      where authority_id = current_authority() and assessment_id = item
    union all select 5, 'assessment', 'id', id from assessment
      where authority_id = current_authority() and id = item
  $$;
