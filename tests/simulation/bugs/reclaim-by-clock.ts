// Central takes a slice back by itself when it is a day old, without the owner's word: what the owner has spent meanwhile and
// not yet sent is spent twice.

import type { CentralStore } from '../../../central/store/central-store.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

const LENT_FOR_MS = 12 * 3_600_000

interface Lent {
  posting: Parameters<Parameters<Parameters<CentralStore['transaction']>[1]>[0]['writePostings']>[0][number]
}

export function reclaimByClock(): PlantedBug {
  let lent: Lent[] = []
  return {
    name: 'reclaim-by-clock',
    wrapStore: (store) =>
      storeWith(store, (transaction) => ({
        async writePostings(postings, redeemed) {
          await transaction.writePostings(postings, redeemed)
          for (const posting of postings) if (posting.transfer.from.kind === 'rider_central' && posting.transfer.to.kind === 'rider_station') lent.push({ posting })
        },
      })),
    async everyHour(store, nowMs, random) {
      const due = lent.filter(({ posting }) => nowMs - posting.bookedAtMs >= LENT_FOR_MS)
      lent = lent.filter((one) => !due.includes(one))
      for (const { posting } of due) {
        await store.transaction('write', async (transaction) => {
          const { district, transfer } = posting
          if (transfer.to.kind === 'rider_station') await transaction.lockStation(transfer.to.station)
          const balances = await transaction.lockBalances([{ district, account: transfer.to }])
          const points = Math.min(transfer.points, [...balances.values()][0] ?? 0)
          if (points === 0) return
          await transaction.writePostings([{ eventId: random.uuid(), line: 1, district, transfer: { from: transfer.to, to: transfer.from, points }, bookedAtMs: nowMs }])
        })
      }
    },
  }
}
