// Exactly once: what central has applied of a life is a dense prefix; its chain, recomputed from the bytes, is the one it
// stored and the station's own, hash for hash; one event is booked once, one request redeemed once.

import { createHash } from 'node:crypto'
import { bytesOf, type Evidence, hexOf, numberOf, type Property, type Row, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'exactly once'

export const checkExactlyOnce: Property = ({ central, files }: Evidence): Violation[] => {
  const violations: Violation[] = []
  const byLife = groupBy(rowsOf(central, 'events'), lifeOf)
  for (const life of rowsOf(central, 'incarnations')) {
    const name = lifeOf(life)
    const events = (byLife.get(name) ?? []).toSorted((left, right) => numberOf(left, 'seq') - numberOf(right, 'seq'))
    byLife.delete(name)
    if (events.length !== numberOf(life, 'last_seq') || events.some((event, index) => numberOf(event, 'seq') !== index + 1)) {
      violations.push({ property, what: `the events of ${name} are no dense prefix up to ${numberOf(life, 'last_seq')}` })
      continue
    }
    let previous: Uint8Array = createHash('sha256').update(`boai/outbox/1\n${textOf(life, 'station_id')}\n${textOf(life, 'incarnation')}`).digest()
    for (const event of events) {
      previous = createHash('sha256').update(previous).update(textOf(event, 'header')).update('\n').update(bytesOf(event, 'body')).digest()
      if (Buffer.from(previous).toString('hex') === hexOf(event, 'hash')) continue
      violations.push({ property, what: `event ${numberOf(event, 'seq')} of ${name} breaks the chain` })
      break
    }
    if (Buffer.from(previous).toString('hex') !== hexOf(life, 'last_hash')) violations.push({ property, what: `the last hash of ${name} is not its chain's` })
  }
  for (const name of byLife.keys()) violations.push({ property, what: `events of a life that is not there: ${name}` })

  const hashes = new Map(rowsOf(central, 'events').map((row) => [`${lifeOf(row)} ${numberOf(row, 'seq')}`, hexOf(row, 'hash')]))
  for (const file of files.filter(({ isLive }) => isLive)) {
    for (const row of rowsOf(file.tables, 'outbox')) {
      const here = hashes.get(`${file.station} ${file.incarnation} ${numberOf(row, 'seq')}`)
      if (here !== undefined && here !== hexOf(row, 'hash')) violations.push({ property, what: `event ${numberOf(row, 'seq')} of ${file.station} ${file.incarnation} is another at central` })
    }
  }
  return [...violations, ...twice(rowsOf(central, 'events'), (row) => textOf(row, 'event_id'), 'event'), ...twice(
    rowsOf(central, 'redemptions'), (row) => `${textOf(row, 'station_id')} ${textOf(row, 'event_id')}`, 'redemption',
  ), ...twice(rowsOf(central, 'transfers'), (row) => `${textOf(row, 'event_id')} ${numberOf(row, 'line')}`, 'transfer')]
}

function lifeOf(row: Row): string {
  return `${textOf(row, 'station_id')} ${textOf(row, 'incarnation')}`
}

function groupBy(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group === undefined) groups.set(key(row), [row])
    else group.push(row)
  }
  return groups
}

function twice(rows: readonly Row[], key: (row: Row) => string, what: string): Violation[] {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const name = key(row)
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [{ property, what: `${what} ${name} is there twice` }]
  })
}
