// Who is who: what a station said in its last hello, the codes by which one joins, which stations a restored central waits
// for, what the operator did, and how far a backup reaches. Private pass keys have left the database for a file of their own.

import { appendOnlySql, keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 8,
  name: 'who-is-who',
  sql: `
ALTER TABLE centrals ADD COLUMN restored_at_ms bigint;

ALTER TABLE stations ADD COLUMN enrolled_at_ms bigint;
-- Staff have just put another machine here: the next new file of this station is the station.
ALTER TABLE stations ADD COLUMN admits_next boolean NOT NULL DEFAULT false;

-- Of the last hello.
ALTER TABLE incarnations ADD COLUMN hello_at_ms bigint;
ALTER TABLE incarnations ADD COLUMN hello_history uuid;
ALTER TABLE incarnations ADD COLUMN claimed_seq bigint;
ALTER TABLE incarnations ADD COLUMN clock_offset_ms bigint;
ALTER TABLE incarnations ADD COLUMN program text;
-- The file that this one replaced, as it said itself.
ALTER TABLE incarnations ADD COLUMN previous uuid;

-- While central recovers: one row for each station that has to say hello and bring everything it claims.
CREATE TABLE recovery_waits (
  station_id uuid PRIMARY KEY REFERENCES stations,
  district_id uuid NOT NULL REFERENCES districts,
  incarnation uuid,
  claimed_seq bigint,
  hello_at_ms bigint,
  back_at_ms bigint,
  CHECK ((incarnation IS NULL) = (claimed_seq IS NULL))
);

CREATE TABLE enrolment_codes (
  code_hash text PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  -- Of the station that joins: there already where its machine is replaced.
  station_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  details jsonb NOT NULL,
  made_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  used_at_ms bigint,
  used_by_key text,
  CHECK ((used_at_ms IS NULL) = (used_by_key IS NULL))
);

CREATE TABLE operator_acts (
  act_id uuid PRIMARY KEY,
  at_ms bigint NOT NULL,
  act text NOT NULL,
  subject jsonb NOT NULL,
  result text NOT NULL
);
${appendOnlySql('operator_acts')}

CREATE TABLE write_offs (
  write_off_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  staff_one uuid NOT NULL,
  staff_two uuid NOT NULL CHECK (staff_two <> staff_one),
  reason text NOT NULL CHECK (reason IN ('lost', 'stolen', 'broken', 'copied', 'other')),
  riders integer NOT NULL,
  rider_points bigint NOT NULL,
  program_points bigint NOT NULL,
  at_ms bigint NOT NULL,
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);
CREATE INDEX write_offs_of_incarnation ON write_offs (station_id, incarnation);
${appendOnlySql('write_offs')}

-- A late fact of a banned file that staff accepted: the programme pays what discrepancy had paid. Once an event.
CREATE TABLE remedies (
  event_id uuid PRIMARY KEY REFERENCES events (event_id),
  district_id uuid NOT NULL REFERENCES districts,
  remedy text NOT NULL CHECK (remedy IN ('accepted')),
  points bigint NOT NULL CHECK (points > 0),
  at_ms bigint NOT NULL
);
${appendOnlySql('remedies')}

CREATE TABLE backups (
  number integer PRIMARY KEY CHECK (number > 0),
  begun_at_ms bigint NOT NULL,
  done_at_ms bigint
);
-- How far each file's events were here when the backup began: that far it surely reaches.
CREATE TABLE backup_marks (
  number integer NOT NULL REFERENCES backups,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  last_seq bigint NOT NULL,
  PRIMARY KEY (number, station_id, incarnation)
);
${keptSql('earning_slices', 'standing_renewals')}`,
}
