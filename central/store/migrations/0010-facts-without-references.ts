// Facts refer to districts, stations, lives and accounts, which the program can not delete, and each is written in a transaction
// that has just locked or made what it names. Asking once more for each row took a third of an upload's time in the database, so
// those references go. The one to riders stays: a rider may be erased one day, and his entries must be thought of first.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 10,
  name: 'facts-without-references',
  sql: `
ALTER TABLE events DROP CONSTRAINT events_station_id_incarnation_fkey;
ALTER TABLE transfers
  DROP CONSTRAINT transfers_district_id_fkey, DROP CONSTRAINT transfers_district_id_from_key_fkey, DROP CONSTRAINT transfers_district_id_to_key_fkey;
ALTER TABLE entries DROP CONSTRAINT entries_district_id_fkey, DROP CONSTRAINT entries_station_id_fkey;
ALTER TABLE redemptions DROP CONSTRAINT redemptions_district_id_fkey, DROP CONSTRAINT redemptions_station_id_fkey;
ALTER TABLE changes DROP CONSTRAINT changes_district_id_fkey;
`,
}
