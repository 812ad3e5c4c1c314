// Wishes: the wall and riders' own as central last said, and what was done about them here, as facts that stand for themselves
// until central's row has them inside.

export const number = 4
export const name = 'wishes'

export const sql = `
CREATE TABLE wall_wishes (
  id TEXT PRIMARY KEY,
  category TEXT NOT NULL,
  text TEXT NOT NULL,
  who TEXT,
  station_zh TEXT,
  station_en TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'fulfilled', 'confirmed')),
  claim INTEGER NOT NULL,
  again INTEGER NOT NULL CHECK (again IN (0, 1)),
  posted_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE own_wishes (
  id TEXT PRIMARY KEY,
  rider TEXT NOT NULL,
  category TEXT NOT NULL,
  text TEXT,
  state TEXT NOT NULL,
  staff_words TEXT,
  claim INTEGER NOT NULL,
  lease_by TEXT,
  lease_until_ms INTEGER,
  fulfilment TEXT,
  posted_at_ms INTEGER NOT NULL,
  not_yet INTEGER NOT NULL CHECK (not_yet IN (0, 1)),
  included_seq INTEGER NOT NULL,
  CHECK ((lease_by IS NULL) = (lease_until_ms IS NULL))
) STRICT;
CREATE INDEX own_wishes_of_rider ON own_wishes (rider, posted_at_ms);

-- No text: what was typed left this machine's memory sealed.
CREATE TABLE wish_facts (
  seq INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,
  wish TEXT NOT NULL,
  -- null: done by staff.
  rider TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('posted', 'edited', 'withdrawn', 'confirmed', 'not_yet', 'fulfilled')),
  category TEXT,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX wish_facts_of_wish ON wish_facts (wish, seq);
CREATE INDEX wish_facts_of_rider ON wish_facts (rider, seq) WHERE rider IS NOT NULL;
`
