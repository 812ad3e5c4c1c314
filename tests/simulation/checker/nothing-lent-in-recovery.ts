// While central waits for stations after a restore it lends nothing. A grant that it had forgotten is booked again by the fact
// that it was received, in the same moment: that is no lending.

import { bodyOf, type Evidence, hasTable, maybeTextOf, numberOf, type Property, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'nothing lent in recovery'

export const checkNothingLentInRecovery: Property = ({ central }: Evidence): Violation[] => {
  if (!hasTable(central, 'recovery_waits')) return []
  // A file of which nobody knew may come when recovery was over: then nothing is lent once more, until it has told what it holds.
  const waits = rowsOf(central, 'recovery_waits').map((row) => ({
    sinceMs: numberOf(row, 'since_ms'), untilMs: row['back_at_ms'] === null ? Number.POSITIVE_INFINITY : numberOf(row, 'back_at_ms'),
  }))
  const receivedAtMs = new Map(
    rowsOf(central, 'events')
      .filter((row) => textOf(row, 'kind').endsWith('.received'))
      .map((row) => [maybeTextOf(bodyOf(row) ?? {}, 'grant'), numberOf(row, 'received_at_ms')]),
  )
  return ['grants', 'earning_slices'].flatMap((table) =>
    rowsOf(central, table).flatMap((row) => {
      const [grant, atMs] = [textOf(row, 'grant_id'), numberOf(row, 'granted_at_ms')]
      if (!waits.some(({ sinceMs, untilMs }) => atMs > sinceMs && atMs < untilMs) || receivedAtMs.get(grant) === atMs) return []
      return [{ property, what: `${numberOf(row, 'points')} points were lent to ${textOf(row, 'station_id')} at ${atMs}, while central waited for stations` }]
    }),
  )
}
