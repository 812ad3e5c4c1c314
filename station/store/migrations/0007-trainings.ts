// Trainings: rows of central, places that this file was lent, what riders did here about them, and who was there. Whether a place
// is taken is never stored: it follows from what was done here and from what central has said since.

export const number = 7
export const name = 'trainings'

export const sql = `
CREATE TABLE trainings (
  id TEXT PRIMARY KEY,
  starts_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  row TEXT NOT NULL
) STRICT;
CREATE INDEX trainings_by_time ON trainings (ends_at_ms);

CREATE TABLE seat_blocks (
  id TEXT PRIMARY KEY,
  training TEXT NOT NULL,
  received_seq INTEGER NOT NULL UNIQUE,
  recalled INTEGER NOT NULL DEFAULT 0 CHECK (recalled IN (0, 1))
) STRICT;
CREATE INDEX seat_blocks_of_training ON seat_blocks (training);

-- Places that are this file's: gone when they go back.
CREATE TABLE held_seats (
  training TEXT NOT NULL,
  seat INTEGER NOT NULL CHECK (seat > 0),
  block TEXT NOT NULL,
  received_seq INTEGER NOT NULL,
  PRIMARY KEY (training, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE signup_acts (
  seq INTEGER PRIMARY KEY,
  training TEXT NOT NULL,
  rider TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('seated', 'requested', 'cancelled', 'answered', 'attended', 'seen')),
  -- The request that began the sign-up.
  signup TEXT NOT NULL,
  request TEXT UNIQUE,
  seat INTEGER CHECK ((seat IS NOT NULL) = (act = 'seated')),
  accept INTEGER CHECK ((accept IS NOT NULL) = (act = 'answered')),
  revision INTEGER
) STRICT;
CREATE INDEX signup_acts_of_rider ON signup_acts (rider, training, seq);
CREATE INDEX signup_acts_of_training ON signup_acts (training, seat);

CREATE TABLE signups (
  rider TEXT NOT NULL,
  training TEXT NOT NULL,
  id TEXT NOT NULL,
  standing TEXT NOT NULL,
  seat INTEGER,
  number INTEGER,
  offer_ends_at_ms INTEGER,
  refusal TEXT,
  note TEXT,
  seen_revision INTEGER NOT NULL,
  included_seq INTEGER NOT NULL,
  PRIMARY KEY (rider, training)
) STRICT, WITHOUT ROWID;
CREATE INDEX signups_of_training ON signups (training);

CREATE TABLE attendances (
  seq INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,
  training TEXT NOT NULL,
  rider TEXT NOT NULL,
  staff TEXT NOT NULL,
  walk_in INTEGER NOT NULL CHECK (walk_in IN (0, 1)),
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  points INTEGER NOT NULL CHECK (points >= 0),
  in_slice INTEGER NOT NULL CHECK (in_slice IN (0, 1)),
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX attendances_of_training ON attendances (training, rider);
CREATE INDEX attendances_pending ON attendances (rider, seq) WHERE in_slice = 0;

CREATE TABLE certificates (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL,
  topic TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  issued_day INTEGER NOT NULL,
  expires_day INTEGER
) STRICT;
CREATE INDEX certificates_of_rider ON certificates (rider);

-- Requests have an outcome of their own beside those of facts.
CREATE TABLE outcomes_new (
  seq INTEGER PRIMARY KEY,
  outcome TEXT NOT NULL CHECK (outcome IN ('flagged', 'parked', 'refused')),
  code TEXT NOT NULL
) STRICT;
INSERT INTO outcomes_new SELECT seq, outcome, code FROM outcomes;
DROP TABLE outcomes;
ALTER TABLE outcomes_new RENAME TO outcomes;
`
