// Wishes: what became of each, its texts (named by reference, the words lie elsewhere), the leases on it with their members, what
// happened line by line, what its claimants were told, and which wishes hang on a district's wall.

import { keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 12,
  name: 'wishes',
  sql: `
CREATE TABLE wishes (
  wish_id uuid PRIMARY KEY,
  -- The rider's: on this district's wall it hangs.
  district_id uuid NOT NULL REFERENCES districts,
  rider_id uuid NOT NULL REFERENCES riders,
  -- Where it was posted; null: by phone, or by staff.
  station_id uuid REFERENCES stations,
  category text NOT NULL CHECK (category IN ('small_trouble', 'small_need', 'small_dream', 'hard_entry', 'hard_charging', 'hard_rest', 'hard_meal', 'other')),
  shown text NOT NULL CHECK (shown IN ('named', 'anonymous')),
  reach text NOT NULL CHECK (reach IN ('station', 'staff_phone')),
  posted_at_ms bigint NOT NULL,
  -- domain/wish
  stage text NOT NULL CHECK (stage IN ('new', 'open', 'claimed', 'fulfilled', 'confirmed', 'withdrawn', 'refused')),
  claim integer NOT NULL CHECK (claim >= 0),
  until_ms bigint,
  extensions integer NOT NULL,
  again boolean NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  review text NOT NULL CHECK (review IN ('in_review', 'asked_back', 'approved', 'refused')),
  approved_version integer NOT NULL,
  seen_version integer NOT NULL,
  not_yet boolean NOT NULL,
  -- When the stage was taken.
  changed_at_ms bigint NOT NULL,
  -- Everybody may read it now.
  is_public boolean NOT NULL,
  -- As it was approved for everybody.
  public_text text,
  public_who text,
  -- Of the last review: the reason or the question.
  staff_words text,
  fulfilment_words text,
  fulfilment_photo text,
  -- Lines of its history.
  lines integer NOT NULL,
  CHECK (stage <> 'claimed' OR until_ms IS NOT NULL),
  CHECK (approved_version <= version AND seen_version <= approved_version),
  CHECK (NOT is_public OR public_text IS NOT NULL)
);
CREATE INDEX wishes_of_rider ON wishes (rider_id, posted_at_ms);
CREATE INDEX wishes_waiting ON wishes (district_id, again DESC, changed_at_ms, wish_id) WHERE is_public AND stage IN ('open', 'claimed');
CREATE INDEX wishes_lit ON wishes (district_id, changed_at_ms DESC, wish_id) WHERE is_public AND stage IN ('fulfilled', 'confirmed');
CREATE INDEX wishes_leased ON wishes (until_ms, wish_id) WHERE stage = 'claimed';
CREATE INDEX wishes_in_review ON wishes (district_id, posted_at_ms, wish_id) WHERE review = 'in_review';
CREATE INDEX wishes_by_time ON wishes (district_id, posted_at_ms, wish_id);

CREATE TABLE wish_versions (
  wish_id uuid NOT NULL REFERENCES wishes,
  version integer NOT NULL CHECK (version > 0),
  district_id uuid NOT NULL,
  words_ref uuid NOT NULL,
  commitment text NOT NULL,
  written_at_ms bigint NOT NULL,
  PRIMARY KEY (wish_id, version)
);
CREATE INDEX wish_versions_by_words ON wish_versions (words_ref);

CREATE TABLE claims (
  wish_id uuid NOT NULL REFERENCES wishes,
  number integer NOT NULL CHECK (number > 0),
  district_id uuid NOT NULL,
  granted_at_ms bigint NOT NULL,
  until_ms bigint NOT NULL,
  fulfilled_at_ms bigint,
  ended_at_ms bigint,
  ended_as text CHECK (ended_as IN ('lapsed', 'given_back', 'partner_closed', 'withdrawn', 'confirmed')),
  PRIMARY KEY (wish_id, number),
  CHECK ((ended_at_ms IS NULL) = (ended_as IS NULL))
);
-- One claim holds.
CREATE UNIQUE INDEX claims_holding ON claims (wish_id) WHERE ended_at_ms IS NULL;
CREATE INDEX claims_by_time ON claims (district_id, granted_at_ms);

CREATE TABLE claim_members (
  wish_id uuid NOT NULL,
  number integer NOT NULL,
  partner_id uuid NOT NULL,
  district_id uuid NOT NULL,
  -- As it was called when it joined.
  name jsonb NOT NULL,
  joined_at_ms bigint NOT NULL,
  left_at_ms bigint,
  PRIMARY KEY (wish_id, number, partner_id),
  FOREIGN KEY (wish_id, number) REFERENCES claims
);
CREATE INDEX claim_members_of_partner ON claim_members (partner_id, joined_at_ms);

CREATE TABLE wish_history (
  wish_id uuid NOT NULL REFERENCES wishes,
  line integer NOT NULL CHECK (line > 0),
  district_id uuid NOT NULL,
  at_ms bigint NOT NULL,
  act text NOT NULL,
  -- Of the lease that was meant.
  claim integer NOT NULL,
  version integer,
  until_ms bigint,
  partner_id uuid,
  account_id uuid,
  event_id uuid,
  flag text,
  -- A reason; gone with the rider.
  words text,
  PRIMARY KEY (wish_id, line)
);
CREATE INDEX wish_history_by_time ON wish_history (district_id, act, at_ms);
REVOKE ALL ON wish_history FROM boai_program;
GRANT SELECT, INSERT, UPDATE (words) ON wish_history TO boai_program;

CREATE TABLE claim_news (
  wish_id uuid NOT NULL,
  line integer NOT NULL,
  district_id uuid NOT NULL,
  -- Whose: the members of this lease.
  claim integer NOT NULL,
  what text NOT NULL CHECK (what IN ('edited', 'withdrawn', 'confirmed', 'not_yet', 'handed_over')),
  took boolean NOT NULL,
  at_ms bigint NOT NULL,
  seen_at_ms bigint,
  PRIMARY KEY (wish_id, line),
  FOREIGN KEY (wish_id, line) REFERENCES wish_history
);
CREATE INDEX claim_news_unseen ON claim_news (wish_id, claim) WHERE seen_at_ms IS NULL;

CREATE TABLE wall_places (
  wish_id uuid PRIMARY KEY REFERENCES wishes,
  district_id uuid NOT NULL REFERENCES districts
);
CREATE INDEX wall_places_of_district ON wall_places (district_id);
${keptSql('wishes', 'wish_versions', 'claims', 'claim_members', 'claim_news')}
INSERT INTO rules (district_id, name, value)
SELECT district_id, name, value FROM districts, (VALUES
  ('wishes_open_max', 3), ('claim_days', 7), ('claim_extension_days', 7), ('claim_extensions_max', 2), ('claim_members_max', 10)
) AS added(name, value) ON CONFLICT DO NOTHING;
`,
}
