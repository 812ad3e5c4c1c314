// What stations sent: every event as the bytes it came in, in order, with its outcome; the signed proof of each batch; and
// apart from them what an incarnation sent after it contradicted itself. Nothing here is ever rewritten (invariant 3).

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 2,
  name: 'outboxes',
  sql: `
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: facts are never rewritten', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TABLE incarnations (
  district_id uuid NOT NULL REFERENCES districts,
  station_id uuid NOT NULL REFERENCES stations,
  incarnation uuid NOT NULL,
  last_seq bigint NOT NULL CHECK (last_seq >= 0),
  last_hash bytea NOT NULL CHECK (octet_length(last_hash) = 32),
  state text NOT NULL CHECK (state IN ('active', 'quarantined')),
  began_at_ms bigint NOT NULL,
  heard_at_ms bigint NOT NULL,
  PRIMARY KEY (station_id, incarnation)
);

CREATE TABLE events (
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  event_id uuid NOT NULL UNIQUE,
  kind text NOT NULL,
  version integer NOT NULL,
  wall_ms bigint NOT NULL,
  header text NOT NULL,
  body bytea NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  outcome text NOT NULL CHECK (outcome IN ('recorded', 'flagged', 'parked')),
  code text CHECK ((code IS NULL) = (outcome = 'recorded')),
  received_at_ms bigint NOT NULL,
  PRIMARY KEY (station_id, incarnation, seq),
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);
CREATE INDEX events_to_look_at ON events (district_id, received_at_ms) WHERE outcome <> 'recorded';
CREATE TRIGGER events_are_kept BEFORE DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
-- The outcome of a parked event changes when a newer program can read it; what the station said never does.
CREATE TRIGGER events_stay_as_sent
  BEFORE UPDATE OF district_id, station_id, incarnation, seq, event_id, kind, version, wall_ms, header, body, hash, received_at_ms ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

CREATE TABLE batches (
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  last_hash bytea NOT NULL,
  signature bytea NOT NULL,
  received_at_ms bigint NOT NULL,
  PRIMARY KEY (station_id, incarnation, first_seq, last_seq, last_hash),
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);

CREATE TABLE quarantined_events (
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  header text NOT NULL,
  body bytea NOT NULL,
  received_at_ms bigint NOT NULL,
  PRIMARY KEY (station_id, incarnation, seq, hash),
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);
`,
}
