// Central restored from a backup: nothing is lent until every station is back, what must not be forgotten is not, and it ends by
// itself. On both databases.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { outsideLogInMemory } from '../../../central/keys/outside-log.ts'
import { readCertificate } from '../../../central/sync/certificate.ts'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { takeBackup } from '../../support/database-copy.ts'
import { type KeyedCentral, openKeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { act, done, enrolBody, enrolDoor, newMachine } from '../../support/operator.ts'
import { TestStation } from '../../support/station-client.ts'
import { demoRider, HISTORY, NOW_MS, readBooks } from '../../support/test-central.ts'

const DISTRICT = stations[0]?.district.id ?? ''
const MINUTE_MS = 60_000

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    central = await startKeyedCentral(databases)
  }, 60_000)

  afterEach(async () => {
    await central.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  const missing = async (): Promise<number[]> => {
    const rows = await central.database.query<{ number: number }>(
      'SELECT stations.number FROM recovery_waits JOIN stations USING (station_id) WHERE back_at_ms IS NULL ORDER BY number',
    )
    return rows.map(({ number }) => number)
  }

  const balance = async (key: string): Promise<number> => {
    const [row] = await central.database.query<{ balance: number }>('SELECT sum(balance)::bigint AS balance FROM accounts WHERE account_key LIKE $1', [key])
    return row?.balance ?? 0
  }

  const staffOf = async ({ station }: TestStation): Promise<string[]> => {
    const rows = await central.database.query<{ id: string }>(
      'SELECT staff_id AS id FROM staff WHERE active AND district_id = (SELECT district_id FROM stations WHERE station_id = $1) ORDER BY staff_id LIMIT 2',
      [station],
    )
    return rows.map(({ id }) => id)
  }

  const writeOff = async (of: TestStation): Promise<void> => {
    await done(central, 'write-off', { station: of.station, incarnation: of.incarnation, staff: await staffOf(of), reason: 'lost' })
  }

  /** A new station that joined by a code. */
  const join = async (name: string): Promise<{ station: TestStation; certificate: string }> => {
    const { code, station } = await done<{ code: string; station: string }>(central, 'enrolment-code', { district: DISTRICT, name: { zh: name, en: name } })
    const machine = newMachine()
    const joined = await enrolDoor(central)(await enrolBody(central, machine, code))
    if (!joined.ok) throw new Error(joined.error)
    return { station: new TestStation(station, central.send, machine), certificate: joined.answer.certificate }
  }

  test('what was lent after the backup is not lent again: nothing is, until all are back with what they hold; then it goes on by itself', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    const restore = await takeBackup(central.database)
    const lentPoints = await first.takeAndSpend(rider, 30)
    await restore()

    const { history, missing: waitedFor } = await done<{ history: string; missing: number }>(central, 'restored', {})
    expect({ waitedFor, isNew: history !== HISTORY }).toEqual({ waitedFor: 2, isNew: true })
    // A file that has not said hello under this history is sent to say it.
    expect(await second.postOnce('/v1/pull', Buffer.from(JSON.stringify({ cursor: null, incarnation: second.incarnation, checksums: [] })))).toMatchObject({ status: 409 })
    expect(await second.hello()).toMatchObject({ history, recovering: true, state: 'active' })
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    expect(await second.renew()).toMatchObject({ granted: 0, withheld: 'recovering' })
    expect(await missing()).toEqual([1])
    // The last one claims more than central has: it is back once it has brought it, and not before.
    expect(await first.hello()).toMatchObject({ recovering: true, lastSeq: 0 })
    expect(await missing()).toEqual([1])
    await first.push()
    expect(await missing()).toEqual([])
    expect(await second.askAllowance(rider)).toMatchObject({ withheld: null })
    // It was lent once more, from what lies at central, and spent from there: no point was made.
    expect({ atFirst: await balance(`rider:${rider}@${first.station}#%`), discrepancy: await balance('discrepancy') }).toEqual({ atFirst: lentPoints + 50 - 30, discrepancy: 0 })
  })

  test.each([['received before returned', [1, 0]], ['returned before received', [0, 1]]] as const)('what came home and was lent elsewhere after the backup is there once, %s', async (_order, order) => {
    const { first, second } = central
    const rider = demoRider('li')
    const takeAll = async (station: TestStation): Promise<number> => {
      const { grant } = await station.askAllowance(rider)
      if (grant === null) throw new Error('points lie at central')
      station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
      await station.push()
      return grant.points
    }
    const held = await takeAll(first)
    const all = await balance(`rider:${rider}%`)
    const restore = await takeBackup(central.database)
    first.record('allowance.returned/1', { rider, points: held, reason: 'visit_over' })
    await first.push()
    expect(await takeAll(second)).toBe(held)
    await restore()

    await done(central, 'restored', {})
    for (const index of order) {
      const station = index === 0 ? first : second
      await station.hello()
      await station.push()
    }
    expect(await missing()).toEqual([])
    expect({
      all: await balance(`rider:${rider}%`), atSecond: await balance(`rider:${rider}@${second.station}#%`), atCentral: await balance(`rider:${rider}`), discrepancy: await balance('discrepancy'),
    }).toEqual({ all, atSecond: held, atCentral: 0, discrepancy: 0 })
    // A repeat changes nothing.
    await first.push()
    expect(await balance('discrepancy')).toBe(0)
  })

  test('nobody said so, and a station that was told more than central knows proves it: a new history, once, from two proofs', async () => {
    const { first, second } = central
    const restore = await takeBackup(central.database)
    for (const station of [first, second]) {
      station.redeem(demoRider('li'), 1)
      await station.push()
    }
    const cursor = { history: HISTORY, number: 1 }
    expect(await first.hello({ acknowledgedSeq: 1, cursor })).toMatchObject({ history: HISTORY, recovering: false })
    await restore()
    const [one, other] = await Promise.all([first.hello({ acknowledgedSeq: 1, cursor }), second.hello({ acknowledgedSeq: 1, cursor })])
    expect({ same: one.history === other.history, isNew: one.history !== HISTORY, recovering: [one.recovering, other.recovering] }).toEqual({ same: true, isNew: true, recovering: [true, true] })
    await first.push()
    expect(await missing()).toEqual([2])
    await second.push()
    expect(await first.hello()).toMatchObject({ recovering: false, history: one.history })
  })

  test('a station that joined after the backup is in the log outside: it is waited for from the start, and comes back', async () => {
    const restore = await takeBackup(central.database)
    const { station } = await join('new')
    await station.hello()
    station.redeem(demoRider('li'), 5)
    await station.push()
    await restore()
    await done(central, 'restored', {})
    expect((await station.hello()).state).toBe('active')
    expect(await missing()).toEqual([1, 2, 3])
    await station.push()
    expect(await missing()).toEqual([1, 2])
  })

  test('one that the log does not name comes back by its certificate, also when nobody has said that central was restored', async () => {
    const restore = await takeBackup(central.database)
    const { station: joined, certificate } = await join('new')
    await joined.hello()
    await restore()
    const lost = openKeyedCentral({ ...central, keys: { ...central.keys, outside: outsideLogInMemory() } }, central.close)
    central = lost
    const station = joined.over(lost.send)
    // Without a certificate, or with one that another key signed, it is nobody.
    expect(await station.postOnce('/v1/hello', Buffer.from(JSON.stringify(station.helloBody())))).toMatchObject({ status: 401 })
    const [line] = certificate.split('\n')
    expect(await station.postOnce('/v1/hello', Buffer.from(JSON.stringify(station.helloBody({ certificate: `${line}\n${'A'.repeat(86)}` }))))).toMatchObject({ status: 401 })
    const impostor = new TestStation(station.station, lost.send)
    expect(await impostor.postOnce('/v1/hello', Buffer.from(JSON.stringify(impostor.helloBody({ certificate }))))).toMatchObject({ status: 401 })

    const said = await station.hello({ certificate })
    expect({ state: said.state, recovering: said.recovering, isNew: said.history !== HISTORY }).toEqual({ state: 'active', recovering: true, isNew: true })
    expect(await missing()).toEqual([1, 2])
    // Its look is its neighbour's until staff say better.
    const page = await station.pull(null)
    const row = page.result === 'page' ? page.changes.find((change) => change.kind === 'station')?.row : null
    expect(row).toMatchObject({ id: station.station, number: readCertificate(central.keys.signer, certificate)?.number, name: { zh: '3 号驿站', en: 'Station 3' } })
  })

  test('revoked, replaced and written off before the restore, after the backup: they stay so', async () => {
    const { first, second } = central
    const restore = await takeBackup(central.database)
    const late = await join('late')
    await late.station.hello()
    await done(central, 'revoke-station', { station: late.station.station })
    await done(central, 'revoke-station', { station: first.station })
    central.clock.nowMs = NOW_MS + MINUTE_MS
    const { code } = await done<{ code: string }>(central, 'enrolment-code', { station: second.station })
    const machine = newMachine()
    const joined = await enrolDoor(central)(await enrolBody(central, machine, code))
    const replacement = new TestStation(second.station, central.send, machine)
    await restore()
    await done(central, 'restored', {})

    expect(await first.hello()).toMatchObject({ state: 'banned' })
    expect(await first.postOnce('/v1/pull', Buffer.from(JSON.stringify({ cursor: null, incarnation: first.incarnation, checksums: [] })))).toEqual({ status: 403, body: { error: 'revoked' } })
    expect(await late.station.hello({ certificate: late.certificate })).toMatchObject({ state: 'banned' })
    expect(await second.postOnce('/v1/hello', Buffer.from(JSON.stringify(second.helloBody())))).toEqual({ status: 401, body: { error: 'bad_signature' } })
    expect(await replacement.hello({ certificate: joined.ok ? joined.answer.certificate : null })).toMatchObject({ state: 'active' })
    // A banned station is waited for by nobody. The replaced machine may hold what central forgot, and nobody hears it any more: two give it up.
    expect(await missing()).toEqual([2])
    await writeOff(second)
    expect(await missing()).toEqual([])
  })

  test('a station that is gone for good is given up by two people, and recovery ends without it', async () => {
    const { first, second } = central
    await done(central, 'restored', {})
    await first.hello()
    expect(await missing()).toEqual([2])
    const [one] = await staffOf(second)
    expect(await act(central, 'write-off', { station: second.station, incarnation: second.incarnation, staff: [one, one], reason: 'lost' })).toEqual({ ok: false, error: 'same_staff' })
    expect(await missing()).toEqual([2])
    await writeOff(second)
    expect(await missing()).toEqual([])
    expect((await first.hello()).recovering).toBe(false)
  })

  test('a backup that is whole lets stations forget: as far as it surely reaches, and no further', async () => {
    const { first } = central
    first.redeem(demoRider('li'), 1)
    await first.push()
    const { number } = await done<{ number: number }>(central, 'backup-begins', {})
    first.redeem(demoRider('li'), 1)
    await first.push(2, 2)
    expect(await first.hello()).toMatchObject({ lastSeq: 2, backedUpSeq: 0 })
    expect(await act(central, 'backed-up', { through: number + 1 })).toEqual({ ok: false, error: 'unknown_backup' })
    await done(central, 'backed-up', { through: number })
    expect(await first.hello()).toMatchObject({ lastSeq: 2, backedUpSeq: 1 })
    expect(await central.database.query('SELECT act, result FROM operator_acts ORDER BY at_ms, act_id')).toHaveLength(3)
  })
})
