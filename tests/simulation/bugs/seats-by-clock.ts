// Central takes lent places back when a host has been silent for a while, and gives them to whoever waits: a clock where only the
// host's own word may speak.

import { numberOf, rowsOf, textOf } from '../checker/evidence.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { releaseSeats } from '../../../central/trainings/tend-trainings.ts'

const SILENT_MS = 2 * 3_600_000

export function seatsByClock(): PlantedBug {
  return {
    name: 'seats-by-clock',
    async everyHour(store, nowMs, _random, tables) {
      const silent = rowsOf(await tables(), 'incarnations').filter((row) => row['state'] === 'active' && typeof row['heard_at_ms'] === 'number' && nowMs - numberOf(row, 'heard_at_ms') > SILENT_MS)
      for (const life of silent) {
        const holder = { station: textOf(life, 'station_id'), incarnation: textOf(life, 'incarnation') }
        await store.transaction('write', async (transaction) => {
          await transaction.lockStation(holder.station)
          await transaction.appendChanges(await releaseSeats(transaction, holder, nowMs))
        })
      }
    },
  }
}
