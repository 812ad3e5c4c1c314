// While central waits for stations after a restore it lends nothing. A grant that it had forgotten is booked again by the fact
// that it was received, in the same moment: that is no lending.

import { bodyOf, type Evidence, hasTable, maybeTextOf, numberOf, type Property, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'nothing lent in recovery'

export const checkNothingLentInRecovery: Property = ({ central }: Evidence): Violation[] => {
  if (!hasTable(central, 'recovery_waits')) return []
  const restored = rowsOf(central, 'centrals').find((row) => row['restored_at_ms'] !== null && row['restored_at_ms'] !== undefined)
  if (restored === undefined) return []
  const fromMs = numberOf(restored, 'restored_at_ms')
  const waits = rowsOf(central, 'recovery_waits')
  const untilMs = waits.reduce((latest, row) => Math.max(latest, row['back_at_ms'] === null ? Number.POSITIVE_INFINITY : numberOf(row, 'back_at_ms')), fromMs)
  const receivedAtMs = new Map(
    rowsOf(central, 'events')
      .filter((row) => textOf(row, 'kind').endsWith('.received'))
      .map((row) => [maybeTextOf(bodyOf(row) ?? {}, 'grant'), numberOf(row, 'received_at_ms')]),
  )
  return ['grants', 'earning_slices'].flatMap((table) =>
    rowsOf(central, table).flatMap((row) => {
      const [grant, atMs] = [textOf(row, 'grant_id'), numberOf(row, 'granted_at_ms')]
      if (atMs <= fromMs || atMs >= untilMs || receivedAtMs.get(grant) === atMs) return []
      return [{ property, what: `${numberOf(row, 'points')} points were lent to ${textOf(row, 'station_id')} at ${atMs}, while central waited for stations` }]
    }),
  )
}
