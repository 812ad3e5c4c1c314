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
        async findIncarnation(station, incarnation) {
          const life = await transaction.findIncarnation(station, incarnation)
          if (life === null || firstSeq === null || life.lastSeq < firstSeq) return life
          const before = await transaction.readRecorded({ district: '', station, incarnation }, firstSeq - 1, firstSeq - 1)
          return { ...life, lastSeq: firstSeq - 1, lastHash: before.get(firstSeq - 1)?.hash ?? life.lastHash }
        },
        isAnyIdTaken: () => Promise.resolve(false),
        async insertEvents(outbox, events, outcomes, nowMs) {
          const known = await transaction.readRecorded(outbox, 0, Number.MAX_SAFE_INTEGER)
          const isNew = (index: number): boolean => !known.has(events[index]?.header.seq ?? 0)
          await transaction.insertEvents(outbox, events.filter((_event, index) => isNew(index)), outcomes.filter((_outcome, index) => isNew(index)), nowMs)
        },
        writePostings: (postings) => transaction.writePostings(postings.map((posting) => ({ ...posting, eventId: random.uuid() }))),
        writeEntries: (entries) => transaction.writeEntries(entries.map((entry) => ({ ...entry, id: random.uuid() }))),
        writeRedemptions: (outbox, redemptions) => transaction.writeRedemptions(outbox, redemptions.map((redemption) => ({ ...redemption, event: random.uuid() }))),
      })),
  }
}
