// Entries are told to stations once and never change, so the log keeps no row for each: one row holds those that a transaction
// tells one scope, one behind the other, the last one's number with it. What is a state of the mirror stays a row by its key.
// Two numbers alike in a district are impossible under the counter's lock; the index that readers use says it a scope.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 33,
  name: 'entries-told-together',
  sql: `
CREATE TABLE entry_changes (
  district_id uuid NOT NULL,
  scope text NOT NULL,
  -- Of the last key; those before it have the numbers before it.
  number bigint NOT NULL,
  keys uuid[] NOT NULL CHECK (cardinality(keys) > 0),
  PRIMARY KEY (district_id, scope, number),
  CHECK (number >= cardinality(keys))
);
INSERT INTO entry_changes (district_id, scope, number, keys) SELECT district_id, scope, number, ARRAY[key::uuid] FROM changes WHERE kind = 'entry';
DELETE FROM changes WHERE kind = 'entry';
ALTER TABLE changes ADD CHECK (kind <> 'entry');
DROP INDEX changes_of_scope;
ALTER TABLE changes DROP CONSTRAINT changes_district_id_number_key, ADD UNIQUE (district_id, scope, number);
REVOKE UPDATE, DELETE ON entry_changes FROM boai_program;
`,
}
