// Points in double entry: accounts with their balances, transfers that nobody can change or delete, and what a rider sees
// of them. The database itself refuses a rider's balance below zero. See docs/decisions/0003.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 3,
  name: 'ledger',
  sql: `
CREATE TABLE accounts (
  district_id uuid NOT NULL REFERENCES districts,
  account_key text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('program', 'rider_central', 'rider_station', 'redeemed_station', 'program_station', 'discrepancy')),
  rider_id uuid CHECK ((rider_id IS NOT NULL) = (kind IN ('rider_central', 'rider_station'))),
  station_id uuid CHECK ((station_id IS NOT NULL) = (kind IN ('rider_station', 'redeemed_station', 'program_station'))),
  balance bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (district_id, account_key),
  CHECK (balance >= 0 OR kind IN ('program', 'discrepancy'))
);
CREATE INDEX accounts_of_rider ON accounts (rider_id) WHERE rider_id IS NOT NULL;

CREATE TABLE transfers (
  event_id uuid NOT NULL,
  line integer NOT NULL CHECK (line > 0),
  district_id uuid NOT NULL REFERENCES districts,
  from_key text NOT NULL,
  to_key text NOT NULL CHECK (to_key <> from_key),
  points bigint NOT NULL CHECK (points > 0),
  booked_at_ms bigint NOT NULL,
  PRIMARY KEY (event_id, line),
  FOREIGN KEY (district_id, from_key) REFERENCES accounts,
  FOREIGN KEY (district_id, to_key) REFERENCES accounts
);
CREATE TRIGGER transfers_are_facts BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

CREATE TABLE entries (
  entry_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  rider_id uuid NOT NULL REFERENCES riders,
  at_ms bigint NOT NULL CHECK (at_ms >= 0),
  booked_at_ms bigint NOT NULL,
  points bigint NOT NULL,
  reason text NOT NULL CHECK (reason IN ('redemption', 'service', 'training', 'report', 'correction', 'opening')),
  what jsonb,
  lines jsonb NOT NULL,
  station_id uuid REFERENCES stations
);
CREATE INDEX entries_of_rider ON entries (rider_id, booked_at_ms);
CREATE TRIGGER entries_are_facts BEFORE UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

CREATE TABLE grants (
  grant_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  rider_id uuid NOT NULL REFERENCES riders,
  station_id uuid NOT NULL REFERENCES stations,
  points bigint NOT NULL CHECK (points > 0),
  granted_at_ms bigint NOT NULL,
  received_at_ms bigint
);
CREATE INDEX grants_of_rider ON grants (rider_id);

CREATE TABLE redemptions (
  event_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  request_id uuid NOT NULL,
  rider_id uuid NOT NULL,
  points bigint NOT NULL,
  overdrawn_points bigint NOT NULL CHECK (overdrawn_points BETWEEN 0 AND points),
  lines jsonb NOT NULL,
  at_ms bigint NOT NULL
);
CREATE INDEX redemptions_by_request ON redemptions (station_id, request_id);

CREATE TABLE stock_mirror (
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  item_id text NOT NULL,
  on_hand bigint NOT NULL,
  PRIMARY KEY (station_id, item_id)
);

CREATE TABLE lots_mirror (
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  incarnation uuid NOT NULL,
  lot bigint NOT NULL,
  item_id text NOT NULL,
  expiry_day integer,
  donor_id uuid,
  on_hand bigint NOT NULL,
  PRIMARY KEY (station_id, incarnation, lot)
);
`,
}
