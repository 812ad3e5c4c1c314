// The office turns the pages of a district's certificates, by when they were given and by when they end.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 31,
  name: 'certificates-of-a-district',
  sql: `
CREATE INDEX certificates_of_district ON certificates (district_id, issued_day, certificate_id);
CREATE INDEX certificates_by_end ON certificates (district_id, coalesce(expires_day, 1000000), certificate_id);`,
}
