// Balances are written again and again, and no index holds one. Where a page has room for the next version of its rows nothing is
// written but that; where it has none each version is an entry more in every index. A long upload moves nearly all slices of a
// station in one transaction, so half of a page is left for it (docs/growth.md). Pages of before fill up first.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 36,
  name: 'room-for-balances',
  sql: 'ALTER TABLE accounts SET (fillfactor = 50);',
}
