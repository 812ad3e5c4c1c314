// What a long upload writes most of, cheaper (docs/growth.md has the figures).
//
// Balances are written again and again, and no index holds one. Where a page has room for the next version of its rows nothing is
// written but that; where it has none each version is an entry more in every index. A long upload moves nearly all slices of a
// station in one transaction, so half of a page is left for it. Pages of before fill up first.
//
// A screen's request is only ever asked for as a whole. It is random, so its place in an ordered index is a page of its own; in a
// hash index it is four bytes instead of thirty-two.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 36,
  name: 'cheaper-uploads',
  sql: `
ALTER TABLE accounts SET (fillfactor = 50);
DROP INDEX redemptions_by_request;
CREATE INDEX redemptions_by_request ON redemptions USING hash (request_id);
`,
}
