// A redemption that its slice paid whole is one row instead of three: it names rider, station and life, so it is the transfer
// from that slice to what the station redeemed and the rider's entry at once, as much double entry as before: both accounts
// and the amount stand in one line that nobody rewrites. Two views say transfers and entries of both kinds. One that lacked
// points, or whose rider nobody knows, and every one of before, stands in `transfers` and `entries` as it did.

import { appendOnlySql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 32,
  name: 'redemptions-are-transfers',
  sql: `
-- In whose ledger it is the transfer, and since when. null: its transfers and its entry have rows of their own.
ALTER TABLE redemptions ADD COLUMN ledger_id uuid, ADD COLUMN booked_at_ms bigint;
ALTER TABLE redemptions ADD CONSTRAINT redemptions_booked CHECK ((ledger_id IS NULL) = (booked_at_ms IS NULL)),
  ADD CONSTRAINT redemptions_paid_whole CHECK (ledger_id IS NULL OR overdrawn_points = 0);
CREATE INDEX redemptions_of_rider ON redemptions (rider_id, booked_at_ms) WHERE ledger_id IS NOT NULL;
-- Rows come in this order, so their pages are found without an entry for each.
CREATE INDEX redemptions_by_week ON redemptions USING brin (booked_at_ms);
${appendOnlySql('redemptions')}
CREATE VIEW every_transfer AS
  SELECT event_id, line, district_id, from_key, to_key, points, booked_at_ms FROM transfers
  UNION ALL
  SELECT event_id, 1, ledger_id, 'rider:' || rider_id::text || '@' || station_id::text || '#' || incarnation::text, 'redeemed@' || station_id::text, points, booked_at_ms
  FROM redemptions WHERE ledger_id IS NOT NULL AND points > 0;

-- Lines as they were written: those of a redemption name the lots too.
CREATE VIEW every_entry AS
  SELECT entry_id, district_id, rider_id, at_ms, booked_at_ms, points, reason, what, lines, station_id FROM entries
  UNION ALL
  SELECT event_id, ledger_id, rider_id, least(at_ms, booked_at_ms), booked_at_ms, -points, 'redemption'::text, NULL::jsonb, lines, station_id
  FROM redemptions WHERE ledger_id IS NOT NULL;
REVOKE ALL ON every_transfer, every_entry FROM boai_program;
GRANT SELECT ON every_transfer, every_entry TO boai_program;
`,
}
