// A refused sign-up is told until the rider has seen it, by the note that the others have. What was refused before is told too: nobody
// could say that he had seen it. The acts replay to the same.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 34,
  name: 'refusals-are-seen',
  sql: `
UPDATE signups SET note = 'refused' WHERE standing = 'refused';`,
}
