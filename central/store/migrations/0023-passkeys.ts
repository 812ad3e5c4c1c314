// Passkeys of the office's accounts, and the challenges that wait for an answer: each is answered once, within minutes.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 23,
  name: 'passkeys',
  sql: `
CREATE TABLE office_passkeys (
  passkey_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES office_accounts,
  credential_id text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  made_at_ms bigint NOT NULL,
  used_at_ms bigint
);
CREATE INDEX office_passkeys_of_account ON office_passkeys (account_id, made_at_ms);

CREATE TABLE office_challenges (
  challenge text PRIMARY KEY,
  -- null: of somebody who signs in.
  account_id uuid,
  made_at_ms bigint NOT NULL
);
CREATE INDEX office_challenges_by_age ON office_challenges (made_at_ms);
`,
}
