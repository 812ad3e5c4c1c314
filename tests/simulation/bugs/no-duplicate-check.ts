// A push that was recorded already is recorded and booked once more: central believes that it has nothing of the batch yet.

import { PUSH_PATH, pushHead } from '../../../contract/sync/sync-protocol.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

export function noDuplicateCheck(): PlantedBug {
  let firstSeq: number | null = null
  return {
    name: 'no-duplicate-check',
    onRequest({ path, body }) {
      const head = path === PUSH_PATH ? pushHead.safeParse(JSON.parse(Buffer.from(body.subarray(0, Math.max(0, body.indexOf(0x0a)))).toString('utf8') || 'null')) : null
      firstSeq = head?.success === true ? head.data.firstSeq : null
    },
    wrapStore: (store, random) =>
      storeWith(store, (transaction) => ({
        async findIncarnations(lives) {
          const known = await transaction.findIncarnations(lives)
          const place = (firstSeq ?? 0) - 1
          const before = await transaction.readRecorded(lives.map((life) => ({ outbox: { district: '', ...life }, first: place, last: place })))
          return known.map((life, index) => {
            if (life === null || firstSeq === null || life.lastSeq < firstSeq) return life
            return { ...life, lastSeq: place, lastHash: before[index]?.get(place)?.hash ?? life.lastHash }
          })
        },
        readIdsTaken: () => Promise.resolve(new Set()),
        async insertEvents(rows, nowMs) {
          const known = await transaction.readRecorded(rows.map(({ outbox, event }) => ({ outbox, first: event.header.seq, last: event.header.seq })))
          await transaction.insertEvents(rows.filter((_row, index) => known[index]?.size === 0), nowMs)
        },
        writePostings: (postings, redeemed) => transaction.writePostings(postings.map((posting) => ({ ...posting, eventId: random.uuid() })), redeemed),
        writeEntries: (entries) => transaction.writeEntries(entries.map((entry) => ({ ...entry, id: random.uuid() }))),
        writeRedemptions: (redemptions) => transaction.writeRedemptions(redemptions.map((redemption) => ({ ...redemption, event: random.uuid() }))),
      })),
  }
}
