// Each training has its own rules of the door: until when one is in time, and whether one without a place may have a free one. What is
// there already goes on as it was judged.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 35,
  name: 'door-rules',
  sql: `
ALTER TABLE trainings
  ADD COLUMN late_minutes integer NOT NULL DEFAULT 15 CHECK (late_minutes >= 0),
  ADD COLUMN walk_ins boolean NOT NULL DEFAULT true;
ALTER TABLE trainings ALTER COLUMN late_minutes DROP DEFAULT, ALTER COLUMN walk_ins DROP DEFAULT;`,
}
