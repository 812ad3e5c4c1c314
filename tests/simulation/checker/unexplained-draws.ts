// What came from the account of what went wrong, fact by fact: each draws once, is flagged, and takes no more than was missing. Two
// faults explain one. A file that was written off: what it told afterwards, whole. A restore of central: it had forgotten that it
// lent those points, and lent them to nobody else before it heard, but where nobody could know of the restore. An old image or a
// clone explains none by itself: of copies that contradict each other one is booked, and that one spends what it was lent.

import { bodyOf, type Evidence, maybeTextOf, numberOf, type Row, rowsOf, textOf } from './evidence.ts'

export function unexplainedDraws(evidence: Evidence): string[] {
  const events = new Map(rowsOf(evidence.central, 'events').map((row) => [textOf(row, 'event_id'), row]))
  const drawn = new Set<string>()
  return rowsOf(evidence.central, 'transfers').flatMap((draw) => {
    if (textOf(draw, 'from_key') !== 'discrepancy') return []
    const points = numberOf(draw, 'points')
    const event = events.get(textOf(draw, 'event_id'))
    if (event === undefined) return [`${points} points came from discrepancy for no station's fact`]
    return reasonsAgainst(evidence, event, draw, drawn).map((why) => `${points} points of ${lifeOf(event)} came from discrepancy: ${why}`)
  })
}

function lifeOf(event: Row): string {
  return `${textOf(event, 'station_id')} ${textOf(event, 'incarnation')}`
}

/** Empty: it is explained. */
function reasonsAgainst(evidence: Evidence, event: Row, draw: Row, drawn: Set<string>): string[] {
  const isLate = maybeTextOf(event, 'code') === 'banned'
  const why = isLate ? whyNotLate(evidence, event, draw) : (whyNotForgotten(evidence, event) ?? whyNotMissing(evidence, event, draw))
  return [why, whyNotOnce(event, drawn)].filter((one) => one !== null)
}

/** A fact is what it tells of, under whatever id: one purchase of a file, one grant. */
function whyNotOnce(event: Row, drawn: Set<string>): string | null {
  const { request, grant } = bodyOf(event) ?? {}
  const [id, toldOf] = [textOf(event, 'event_id'), typeof grant === 'string' ? grant : String(request)]
  const key = typeof grant === 'string' ? grant : `${lifeOf(event)} ${toldOf}`
  const [isItself, isTold] = [drawn.has(id), drawn.has(key)]
  drawn.add(id).add(key)
  if (isItself) return 'it has drawn already'
  return isTold ? `${toldOf} has drawn already` : null
}

/** null: it was told by a file that had been written off, and nothing else paid for it. */
function whyNotLate({ witness }: Evidence, event: Row, draw: Row): string | null {
  if (textOf(event, 'outcome') !== 'flagged') return 'it is not flagged'
  const kind = textOf(event, 'kind')
  if (kind !== 'redemption.recorded') return `a write-off does not explain ${kind}`
  if (!isExcused(witness, event, ['written_off'])) return 'nobody had written it off'
  const said = bodyOf(event)?.['points']
  return said === numberOf(draw, 'points') ? null : `its fact says ${String(said)}`
}

/** null: a restore of central explains that there may be too little. */
function whyNotForgotten({ central, witness }: Evidence, event: Row): string | null {
  const heardAtMs = numberOf(event, 'received_at_ms')
  const restore = witness.restores.findLast(({ atMs }) => atMs <= heardAtMs)
  if (restore === undefined) return 'no fault explains it'
  if (textOf(event, 'kind') !== 'allowance.received') return `a restore does not explain ${textOf(event, 'kind')}`
  if (textOf(event, 'outcome') !== 'flagged' || maybeTextOf(event, 'code') !== 'overdrawn') return 'it is not flagged'
  const { grant, rider } = bodyOf(event) ?? {}
  // A restore may have found a life that it knew: it has to wait for it, and lend this rider's points to nobody meanwhile. Where its
  // disk was copied, central may have heard the copy and waited no more.
  if (!restore.isNoticed || !restore.knownLives.includes(textOf(event, 'incarnation')) || isExcused(witness, event, ['clone', 'old_image'])) return null
  const lent = rowsOf(central, 'grants').filter((row) => {
    const atMs = numberOf(row, 'granted_at_ms')
    return row['rider_id'] === rider && row['grant_id'] !== grant && atMs >= restore.atMs && atMs < heardAtMs && !isRelent(central, row)
  })
  return lent.length === 0 ? null : `what a restore had forgotten was lent twice (${lent.map((row) => textOf(row, 'grant_id')).join(', ')})`
}

/** Booked by the fact that it was received: it had been lent before the restore. */
function isRelent(central: Evidence['central'], grant: Row): boolean {
  return rowsOf(central, 'events').some(
    (event) => textOf(event, 'kind') === 'allowance.received' && numberOf(event, 'received_at_ms') === numberOf(grant, 'granted_at_ms') && bodyOf(event)?.['grant'] === grant['grant_id'],
  )
}

/** null: it moves what it says, and first of all what lay at central. */
function whyNotMissing({ central, witness }: Evidence, event: Row, draw: Row): string | null {
  const { points, rider } = bodyOf(event) ?? {}
  const [id, toKey] = [textOf(event, 'event_id'), textOf(draw, 'to_key')]
  const ofEvent = rowsOf(central, 'transfers').filter((row) => row['event_id'] === id)
  const moved = sumOf(ofEvent.filter((row) => textOf(row, 'to_key') === toKey))
  if (moved !== points) return `its fact says ${String(points)} and moves ${moved}`
  const account = rowsOf(central, 'accounts').find((row) => row['kind'] === 'rider_central' && row['rider_id'] === rider && row['district_id'] === draw['district_id'])
  if (account === undefined) return 'its rider has no account'
  const taken = sumOf(ofEvent.filter((row) => row['from_key'] === account['account_key']))
  const [least, most] = boundsBefore(central, account, event, draw, witness.commitsWithinMs)
  if (taken < least) return `${least - taken} points of his lay at central`
  return taken > most ? `only ${most} points of his lay at central` : null
}

/** What lay in that account before the event: of what was booked at about the same time nobody knows whether it came before, but of its own file's events. */
function boundsBefore(central: Evidence['central'], account: Row, event: Row, draw: Row, withinMs: number): [least: number, most: number] {
  const own = new Map(rowsOf(central, 'events').filter((row) => lifeOf(row) === lifeOf(event)).map((row) => [row['event_id'], numberOf(row, 'seq')]))
  const [key, seq, atMs] = [textOf(account, 'account_key'), numberOf(event, 'seq'), numberOf(draw, 'booked_at_ms')]
  let [least, most] = [0, 0]
  for (const row of rowsOf(central, 'transfers')) {
    if (row['district_id'] !== account['district_id'] || (row['from_key'] !== key && row['to_key'] !== key)) continue
    const points = row['to_key'] === key ? numberOf(row, 'points') : -numberOf(row, 'points')
    const ownSeq = own.get(row['event_id'])
    const laterMs = numberOf(row, 'booked_at_ms') - atMs
    if (ownSeq === undefined ? laterMs > withinMs : ownSeq >= seq) continue
    const isBefore = ownSeq !== undefined || laterMs < -withinMs
    if (isBefore || points < 0) least += points
    if (isBefore || points > 0) most += points
  }
  return [Math.max(0, least), most]
}

function sumOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + numberOf(row, 'points'), 0)
}

/** Such a fault was done to its file before it was heard. */
function isExcused({ excuses, commitsWithinMs }: Evidence['witness'], event: Row, kinds: readonly string[]): boolean {
  const [incarnation, heardAtMs] = [textOf(event, 'incarnation'), numberOf(event, 'received_at_ms')]
  return excuses.some((excuse) => kinds.includes(excuse.kind) && excuse.incarnation === incarnation && excuse.station === event['station_id'] && excuse.atMs <= heardAtMs + commitsWithinMs)
}
