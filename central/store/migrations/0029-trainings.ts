// Trainings: what is offered, its places with their owners, blocks that were lent, how riders stand, every act that moved one of
// these in its order, and what attendance leaves: certificates and service records. Requests have outcomes of their own.

import { appendOnlySql, keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 29,
  name: 'trainings',
  sql: `
CREATE TABLE trainings (
  training_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  topic text NOT NULL,
  title jsonb NOT NULL,
  place jsonb NOT NULL,
  starts_at_ms bigint NOT NULL CHECK (starts_at_ms >= 0),
  ends_at_ms bigint NOT NULL CHECK (ends_at_ms > starts_at_ms),
  closes_at_ms bigint NOT NULL CHECK (closes_at_ms <= starts_at_ms),
  blocks_back_at_ms bigint NOT NULL CHECK (blocks_back_at_ms <= closes_at_ms),
  answer_ms bigint NOT NULL CHECK (answer_ms > 0),
  capacity integer NOT NULL CHECK (capacity > 0),
  points integer NOT NULL CHECK (points >= 0),
  certificate_months integer CHECK (certificate_months > 0),
  host_station_id uuid NOT NULL REFERENCES stations (station_id),
  audience jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'cancelled')),
  cancel_reason text CHECK ((cancel_reason IS NOT NULL) = (state = 'cancelled')),
  revision integer NOT NULL CHECK (revision > 0),
  told_revision integer NOT NULL CHECK (told_revision BETWEEN 1 AND revision),
  series_id uuid,
  last_number integer NOT NULL DEFAULT 0,
  last_act integer NOT NULL DEFAULT 0,
  -- The next moment at which time alone changes something.
  next_settling_ms bigint,
  made_at_ms bigint NOT NULL
);
CREATE INDEX trainings_of_district ON trainings (district_id, starts_at_ms, training_id);
CREATE INDEX trainings_to_settle ON trainings (next_settling_ms) WHERE next_settling_ms IS NOT NULL;

CREATE TABLE training_seats (
  training_id uuid NOT NULL REFERENCES trainings,
  seat integer NOT NULL CHECK (seat > 0),
  district_id uuid NOT NULL,
  block_id uuid,
  rider_id uuid,
  offered_to uuid CHECK (offered_to IS NULL OR (rider_id IS NULL AND block_id IS NULL)),
  vacated boolean NOT NULL,
  retired boolean NOT NULL CHECK (NOT retired OR (rider_id IS NULL AND block_id IS NULL AND offered_to IS NULL)),
  PRIMARY KEY (training_id, seat),
  -- No seat is sold twice, and nobody has two (invariant 7).
  UNIQUE (training_id, rider_id)
);
CREATE INDEX training_seats_of_block ON training_seats (block_id) WHERE block_id IS NOT NULL;

CREATE TABLE seat_blocks (
  block_id uuid PRIMARY KEY,
  training_id uuid NOT NULL REFERENCES trainings,
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  seats jsonb NOT NULL,
  received boolean NOT NULL,
  recalled boolean NOT NULL
);
CREATE INDEX seat_blocks_of_training ON seat_blocks (training_id);
CREATE INDEX seat_blocks_of_file ON seat_blocks (station_id, incarnation);

CREATE TABLE signups (
  training_id uuid NOT NULL REFERENCES trainings,
  rider_id uuid NOT NULL,
  district_id uuid NOT NULL,
  signup_id uuid NOT NULL,
  standing text NOT NULL CHECK (standing IN ('seated', 'waiting', 'offered', 'declined', 'cancelled', 'refused', 'attended')),
  seat integer,
  number integer CHECK ((number IS NOT NULL) = (standing = 'waiting')),
  offer_ends_at_ms bigint CHECK ((offer_ends_at_ms IS NOT NULL) = (standing = 'offered')),
  asked_at_ms bigint NOT NULL,
  refusal text CHECK ((refusal IS NOT NULL) = (standing = 'refused')),
  note text,
  seen_revision integer NOT NULL,
  PRIMARY KEY (training_id, rider_id),
  CHECK (seat IS NOT NULL OR standing NOT IN ('seated', 'offered'))
);
CREATE INDEX signups_of_rider ON signups (rider_id);

CREATE TABLE training_acts (
  training_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  district_id uuid NOT NULL,
  act jsonb NOT NULL,
  at_ms bigint NOT NULL,
  may_give boolean NOT NULL,
  PRIMARY KEY (training_id, number)
);
${appendOnlySql('training_acts')}

CREATE TABLE attendances (
  training_id uuid NOT NULL,
  rider_id uuid NOT NULL,
  district_id uuid NOT NULL,
  event_id uuid NOT NULL UNIQUE,
  station_id uuid,
  staff_id uuid NOT NULL,
  walk_in boolean NOT NULL,
  late boolean NOT NULL,
  points integer NOT NULL,
  certificate_id uuid,
  at_ms bigint NOT NULL,
  PRIMARY KEY (training_id, rider_id)
);
${appendOnlySql('attendances')}

CREATE TABLE certificates (
  certificate_id uuid PRIMARY KEY,
  district_id uuid NOT NULL,
  rider_id uuid NOT NULL,
  training_id uuid NOT NULL,
  topic text NOT NULL,
  title jsonb NOT NULL,
  issued_day integer NOT NULL,
  expires_day integer
);
CREATE INDEX certificates_of_rider ON certificates (rider_id);
CREATE INDEX certificates_of_training ON certificates (training_id);

-- What a rider has given of his time, or learnt: by the act that says so.
CREATE TABLE service_records (
  record_id uuid PRIMARY KEY,
  district_id uuid NOT NULL,
  rider_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('training')),
  subject_id uuid NOT NULL,
  minutes integer NOT NULL CHECK (minutes >= 0),
  station_id uuid,
  at_ms bigint NOT NULL
);
CREATE INDEX service_records_of_rider ON service_records (rider_id, at_ms);
${appendOnlySql('service_records')}

ALTER TABLE events DROP CONSTRAINT IF EXISTS events_outcome_check, DROP CONSTRAINT IF EXISTS events_check;
ALTER TABLE events ADD CONSTRAINT events_outcome_check CHECK (outcome IN ('recorded', 'flagged', 'parked', 'granted', 'refused')),
  ADD CONSTRAINT events_code_check CHECK ((code IS NULL) = (outcome IN ('recorded', 'granted')));
DROP INDEX IF EXISTS events_to_look_at;
CREATE INDEX events_to_look_at ON events (district_id, received_at_ms) WHERE outcome IN ('flagged', 'parked');
${keptSql('trainings', 'training_seats', 'seat_blocks', 'signups')}`,
}
