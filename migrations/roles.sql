-- The roles of a Sightline database. Run once by a superuser, before the first migration;
-- running it again changes nothing. Passwords are set apart from this file.
--
--   sightline_keeper  owns the database and its tables: migrations, back-up, restore
--   sightline_app     the program: owns nothing, and row-level security binds it
--   sightline_reader  will read published tables only

do $$
declare
  role_name text;
begin
  foreach role_name in array array['sightline_keeper', 'sightline_app', 'sightline_reader'] loop
    begin
      execute format('create role %I login', role_name);
    exception when duplicate_object then
      null;
    end;
    execute format(
      'alter role %I login nosuperuser nobypassrls nocreatedb nocreaterole noreplication', role_name);
  end loop;
end
$$;
