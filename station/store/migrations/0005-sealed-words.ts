// What people typed here, sealed to central's key, on its way there; and who registered here.

export const number = 5
export const name = 'sealed-words'

export const sql = `
-- Central's: what is typed here is sealed to it.
CREATE TABLE sealing_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  key_id TEXT NOT NULL,
  public_key TEXT NOT NULL
) STRICT;

CREATE TABLE sealed_words (
  ref TEXT PRIMARY KEY,
  -- Of the event that names it.
  seq INTEGER NOT NULL,
  rider TEXT NOT NULL,
  key_id TEXT NOT NULL,
  box BLOB NOT NULL,
  made_at_ms INTEGER NOT NULL,
  -- Central holds it, and had everything up to that event then; null: it does not, as far as is known here.
  held_after_seq INTEGER,
  -- Why central did not take it the last time.
  refused TEXT
) STRICT;
CREATE INDEX sealed_words_waiting ON sealed_words (seq) WHERE held_after_seq IS NULL;
CREATE INDEX sealed_words_of_rider ON sealed_words (rider);

CREATE TABLE registrations (
  seq INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,
  rider TEXT NOT NULL UNIQUE
) STRICT;
`
