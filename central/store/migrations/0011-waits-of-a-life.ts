// A restored central waits for lives of files, not for stations: what an earlier file of a station was lent is forgotten like what
// its present one was. Where it recovers just now, a station that is back stays so; one that is missing is waited for with all of its lives.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 11,
  name: 'waits-of-a-life',
  sql: `
ALTER TABLE recovery_waits DROP CONSTRAINT recovery_waits_pkey, DROP CONSTRAINT recovery_waits_check;
ALTER TABLE recovery_waits ADD COLUMN since_ms bigint;
INSERT INTO recovery_waits (station_id, district_id, incarnation)
  SELECT waits.station_id, waits.district_id, lives.incarnation FROM recovery_waits AS waits JOIN incarnations AS lives USING (station_id)
  WHERE waits.back_at_ms IS NULL AND lives.state <> 'banned' AND lives.incarnation IS DISTINCT FROM waits.incarnation;
DELETE FROM recovery_waits WHERE incarnation IS NULL;
UPDATE recovery_waits SET since_ms = coalesce((SELECT restored_at_ms FROM centrals), 0);
ALTER TABLE recovery_waits ALTER COLUMN incarnation SET NOT NULL, ALTER COLUMN since_ms SET NOT NULL, ADD PRIMARY KEY (station_id, incarnation);
`,
}
