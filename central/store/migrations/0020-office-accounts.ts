// Who may use the office: accounts with their password and authenticator, invitations of one use, sessions that can be ended,
// and how often a name was tried. Names that are tried are kept as hashes, whether they exist or not.

import type { Migration } from './migration.ts'
import { keptSql } from '../table-rights.ts'

export const migration: Migration = {
  number: 20,
  name: 'office-accounts',
  sql: `
CREATE TABLE partners (
  partner_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  name jsonb NOT NULL,
  kind text NOT NULL CHECK (kind IN ('unit', 'merchant', 'members')),
  state text NOT NULL CHECK (state IN ('active', 'closed')),
  made_at_ms bigint NOT NULL,
  closed_at_ms bigint,
  CHECK ((closed_at_ms IS NOT NULL) = (state = 'closed'))
);
CREATE INDEX partners_of_district ON partners (district_id, made_at_ms, partner_id);

CREATE TABLE office_accounts (
  account_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid REFERENCES stations,
  partner_id uuid REFERENCES partners,
  sign_in_name text NOT NULL UNIQUE,
  shown_name text NOT NULL,
  role text NOT NULL CHECK (role IN ('district_staff', 'station_head', 'volunteer', 'partner', 'read_only')),
  state text NOT NULL CHECK (state IN ('invited', 'active', 'closed')),
  password_hash text,
  -- The authenticator's secret, sealed to a key outside the database; and the last time step that was used, so that six digits count once.
  totp_box bytea,
  totp_step_used bigint NOT NULL DEFAULT 0,
  made_at_ms bigint NOT NULL,
  closed_at_ms bigint,
  CHECK ((station_id IS NOT NULL) = (role IN ('station_head', 'volunteer'))),
  CHECK ((partner_id IS NOT NULL) = (role = 'partner')),
  CHECK ((password_hash IS NULL) = (totp_box IS NULL)),
  CHECK (state <> 'active' OR password_hash IS NOT NULL),
  CHECK ((closed_at_ms IS NOT NULL) = (state = 'closed'))
);
CREATE INDEX office_accounts_by_name ON office_accounts (district_id, sign_in_name, account_id);
CREATE INDEX office_accounts_of_partner ON office_accounts (partner_id) WHERE partner_id IS NOT NULL;

CREATE TABLE office_invitations (
  code_hash text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES office_accounts,
  made_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL
);
CREATE INDEX office_invitations_of_account ON office_invitations (account_id);

CREATE TABLE office_sessions (
  session_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES office_accounts,
  token_hash text NOT NULL UNIQUE,
  browser text NOT NULL,
  began_at_ms bigint NOT NULL,
  seen_at_ms bigint NOT NULL,
  ended_at_ms bigint,
  ended_why text CHECK (ended_why IN ('signed_out', 'ended_by_staff', 'too_many', 'account_closed', 'invited_again')),
  CHECK ((ended_at_ms IS NULL) = (ended_why IS NULL))
);
CREATE INDEX office_sessions_of_account ON office_sessions (account_id, began_at_ms);

CREATE TABLE office_tries (
  name_hash text PRIMARY KEY,
  failed integer NOT NULL,
  since_ms bigint NOT NULL
);
CREATE INDEX office_tries_by_age ON office_tries (since_ms);
${keptSql('partners', 'office_accounts')}`,
}
