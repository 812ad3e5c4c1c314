// Snapshots that stations are fetching: a manifest for each, and parts by the hash of their bytes, so that any central
// process can serve them and two stations of a district share the parts that are alike. They go when they are an hour old.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 9,
  name: 'snapshots',
  sql: `
CREATE TABLE snapshots (
  snapshot_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  parts text[] NOT NULL,
  made_at_ms bigint NOT NULL
);
CREATE INDEX snapshots_by_age ON snapshots (made_at_ms);

CREATE TABLE snapshot_parts (
  sha256 text PRIMARY KEY,
  bytes bytea NOT NULL,
  used_at_ms bigint NOT NULL
);
CREATE INDEX snapshot_parts_by_age ON snapshot_parts (used_at_ms);
`,
}
