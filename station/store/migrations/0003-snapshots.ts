// A snapshot that is being fetched: its manifest, the parts that have arrived, and the rows made of them, beside the mirror
// until all of it is here. What has arrived stays through a restart.

export const number = 3
export const name = 'snapshots'

export const sql = `
CREATE TABLE snapshot_download (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  manifest TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot_parts (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- Rows of few: as they came.
CREATE TABLE shadow_rows (
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (scope, kind, key)
) STRICT, WITHOUT ROWID;

-- Riders are ten thousand: they are made ready in their own form, so that the exchange is one statement.
CREATE TABLE shadow_riders (
  id TEXT PRIMARY KEY,
  masked_name TEXT NOT NULL,
  standing TEXT NOT NULL,
  hide_balance INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  included_seq INTEGER NOT NULL,
  at_central INTEGER NOT NULL,
  home INTEGER NOT NULL
) STRICT;

CREATE TABLE shadow_versions (
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash_high INTEGER NOT NULL,
  hash_low INTEGER NOT NULL,
  PRIMARY KEY (scope, kind, key)
) STRICT, WITHOUT ROWID;
`
