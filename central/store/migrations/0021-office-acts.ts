// The audit trail of the office, which nobody rewrites, and the indexes by which its tables are paged.

import { appendOnlySql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 21,
  name: 'office-acts',
  sql: `
CREATE TABLE office_acts (
  act_id uuid PRIMARY KEY,
  district_id uuid NOT NULL,
  -- null: the operator, by the command line.
  account_id uuid,
  at_ms bigint NOT NULL,
  act text NOT NULL,
  kind text NOT NULL,
  row_key text NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL
);
CREATE INDEX office_acts_by_time ON office_acts (district_id, at_ms, act_id);
CREATE INDEX office_acts_of_account ON office_acts (account_id, at_ms, act_id);
${appendOnlySql('office_acts')}

CREATE INDEX riders_by_id ON riders (district_id, rider_id);
CREATE INDEX riders_by_phone_tail ON riders (district_id, phone_tail, rider_id);
CREATE INDEX riders_by_site ON riders (district_id, site, rider_id);
CREATE INDEX riders_by_home ON riders (district_id, home_station_id, rider_id);
CREATE INDEX riders_by_name ON riders (district_id, full_name text_pattern_ops);
CREATE INDEX entries_by_week ON entries (district_id, booked_at_ms) INCLUDE (points, reason);
`,
}
