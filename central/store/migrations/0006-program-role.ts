// The role the program runs as, and what it may do. Roles belong to the whole server, so it may be there already; an owner
// who may not make one is told what an administrator has to type. The owner must be able to act as it.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 6,
  name: 'program-role',
  sql: `
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'boai_program') THEN
    BEGIN
      CREATE ROLE boai_program NOLOGIN NOINHERIT;
    EXCEPTION
      -- Another database of this server was migrated at the same moment.
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'role boai_program is missing and % may not create roles; an administrator types: CREATE ROLE boai_program NOLOGIN; GRANT boai_program TO %;', current_user, quote_ident(current_user)
          USING ERRCODE = 'insufficient_privilege';
    END;
  END IF;
  BEGIN
    SET LOCAL ROLE boai_program;
    RESET ROLE;
  EXCEPTION WHEN insufficient_privilege THEN
    BEGIN
      EXECUTE format('GRANT boai_program TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE EXCEPTION '% may not act as boai_program; an administrator types: GRANT boai_program TO %;', current_user, quote_ident(current_user)
        USING ERRCODE = 'insufficient_privilege';
    END;
  END;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO boai_program', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO boai_program', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO boai_program', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO boai_program', current_schema());
END
$$;

REVOKE INSERT, UPDATE, DELETE ON migrations FROM boai_program;
REVOKE UPDATE, DELETE ON transfers, entries, batches, quarantined_events, events FROM boai_program;
GRANT UPDATE (outcome, code) ON events TO boai_program;
REVOKE DELETE ON centrals, districts, stations, cards, pass_keys, incarnations, accounts, grants, redemptions, change_counters FROM boai_program;

CREATE TRIGGER batches_are_facts BEFORE UPDATE OR DELETE OR TRUNCATE ON batches FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER quarantined_events_are_facts
  BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantined_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
`,
}
