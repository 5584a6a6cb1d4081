-- What lets anchors and back-ups of one installation be told from those of another: a number that
-- is drawn once, and comes back with a restored back-up. It is one of the listed exceptions to
-- "every table begins with the authority".
create table installation (
  the_only boolean primary key default true check (the_only),
  id uuid not null default gen_random_uuid()
);
insert into installation default values;
grant select on installation to sightline_app;
