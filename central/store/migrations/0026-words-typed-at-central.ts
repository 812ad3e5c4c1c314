// Words that no station has sent: typed at central itself, by phone or by staff for a rider. No event promises them.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 26,
  name: 'words-typed-at-central',
  sql: `
ALTER TABLE words ALTER COLUMN station_id DROP NOT NULL, ALTER COLUMN event_id DROP NOT NULL;
ALTER TABLE words ADD CONSTRAINT words_of_a_station_have_its_event CHECK ((station_id IS NULL) = (event_id IS NULL));
`,
}
