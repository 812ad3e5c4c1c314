// What people typed, kept under a key of their own: erasing the key erases the words, and leaves events and ledger whole. The
// public half of the key that stations seal to; its private half never is in the database.

import { appendOnlySql, keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 13,
  name: 'sealed-words',
  sql: `
-- What stations were told last.
CREATE TABLE sealing_key (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  key_id text NOT NULL,
  public_key text NOT NULL,
  made_at_ms bigint NOT NULL
);

CREATE TABLE person_keys (
  rider_id uuid PRIMARY KEY,
  district_id uuid NOT NULL,
  key bytea NOT NULL CHECK (length(key) = 32),
  made_at_ms bigint NOT NULL
);

-- One row for each reference of an event; kept is null until the box has come, and again when the person was erased.
CREATE TABLE words (
  ref uuid PRIMARY KEY,
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  rider_id uuid NOT NULL,
  event_id uuid NOT NULL,
  purpose text NOT NULL,
  commitment bytea NOT NULL CHECK (length(commitment) = 32),
  kept bytea,
  held_at_ms bigint,
  CHECK (kept IS NULL OR held_at_ms IS NOT NULL)
);
CREATE INDEX words_of_rider ON words (rider_id);
CREATE INDEX words_awaited ON words (district_id) WHERE held_at_ms IS NULL;

CREATE TABLE erased_persons (
  rider_id uuid PRIMARY KEY,
  district_id uuid NOT NULL,
  erased_at_ms bigint NOT NULL
);
${appendOnlySql('erased_persons')}
${keptSql('words', 'sealing_key')}`,
}
