// Whose a slice is: one life of one station's file (docs/decisions/0005). Accounts of slices and the mirror of stock are
// kept by incarnation; recalls, renewals, earnings and undone redemptions get their rows; an incarnation gets the states it
// can be in, and central one for the time after a restore.

import { appendOnlySql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 7,
  name: 'slices-of-an-incarnation',
  sql: `
ALTER TABLE centrals ADD COLUMN recovering_since_ms bigint;

ALTER TABLE incarnations DROP CONSTRAINT incarnations_state_check;
ALTER TABLE incarnations ADD CHECK (state IN ('active', 'superseded', 'waiting', 'quarantined', 'banned'));
-- Events up to here are in a backup: the station may forget them in time.
ALTER TABLE incarnations ADD COLUMN backed_up_seq bigint NOT NULL DEFAULT 0 CHECK (backed_up_seq >= 0);

ALTER TABLE accounts ADD COLUMN incarnation uuid;
-- What was lent by station goes on by movements, not by rewriting: to the station's newest life, or home to the rider.
CREATE TEMPORARY TABLE slices_to_move ON COMMIT DROP AS
  SELECT gen_random_uuid() AS event_id, accounts.district_id, accounts.account_key AS from_key, accounts.rider_id, accounts.station_id, accounts.balance,
    newest.incarnation,
    CASE WHEN newest.incarnation IS NULL THEN 'rider:' || accounts.rider_id ELSE accounts.account_key || '#' || newest.incarnation END AS to_key
  FROM accounts LEFT JOIN LATERAL (
    SELECT incarnation FROM incarnations WHERE incarnations.station_id = accounts.station_id ORDER BY began_at_ms DESC, incarnation LIMIT 1
  ) AS newest ON true
  WHERE accounts.kind = 'rider_station' AND accounts.balance > 0;
INSERT INTO accounts (district_id, account_key, kind, rider_id, station_id, incarnation)
  SELECT district_id, to_key, CASE WHEN incarnation IS NULL THEN 'rider_central' ELSE 'rider_station' END, rider_id,
    CASE WHEN incarnation IS NULL THEN NULL ELSE station_id END, incarnation
  FROM slices_to_move ON CONFLICT DO NOTHING;
UPDATE accounts SET balance = accounts.balance + moved.balance FROM slices_to_move AS moved
  WHERE accounts.district_id = moved.district_id AND accounts.account_key = moved.to_key;
UPDATE accounts SET balance = 0 FROM slices_to_move AS moved WHERE accounts.district_id = moved.district_id AND accounts.account_key = moved.from_key;
INSERT INTO transfers (event_id, line, district_id, from_key, to_key, points, booked_at_ms)
  SELECT event_id, 1, district_id, from_key, to_key, balance, (extract(epoch FROM now()) * 1000)::bigint FROM slices_to_move;
DELETE FROM grants WHERE incarnation IS NULL;
DROP INDEX grants_of_nobody_yet;
ALTER TABLE grants ALTER COLUMN incarnation SET NOT NULL;
-- Accounts of before are empty and have no incarnation; every other slice has one.
ALTER TABLE accounts ADD CHECK (incarnation IS NULL OR kind IN ('rider_station', 'program_station'));
ALTER TABLE accounts ADD CHECK (incarnation IS NOT NULL OR balance = 0 OR kind NOT IN ('rider_station', 'program_station'));
CREATE INDEX accounts_of_incarnation ON accounts (station_id, incarnation) WHERE incarnation IS NOT NULL;

ALTER TABLE redemptions ADD COLUMN incarnation uuid;
UPDATE redemptions SET incarnation = events.incarnation FROM events WHERE events.event_id = redemptions.event_id;
ALTER TABLE redemptions ALTER COLUMN incarnation SET NOT NULL;
CREATE TABLE undone_redemptions (
  redemption_id uuid PRIMARY KEY REFERENCES redemptions,
  district_id uuid NOT NULL REFERENCES districts,
  event_id uuid NOT NULL UNIQUE,
  at_ms bigint NOT NULL
);
${appendOnlySql('undone_redemptions')}

CREATE TABLE earnings (
  event_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  request_id uuid NOT NULL,
  rider_id uuid NOT NULL,
  service_id text NOT NULL,
  points bigint NOT NULL CHECK (points > 0),
  in_slice boolean NOT NULL,
  at_ms bigint NOT NULL
);
CREATE INDEX earnings_by_request ON earnings (station_id, request_id);
${appendOnlySql('earnings')}

-- The mirror of stock by life: the goods that an old file knew of are counted anew by the next one.
ALTER TABLE stock_mirror ADD COLUMN incarnation uuid;
DELETE FROM stock_mirror;
ALTER TABLE stock_mirror DROP CONSTRAINT stock_mirror_pkey;
ALTER TABLE stock_mirror ALTER COLUMN incarnation SET NOT NULL;
ALTER TABLE stock_mirror ADD PRIMARY KEY (station_id, incarnation, item_id);
INSERT INTO stock_mirror (district_id, station_id, incarnation, item_id, on_hand)
  SELECT district_id, station_id, incarnation, item_id, sum(on_hand) FROM lots_mirror GROUP BY district_id, station_id, incarnation, item_id;

-- One question by rider and holder: who asked last, and when. It lapses by itself; no right hangs on it.
CREATE TABLE recalls (
  rider_id uuid NOT NULL REFERENCES riders,
  holder_id uuid NOT NULL REFERENCES stations,
  district_id uuid NOT NULL REFERENCES districts,
  asker_id uuid NOT NULL REFERENCES stations,
  asked_at_ms bigint NOT NULL,
  PRIMARY KEY (rider_id, holder_id)
);

CREATE TABLE earning_slices (
  grant_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  incarnation uuid NOT NULL,
  points bigint NOT NULL CHECK (points > 0),
  granted_at_ms bigint NOT NULL,
  received_at_ms bigint,
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);

-- For which day the home station's standing allowance of a rider was last looked at.
CREATE TABLE standing_renewals (
  rider_id uuid PRIMARY KEY REFERENCES riders,
  district_id uuid NOT NULL REFERENCES districts,
  day integer NOT NULL
);
CREATE INDEX riders_of_home ON riders (home_station_id);

ALTER TABLE entries DROP CONSTRAINT entries_reason_check;
ALTER TABLE entries ADD CHECK (reason IN ('redemption', 'service', 'training', 'report', 'correction', 'opening', 'undone'));

INSERT INTO rules (district_id, name, value)
  SELECT district_id, name, value FROM districts, (VALUES
    ('standing_allowance_points', 50), ('earning_slice_points', 500), ('top_up_points_max', 1000000), ('spend_before_hello', 1), ('outbox_alarm_hours', 24)
  ) AS missing(name, value)
  WHERE EXISTS (SELECT 1 FROM rules WHERE rules.district_id = districts.district_id)
  ON CONFLICT DO NOTHING;
`,
}
