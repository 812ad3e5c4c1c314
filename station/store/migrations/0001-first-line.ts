// The first tables: who this database is, the outbox, the mirror of central, allowances, the shelf, what was redeemed.

export const number = 1
export const name = 'first-line'

export const sql = `
CREATE TABLE identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  station TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  boot INTEGER NOT NULL
) STRICT;

-- What happened here, in order, as exact bytes. Frozen at version 1 (contract/sync/event-envelope).
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  body BLOB NOT NULL,
  wall_ms INTEGER NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  boot INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER outbox_is_never_rewritten BEFORE UPDATE ON outbox
BEGIN
  SELECT raise(ABORT, 'an event is never rewritten');
END;

-- What central said of an event, where it said more than "recorded".
CREATE TABLE outcomes (
  seq INTEGER PRIMARY KEY REFERENCES outbox (seq),
  outcome TEXT NOT NULL CHECK (outcome IN ('flagged', 'parked')),
  code TEXT NOT NULL
) STRICT;

CREATE TABLE sync_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  history TEXT,
  cursor_number INTEGER NOT NULL DEFAULT 0,
  acknowledged_seq INTEGER NOT NULL DEFAULT 0,
  quarantined INTEGER NOT NULL DEFAULT 0 CHECK (quarantined IN (0, 1)),
  last_sync_ms INTEGER
) STRICT;
INSERT INTO sync_state (one) VALUES (1);

-- The mirror: rows of central that this station may need. Station and rules are one document each.
CREATE TABLE documents (
  kind TEXT PRIMARY KEY CHECK (kind IN ('station', 'rules')),
  row TEXT NOT NULL
) STRICT;

CREATE TABLE pass_keys (
  key_id INTEGER PRIMARY KEY,
  public_key TEXT NOT NULL
) STRICT;

CREATE TABLE items (
  id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  category TEXT NOT NULL,
  price_points INTEGER NOT NULL CHECK (price_points >= 0),
  picture TEXT NOT NULL,
  tint TEXT NOT NULL,
  limit_quantity INTEGER,
  limit_period TEXT,
  perishable INTEGER NOT NULL CHECK (perishable IN (0, 1)),
  offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE barcodes (
  code TEXT PRIMARY KEY,
  item TEXT NOT NULL REFERENCES items (id),
  units INTEGER NOT NULL CHECK (units >= 1)
) STRICT;
CREATE INDEX barcodes_of_item ON barcodes (item);

CREATE TABLE donors (
  id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  masked_name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE revoked_cards (
  holder TEXT NOT NULL,
  card INTEGER NOT NULL,
  PRIMARY KEY (holder, card)
) STRICT, WITHOUT ROWID;

CREATE TABLE riders (
  id TEXT PRIMARY KEY,
  masked_name TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('active', 'suspended')),
  hide_balance INTEGER NOT NULL CHECK (hide_balance IN (0, 1)),
  -- As central knew it, with this station's events up to included_seq inside; later ones are added on top.
  balance INTEGER NOT NULL,
  included_seq INTEGER NOT NULL
) STRICT;

-- One rider's slice of points, owned by this station: the only thing a redemption spends.
CREATE TABLE allowances (
  rider TEXT PRIMARY KEY,
  points INTEGER NOT NULL CHECK (points >= 0)
) STRICT;

CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0),
  received_seq INTEGER NOT NULL UNIQUE REFERENCES outbox (seq)
) STRICT;

-- Kept before it is sent, so that asking again after a lost answer gets the same grant.
CREATE TABLE allowance_requests (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL UNIQUE,
  sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1))
) STRICT;

CREATE TABLE lots (
  lot INTEGER PRIMARY KEY,
  item TEXT NOT NULL REFERENCES items (id),
  expiry_day INTEGER,
  donor TEXT,
  quantity_received INTEGER NOT NULL CHECK (quantity_received >= 1),
  quantity_left INTEGER NOT NULL CHECK (quantity_left BETWEEN 0 AND quantity_received),
  received_seq INTEGER NOT NULL REFERENCES outbox (seq)
) STRICT;
CREATE INDEX lots_on_shelf ON lots (item) WHERE quantity_left > 0;

CREATE TABLE stock_movements (
  seq INTEGER NOT NULL REFERENCES outbox (seq),
  lot INTEGER NOT NULL REFERENCES lots (lot),
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  PRIMARY KEY (seq, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE redemptions (
  seq INTEGER PRIMARY KEY REFERENCES outbox (seq),
  request TEXT NOT NULL UNIQUE,
  rider TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points >= 0),
  receipt TEXT NOT NULL
) STRICT;

CREATE TABLE restocks (
  seq INTEGER PRIMARY KEY REFERENCES outbox (seq),
  request TEXT NOT NULL UNIQUE,
  staff TEXT NOT NULL,
  units INTEGER NOT NULL,
  line_count INTEGER NOT NULL
) STRICT;

-- Points in and out, as the rider sees them: central's, and this station's own (seq) under the id of their event.
CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  what_zh TEXT,
  what_en TEXT,
  station_zh TEXT,
  station_en TEXT,
  seq INTEGER UNIQUE REFERENCES outbox (seq)
) STRICT;
CREATE INDEX entries_of_rider ON entries (rider, at_ms);

CREATE TABLE entry_lines (
  entry TEXT NOT NULL REFERENCES entries (id),
  line INTEGER NOT NULL,
  item TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  points INTEGER NOT NULL CHECK (points >= 0),
  PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkins (
  seq INTEGER PRIMARY KEY REFERENCES outbox (seq),
  rider TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX checkins_of_rider ON checkins (rider, at_ms);

-- Where the outbox is at its limit, people still come in: counted, no event.
CREATE TABLE uncounted_checkins (
  day INTEGER PRIMARY KEY,
  people INTEGER NOT NULL
) STRICT;

-- Refused scans by the hour: the first ones are events of their own, the rest are counted into one.
CREATE TABLE refused_scans (
  hour INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  recorded INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  PRIMARY KEY (hour, verdict)
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_attempts (
  staff TEXT PRIMARY KEY,
  wrong INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT;
`
