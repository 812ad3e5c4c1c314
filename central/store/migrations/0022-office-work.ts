// What the office decides: corrections of points, of which the large ones wait for a second person, and odd facts that somebody
// has looked at.

import { appendOnlySql, keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 22,
  name: 'office-work',
  sql: `
CREATE TABLE corrections (
  correction_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  rider_id uuid NOT NULL REFERENCES riders,
  points integer NOT NULL CHECK (points <> 0),
  reason text NOT NULL CHECK (reason IN ('paper_book', 'forgotten', 'counted_twice', 'wrong_rider', 'machine_fault', 'goodwill')),
  note text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'booked', 'refused')),
  proposed_by uuid NOT NULL REFERENCES office_accounts,
  proposed_at_ms bigint NOT NULL,
  decided_by uuid REFERENCES office_accounts,
  decided_at_ms bigint,
  CHECK ((decided_by IS NULL) = (state = 'waiting') AND (decided_at_ms IS NULL) = (state = 'waiting'))
);
CREATE INDEX corrections_by_time ON corrections (district_id, proposed_at_ms, correction_id);
CREATE INDEX corrections_waiting ON corrections (district_id) WHERE state = 'waiting';
CREATE INDEX corrections_of_rider ON corrections (rider_id);
${keptSql('corrections')}
REVOKE UPDATE ON corrections FROM boai_program;
GRANT UPDATE (state, decided_by, decided_at_ms, note) ON corrections TO boai_program;

CREATE TABLE acknowledgements (
  event_id uuid PRIMARY KEY REFERENCES events (event_id),
  district_id uuid NOT NULL,
  account_id uuid NOT NULL,
  at_ms bigint NOT NULL
);
${appendOnlySql('acknowledgements')}`,
}
