// Durability: what somebody saw as done and whose bytes are on any disk is recorded at central after quiet; what is on no disk
// any more was lost with a disk, and that loss was a fault that was done. What central once acknowledged it still has.

import { bodyOf, type Evidence, maybeTextOf, numberOf, type Property, type Row, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'durability'

export const checkDurability: Property = ({ central, files, witness }: Evidence): Violation[] => {
  const violations: Violation[] = []
  const atCentral = requestsOf([...rowsOf(central, 'events'), ...rowsOf(central, 'quarantined_events')])
  const onDisks = requestsOf(files.flatMap(({ tables }) => rowsOf(tables, 'outbox')))
  for (const act of witness.acts) {
    if (atCentral.has(act.request)) continue
    const name = `the ${act.kind} ${act.request} of station ${act.station} ${act.incarnation} at ${act.atMs}`
    if (onDisks.has(act.request)) violations.push({ property, what: `${name} is on a disk and not at central` })
    else if (!witness.excuses.some((excuse) => explains(excuse.kind) && excuse.incarnation === act.incarnation && excuse.atMs >= act.atMs)) {
      violations.push({ property, what: `${name} is lost, and no disk was` })
    }
  }
  const lastSeqs = new Map(rowsOf(central, 'incarnations').map((row) => [textOf(row, 'incarnation'), numberOf(row, 'last_seq')]))
  for (const { incarnation, seq } of witness.acknowledged) {
    const has = lastSeqs.get(incarnation) ?? 0
    if (has < seq) violations.push({ property, what: `central acknowledged event ${seq} of ${incarnation} and has ${has}` })
  }
  return violations
}

function explains(kind: string): boolean {
  return kind === 'disk_lost' || kind === 'old_image'
}

function requestsOf(events: readonly Row[]): Set<string> {
  return new Set(
    events.flatMap((event) => {
      const body = bodyOf(event)
      const request = body === null ? null : maybeTextOf(body, 'request')
      return request === null ? [] : [request]
    }),
  )
}
