// A phone that goes on where a kiosk stands: one code for one rider and one purpose, used once, and the short session of whoever
// used it. Rows go after a day.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 28,
  name: 'hand-offs',
  sql: `
CREATE TABLE hand_offs (
  hand_off_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  -- null: somebody who registers.
  rider_id uuid REFERENCES riders,
  purpose text NOT NULL CHECK (purpose IN ('register', 'wish', 'my_points', 'my_trainings', 'my_wishes')),
  -- Of the code and of the session's token: neither is in the database.
  code_hash bytea NOT NULL UNIQUE CHECK (length(code_hash) = 32),
  session_hash bytea UNIQUE CHECK (length(session_hash) = 32),
  made_at_ms bigint NOT NULL,
  code_ends_at_ms bigint NOT NULL,
  opened_at_ms bigint,
  session_ends_at_ms bigint,
  received_at_ms bigint,
  closed_at_ms bigint,
  registered_id uuid REFERENCES riders,
  CHECK ((rider_id IS NULL) = (purpose = 'register')),
  CHECK ((opened_at_ms IS NULL) = (session_hash IS NULL) AND (opened_at_ms IS NULL) = (session_ends_at_ms IS NULL))
);
CREATE INDEX hand_offs_of_station ON hand_offs (station_id, made_at_ms);
CREATE INDEX hand_offs_of_rider ON hand_offs (rider_id);
CREATE INDEX hand_offs_by_time ON hand_offs (made_at_ms);
`,
}
