// Who takes part (districts, stations, riders, staff, donors, their cards) and what is offered (items, services, rules).
// The full name stands in `riders` and `staff` and nowhere else; every other place shows the masked one.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 1,
  name: 'parties-and-catalogue',
  sql: `
CREATE TABLE centrals (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  history uuid NOT NULL
);

CREATE TABLE districts (
  district_id uuid PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL
);

CREATE TABLE stations (
  station_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  number integer NOT NULL CHECK (number > 0),
  name jsonb NOT NULL,
  brand jsonb NOT NULL,
  hotline text NOT NULL,
  facilities jsonb NOT NULL,
  panel_pitch_mm double precision NOT NULL,
  public_key text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'revoked')),
  UNIQUE (district_id, number)
);

CREATE TABLE riders (
  rider_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  full_name text NOT NULL,
  platform text NOT NULL,
  site text NOT NULL,
  phone_tail text NOT NULL,
  standing text NOT NULL CHECK (standing IN ('active', 'suspended')),
  hide_balance boolean NOT NULL,
  home_station_id uuid NOT NULL REFERENCES stations
);

CREATE TABLE staff (
  staff_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  full_name text NOT NULL,
  role text NOT NULL CHECK (role IN ('volunteer', 'station_head')),
  pin_hash text NOT NULL,
  active boolean NOT NULL
);
CREATE INDEX staff_of_station ON staff (station_id);

CREATE TABLE cards (
  district_id uuid NOT NULL REFERENCES districts,
  holder_kind text NOT NULL CHECK (holder_kind IN ('rider', 'staff')),
  holder_id uuid NOT NULL,
  card integer NOT NULL CHECK (card BETWEEN 1 AND 65535),
  issue_day integer NOT NULL CHECK (issue_day BETWEEN 0 AND 65535),
  key_id integer NOT NULL,
  revoked_at_ms bigint,
  PRIMARY KEY (holder_id, card)
);

CREATE TABLE pass_keys (
  key_id integer PRIMARY KEY CHECK (key_id BETWEEN 0 AND 65535),
  public_key text NOT NULL,
  private_key_pem text
);

CREATE TABLE donors (
  donor_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  name jsonb NOT NULL
);

CREATE TABLE items (
  district_id uuid NOT NULL REFERENCES districts,
  item_id text NOT NULL,
  name jsonb NOT NULL,
  category text NOT NULL CHECK (category IN ('road', 'home', 'food', 'care')),
  price_points integer NOT NULL CHECK (price_points >= 0),
  cost_fen integer NOT NULL CHECK (cost_fen >= 0),
  picture text NOT NULL,
  tint text NOT NULL,
  limit_quantity integer CHECK (limit_quantity > 0),
  limit_period text CHECK (limit_period IN ('day', 'week', 'month', 'halfyear')),
  perishable boolean NOT NULL,
  offered boolean NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (district_id, item_id),
  CHECK ((limit_quantity IS NULL) = (limit_period IS NULL))
);

CREATE TABLE barcodes (
  district_id uuid NOT NULL,
  code text NOT NULL,
  item_id text NOT NULL,
  units integer NOT NULL CHECK (units > 0),
  PRIMARY KEY (district_id, code),
  FOREIGN KEY (district_id, item_id) REFERENCES items
);
CREATE INDEX barcodes_of_item ON barcodes (district_id, item_id);

CREATE TABLE services (
  district_id uuid NOT NULL REFERENCES districts,
  service_id text NOT NULL,
  name jsonb NOT NULL,
  points integer NOT NULL CHECK (points > 0),
  per text NOT NULL CHECK (per IN ('activity', 'hour', 'report')),
  cap_per_activity integer,
  PRIMARY KEY (district_id, service_id)
);

CREATE TABLE rules (
  district_id uuid NOT NULL REFERENCES districts,
  name text NOT NULL,
  value integer NOT NULL,
  PRIMARY KEY (district_id, name)
);
`,
}
