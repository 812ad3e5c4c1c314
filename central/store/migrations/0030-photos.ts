// Photos: what is being uploaded, part by part, and what was made of it. The bytes are in the object store; a row says that they
// are there, and whose. A photo lives as long as a wish names it.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 30,
  name: 'photos',
  sql: `
CREATE TABLE photos (
  -- The object's id too.
  photo_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  account_id uuid NOT NULL REFERENCES office_accounts,
  -- null: it was taken in and nothing shows it yet.
  wish_id uuid,
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  bytes integer NOT NULL CHECK (bytes > 0),
  made_at_ms bigint NOT NULL
);
CREATE INDEX photos_of_account ON photos (account_id) WHERE wish_id IS NULL;
CREATE INDEX photos_unbound ON photos (made_at_ms) WHERE wish_id IS NULL;

CREATE TABLE photo_uploads (
  upload_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  account_id uuid NOT NULL REFERENCES office_accounts,
  bytes integer NOT NULL CHECK (bytes > 0),
  received integer NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND bytes),
  -- What was made of it; its parts are gone then.
  photo_id uuid REFERENCES photos ON DELETE SET NULL,
  state text NOT NULL CHECK (state IN ('open', 'done')),
  began_at_ms bigint NOT NULL
);
CREATE INDEX photo_uploads_of_account ON photo_uploads (account_id);
CREATE INDEX photo_uploads_by_time ON photo_uploads (began_at_ms);

CREATE TABLE photo_parts (
  upload_id uuid NOT NULL REFERENCES photo_uploads,
  starts_at integer NOT NULL CHECK (starts_at >= 0),
  bytes integer NOT NULL CHECK (bytes > 0),
  object_id uuid NOT NULL UNIQUE,
  PRIMARY KEY (upload_id, starts_at)
);
`,
}
