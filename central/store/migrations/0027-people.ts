// Riders' names and phones under the key of each (docs/decisions/0007): readable is what a public screen may show, to be found
// are they by a keyed hash. Who registered where, with which consent. `full_name` is of databases before: it is moved at the
// start (people/move-names) and stays empty.

import { appendOnlySql, keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 27,
  name: 'people',
  sql: `
ALTER TABLE riders
  ALTER COLUMN full_name DROP NOT NULL,
  ADD COLUMN masked_name text NOT NULL DEFAULT '*',
  ADD COLUMN person bytea,
  ADD COLUMN name_index bytea,
  ADD COLUMN phone_index bytea,
  ADD COLUMN red_cross text NOT NULL DEFAULT 'none' CHECK (red_cross IN ('none', 'member', 'volunteer')),
  ADD COLUMN volunteer_team boolean NOT NULL DEFAULT false,
  ADD COLUMN consent_version integer,
  ADD COLUMN registered_at_ms bigint,
  ADD COLUMN registered_station_id uuid;
DROP INDEX riders_by_name;
CREATE INDEX riders_by_masked_name ON riders (district_id, masked_name text_pattern_ops);
CREATE INDEX riders_by_name_index ON riders (district_id, name_index);
CREATE INDEX riders_by_phone_index ON riders (district_id, phone_index);

CREATE TABLE consent_texts (
  district_id uuid NOT NULL REFERENCES districts,
  version integer NOT NULL CHECK (version > 0),
  text jsonb NOT NULL,
  made_at_ms bigint NOT NULL,
  PRIMARY KEY (district_id, version)
);
${appendOnlySql('consent_texts')}

-- For staff: two riders gave the same phone. One of them is the other, or they share it.
CREATE TABLE same_phones (
  rider_id uuid NOT NULL REFERENCES riders,
  other_id uuid NOT NULL REFERENCES riders,
  district_id uuid NOT NULL,
  found_at_ms bigint NOT NULL,
  settled_at_ms bigint,
  PRIMARY KEY (rider_id, other_id),
  CHECK (rider_id < other_id)
);
CREATE INDEX same_phones_open ON same_phones (district_id, found_at_ms) WHERE settled_at_ms IS NULL;
${keptSql('same_phones')}`,
}
