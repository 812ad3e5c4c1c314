// To which life of a station's file a slice of points was lent. A new file knows nothing of what the old one has already
// spent, so it must never be given the old one's slices: they stay where they are until staff write them off.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 5,
  name: 'grants-of-an-incarnation',
  sql: `
-- null: lent before any file of the station had spoken; the first one that does gets it (beginIncarnation).
ALTER TABLE grants ADD COLUMN incarnation uuid;
UPDATE grants SET incarnation = (
  SELECT incarnation FROM incarnations WHERE incarnations.station_id = grants.station_id ORDER BY began_at_ms, incarnation LIMIT 1
);
ALTER TABLE grants ADD FOREIGN KEY (station_id, incarnation) REFERENCES incarnations;
CREATE INDEX grants_of_nobody_yet ON grants (station_id) WHERE incarnation IS NULL;
`,
}
