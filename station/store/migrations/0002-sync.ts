// What "Sync" needs: how far central has got and what it thinks of this file, recalls and returns, the earning slice, undone
// redemptions, the versions of mirrored rows. Sent events can be dropped: no table refers to the outbox any more, and a lot
// no more to its item, so that a file can be made again from its events before the catalogue is here.

export const number = 2
export const name = 'sync'

/** SQLite can not take a reference from a table: each is made anew, children first. */
const rebuilt = `
CREATE TABLE outcomes_new (
  seq INTEGER PRIMARY KEY,
  outcome TEXT NOT NULL CHECK (outcome IN ('flagged', 'parked')),
  code TEXT NOT NULL
) STRICT;
INSERT INTO outcomes_new SELECT seq, outcome, code FROM outcomes;
DROP TABLE outcomes;
ALTER TABLE outcomes_new RENAME TO outcomes;

CREATE TABLE grants_new (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0),
  received_seq INTEGER NOT NULL UNIQUE
) STRICT;
INSERT INTO grants_new SELECT id, rider, points, received_seq FROM grants;
DROP TABLE grants;
ALTER TABLE grants_new RENAME TO grants;

CREATE TABLE lots_new (
  lot INTEGER PRIMARY KEY,
  item TEXT NOT NULL,
  expiry_day INTEGER,
  donor TEXT,
  quantity_received INTEGER NOT NULL CHECK (quantity_received >= 1),
  quantity_left INTEGER NOT NULL CHECK (quantity_left BETWEEN 0 AND quantity_received),
  received_seq INTEGER NOT NULL
) STRICT;
INSERT INTO lots_new SELECT lot, item, expiry_day, donor, quantity_received, quantity_left, received_seq FROM lots;

CREATE TABLE stock_movements_new (
  seq INTEGER NOT NULL,
  lot INTEGER NOT NULL REFERENCES lots_new (lot),
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  PRIMARY KEY (seq, lot)
) STRICT, WITHOUT ROWID;
INSERT INTO stock_movements_new SELECT seq, lot, quantity FROM stock_movements;
DROP TABLE stock_movements;
DROP TABLE lots;
ALTER TABLE lots_new RENAME TO lots;
ALTER TABLE stock_movements_new RENAME TO stock_movements;
CREATE INDEX lots_on_shelf ON lots (item) WHERE quantity_left > 0;

CREATE TABLE redemptions_new (
  seq INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,
  rider TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points >= 0),
  receipt TEXT NOT NULL
) STRICT;
INSERT INTO redemptions_new SELECT seq, request, rider, points, receipt FROM redemptions;
DROP TABLE redemptions;
ALTER TABLE redemptions_new RENAME TO redemptions;

CREATE TABLE restocks_new (
  seq INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,
  staff TEXT NOT NULL,
  units INTEGER NOT NULL,
  line_count INTEGER NOT NULL
) STRICT;
INSERT INTO restocks_new SELECT seq, request, staff, units, line_count FROM restocks;
DROP TABLE restocks;
ALTER TABLE restocks_new RENAME TO restocks;

CREATE TABLE entries_new (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  what_zh TEXT,
  what_en TEXT,
  station_zh TEXT,
  station_en TEXT,
  seq INTEGER UNIQUE,
  -- A redemption of this file that was taken back, and the entry that says so: neither counts towards a limit.
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
INSERT INTO entries_new SELECT id, rider, at_ms, points, reason, what_zh, what_en, station_zh, station_en, seq, 0 FROM entries;

CREATE TABLE entry_lines_new (
  entry TEXT NOT NULL REFERENCES entries_new (id),
  line INTEGER NOT NULL,
  item TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  points INTEGER NOT NULL CHECK (points >= 0),
  PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;
INSERT INTO entry_lines_new SELECT entry, line, item, quantity, points FROM entry_lines;
DROP TABLE entry_lines;
DROP TABLE entries;
ALTER TABLE entries_new RENAME TO entries;
ALTER TABLE entry_lines_new RENAME TO entry_lines;
CREATE INDEX entries_of_rider ON entries (rider, at_ms);
CREATE INDEX entries_mirrored ON entries (at_ms) WHERE seq IS NULL;

CREATE TABLE checkins_new (
  seq INTEGER PRIMARY KEY,
  rider TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO checkins_new SELECT seq, rider, at_ms FROM checkins;
DROP TABLE checkins;
ALTER TABLE checkins_new RENAME TO checkins;
CREATE INDEX checkins_of_rider ON checkins (rider, at_ms);
`

export const sql = `${rebuilt}
-- What central says of this file. The fence stays until central's word or a complete past lifts it.
CREATE TABLE sync_state_new (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  history TEXT,
  cursor_number INTEGER NOT NULL DEFAULT 0,
  acknowledged_seq INTEGER NOT NULL DEFAULT 0,
  -- The highest ever acknowledged under that history: a lower one now means that central lost something.
  acknowledged_history TEXT,
  highest_acknowledged_seq INTEGER NOT NULL DEFAULT 0,
  -- In quarantine central keeps what comes and its own sequence stays: how far it has been told all the same.
  told_seq INTEGER NOT NULL DEFAULT 0,
  backed_up_seq INTEGER NOT NULL DEFAULT 0,
  fence TEXT CHECK (fence IN ('quarantined', 'behind', 'waiting', 'banned')),
  -- This file is an old image until it has got so far; with a marker it may read its own events again.
  must_reach_seq INTEGER,
  marker_seq INTEGER,
  marker_hash BLOB CHECK (marker_hash IS NULL OR length(marker_hash) = 32),
  incarnation_state TEXT,
  recovering INTEGER NOT NULL DEFAULT 0 CHECK (recovering IN (0, 1)),
  -- The start of this process in which central's word was heard last, when, and how far the clocks were apart (here minus there).
  hello_boot INTEGER,
  hello_at_ms INTEGER,
  clock_offset_ms INTEGER,
  -- By central's calendar, the last day on which slices were renewed.
  renewed_day INTEGER,
  last_sync_ms INTEGER
) STRICT;
-- Without a cursor all rows come once more: those that are here know no home, no version, no newer rule.
INSERT INTO sync_state_new (one, acknowledged_seq, acknowledged_history, highest_acknowledged_seq, fence, last_sync_ms)
  SELECT one, acknowledged_seq, history, acknowledged_seq, CASE quarantined WHEN 1 THEN 'quarantined' END, last_sync_ms FROM sync_state;
DROP TABLE sync_state;
ALTER TABLE sync_state_new RENAME TO sync_state;

-- The file that this one replaced (begin anew), as its hello says it.
CREATE TABLE previous_file (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  incarnation TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  last_hash BLOB NOT NULL CHECK (length(last_hash) = 32)
) STRICT;

ALTER TABLE riders ADD COLUMN home INTEGER NOT NULL DEFAULT 0 CHECK (home IN (0, 1));
-- What lies at central, free to be lent, as central last said.
ALTER TABLE riders ADD COLUMN at_central INTEGER NOT NULL DEFAULT 0;

-- Riders whose slice is to be looked at: their visit is over, or points came while they were not here.
CREATE TABLE returns_due (rider TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Another station asks for a rider's points; the time is central's.
CREATE TABLE recalls (
  rider TEXT PRIMARY KEY,
  asked_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Points of the programme that may be given for services here.
CREATE TABLE earning_slice (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  points INTEGER NOT NULL CHECK (points >= 0)
) STRICT;
INSERT INTO earning_slice (one, points) VALUES (1, 0);
CREATE TABLE earning_slice_grants (
  id TEXT PRIMARY KEY,
  points INTEGER NOT NULL CHECK (points > 0),
  received_seq INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE earnings (
  seq INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,
  rider TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0),
  service TEXT NOT NULL,
  staff TEXT NOT NULL,
  in_slice INTEGER NOT NULL CHECK (in_slice IN (0, 1))
) STRICT;
CREATE INDEX earnings_pending ON earnings (rider, seq) WHERE in_slice = 0;

CREATE TABLE undone_redemptions (
  redemption_seq INTEGER PRIMARY KEY REFERENCES redemptions (seq),
  seq INTEGER NOT NULL UNIQUE,
  request TEXT NOT NULL UNIQUE,
  staff TEXT NOT NULL
) STRICT;

-- Which version of each of central's rows lies here, with the first eight bytes of its hash in two halves that SQLite can add up.
CREATE TABLE mirror_versions (
  scope TEXT NOT NULL CHECK (scope IN ('district', 'station', 'riders')),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash_high INTEGER NOT NULL,
  hash_low INTEGER NOT NULL,
  PRIMARY KEY (scope, kind, key)
) STRICT, WITHOUT ROWID;
`
