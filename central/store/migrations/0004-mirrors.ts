// What stations are told: which riders a station mirrors, and one line for each row that changed, numbered in commit order
// within its district. Only the latest change of a row is kept; the row itself is read when it is asked for.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 4,
  name: 'mirrors',
  sql: `
CREATE TABLE station_riders (
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  rider_id uuid NOT NULL REFERENCES riders,
  added_at_ms bigint NOT NULL,
  PRIMARY KEY (station_id, rider_id)
);
CREATE INDEX station_riders_by_rider ON station_riders (rider_id);

CREATE TABLE change_counters (
  district_id uuid PRIMARY KEY REFERENCES districts,
  number bigint NOT NULL CHECK (number >= 0)
);

CREATE TABLE changes (
  district_id uuid NOT NULL REFERENCES districts,
  scope text NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  PRIMARY KEY (district_id, scope, kind, key),
  UNIQUE (district_id, number)
);
CREATE INDEX changes_of_scope ON changes (district_id, scope, number);
`,
}
