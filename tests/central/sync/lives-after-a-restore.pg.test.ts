// After a restore central waits for lives of files, not for stations: what an earlier file of a station was lent is as forgotten as
// what its present one was. A file that can not come back can be given up, and a ban that came back alone is shown. On both databases.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readRecovery } from '../../../central/store/operator-views.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { takeBackup } from '../../support/database-copy.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { done } from '../../support/operator.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, HISTORY, NOW_MS, readBooks } from '../../support/test-central.ts'

const DAY_MS = 86_400_000

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

  const missing = async (): Promise<string[]> => {
    const rows = await central.database.query<{ incarnation: string }>('SELECT incarnation FROM recovery_waits WHERE back_at_ms IS NULL')
    return rows.map(({ incarnation }) => incarnation).toSorted()
  }

  const livesOf = async (station: string): Promise<Record<string, string>> => {
    const rows = await central.database.query<{ incarnation: string; state: string }>(
      'SELECT incarnation, state FROM incarnations WHERE station_id = $1 ORDER BY began_at_ms, incarnation', [station],
    )
    return Object.fromEntries(rows.map(({ incarnation, state }) => [incarnation, state]))
  }

  const discrepancy = async (): Promise<number> => {
    const [row] = await central.database.query<{ balance: number }>("SELECT coalesce(sum(balance), 0)::bigint AS balance FROM accounts WHERE account_key = 'discrepancy'")
    return row?.balance ?? 0
  }

  const writeOff = async ({ station, incarnation }: TestStation): Promise<void> => {
    const staff = await central.database.query<{ id: string }>(
      'SELECT staff_id AS id FROM staff WHERE active AND district_id = (SELECT district_id FROM stations WHERE station_id = $1) ORDER BY staff_id LIMIT 2', [station],
    )
    await done(central, 'write-off', { station, incarnation, staff: staff.map(({ id }) => id), reason: 'lost' })
  }

  /** The file that this station goes on with, and its word about the one that is kept aside. */
  const beginAnew = (old: TestStation): { anew: TestStation; previous: { incarnation: string; lastSeq: number; lastHash: string } } => {
    const { lastSeq, lastHash } = old.helloBody()
    return { anew: old.clone().begin(), previous: { incarnation: old.incarnation, lastSeq, lastHash } }
  }

  test('a file that was replaced after the backup may hold what central forgot: nothing is lent before it is back, though its station is', async () => {
    const { first: old, second } = central
    const rider = demoRider('li')
    const restore = await takeBackup(central.database)
    const { grant } = await old.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    old.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    // A machine that was found later: the new one does not know what it replaced.
    const anew = old.clone().begin()
    await anew.hello()
    await restore()
    await done(central, 'restored', {})
    expect(await missing()).toEqual([old.incarnation, second.incarnation].toSorted())
    await second.hello()
    expect(await anew.hello()).toMatchObject({ state: 'active', recovering: true })
    expect(await missing()).toEqual([old.incarnation])
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    expect(await old.hello()).toMatchObject({ state: 'superseded', recovering: true })
    await old.push()
    expect(await missing()).toEqual([])
    expect(await second.askAllowance(rider)).toMatchObject({ withheld: null })
    expect(await discrepancy()).toBe(0)
  })

  test('waited for is every file that is not banned and holds points, or was heard within sixty days of the last word of all', async () => {
    const { first: old, second } = central
    // Of the second station's files one is empty, and its station's newest one is not.
    const empty = second.clone().begin()
    await empty.hello()
    const { anew } = beginAnew(second)
    central.clock.nowMs = NOW_MS + 31 * DAY_MS
    await anew.hello()
    central.clock.nowMs = NOW_MS + 61 * DAY_MS
    await anew.hello()
    await done(central, 'restored', {})
    expect(await missing()).toEqual([old.incarnation, second.incarnation, anew.incarnation].toSorted())
    await writeOff(old)
    expect(await missing()).toEqual([second.incarnation, anew.incarnation].toSorted())
  })

  /** The backup knows neither of two files: one that told two events and was kept aside, and the one that goes on. */
  const forgetTwoFiles = async (): Promise<{ old: TestStation; anew: TestStation; previous: ReturnType<typeof beginAnew>['previous'] }> => {
    const restore = await takeBackup(central.database)
    const old = central.first.clone().begin()
    await old.hello()
    for (const points of [1, 2]) old.redeem(demoRider('li'), points)
    await old.push()
    const { anew, previous } = beginAnew(old)
    await restore()
    await done(central, 'restored', {})
    return { old, anew, previous }
  }

  test('what the new file says of the one before it is waited for, also where central has never heard of that; it does not become the station', async () => {
    const { first, second } = central
    const { old, anew, previous } = await forgetTwoFiles()
    expect(await anew.hello({ previous })).toMatchObject({ state: 'active', recovering: true })
    expect(await livesOf(first.station)).toEqual({ [first.incarnation]: 'superseded', [old.incarnation]: 'superseded', [anew.incarnation]: 'active' })
    await second.hello()
    await first.hello()
    expect(await missing()).toEqual([old.incarnation])
    // Its file is opened where it was kept, and tells the rest.
    expect(await old.hello()).toMatchObject({ state: 'superseded', lastSeq: 0, recovering: true })
    await old.push(1, 1)
    expect(await missing()).toEqual([old.incarnation])
    await old.push(2, 2)
    expect(await missing()).toEqual([])
    expect(await anew.hello({ previous })).toMatchObject({ state: 'active', recovering: false })
  })

  test('what a new file says of the one before it does not end recovery over the new file itself', async () => {
    const { first, second } = central
    first.redeem(demoRider('li'), 1)
    await first.push()
    const rider = demoRider('li')
    const { anew, previous } = beginAnew(first)
    const restore = await takeBackup(central.database)
    await anew.hello({ previous })
    const { grant } = await anew.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    anew.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await restore()
    await done(central, 'restored', {})
    await second.hello()
    expect(await missing()).toEqual([first.incarnation])
    // The backup has all of the previous one, which alone is missing.
    expect(await anew.hello({ previous })).toMatchObject({ recovering: true })
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    await anew.push()
    expect(await missing()).toEqual([])
    expect(await discrepancy()).toBe(0)
  })

  test('a file that its successor has named begins as one that was replaced, also when recovery is over', async () => {
    const { first, second } = central
    const { old, anew, previous } = await forgetTwoFiles()
    await anew.hello({ previous })
    await second.hello()
    await first.hello()
    // The disk on which it was kept aside is lost.
    await writeOff(old)
    expect(await missing()).toEqual([])
    const { anew: third, previous: second_ } = beginAnew(anew)
    expect(await third.hello({ previous: second_ })).toMatchObject({ state: 'waiting', recovering: false })
    const unheard = anew.clone().begin()
    expect(await unheard.hello()).toMatchObject({ state: 'waiting' })
    const { previous: named } = beginAnew(unheard)
    const fourth = anew.clone().begin()
    await fourth.hello({ previous: { ...named, incarnation: '0192f0c0-0000-4000-8000-00000000abcd' } })
    const late = anew.clone().begin()
    late.incarnation = '0192f0c0-0000-4000-8000-00000000abcd'
    expect(await late.hello()).toMatchObject({ state: 'superseded' })
    expect((await livesOf(first.station))[anew.incarnation]).toBe('active')
  })

  test('a file that was admitted after the backup waits for staff once more, and is waited for: it can bring what it holds before they come', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    const restore = await takeBackup(central.database)
    const [one, two] = [first.clone().begin(), first.clone().begin()]
    await one.hello()
    expect(await two.hello()).toMatchObject({ state: 'waiting' })
    await done(central, 'admit', { station: two.station, incarnation: two.incarnation })
    const { grant } = await two.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    two.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await restore()
    await done(central, 'restored', {})
    await second.hello()
    await one.hello()
    expect(await two.hello()).toMatchObject({ state: 'waiting', recovering: true })
    await first.hello()
    expect(await missing()).toEqual([two.incarnation])
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    await two.push()
    expect(await missing()).toEqual([])
    expect(await discrepancy()).toBe(0)
  })

  test('a file that staff admit while central recovers is waited for from then on, before it has said a word', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    const [one, two] = [first.clone().begin(), first.clone().begin()]
    await one.hello()
    expect(await two.hello()).toMatchObject({ state: 'waiting' })
    // In the backup it has been silent for so long that nobody waits for it.
    await central.database.query('UPDATE incarnations SET heard_at_ms = $2 WHERE incarnation = $1', [two.incarnation, NOW_MS - 61 * DAY_MS])
    const restore = await takeBackup(central.database)
    await done(central, 'admit', { station: two.station, incarnation: two.incarnation })
    const { grant } = await two.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    two.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await restore()
    await done(central, 'restored', {})
    expect(await missing()).not.toContain(two.incarnation)
    await done(central, 'admit', { station: two.station, incarnation: two.incarnation })
    for (const station of [second, one, first]) await station.hello()
    expect(await missing()).toEqual([two.incarnation])
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    expect(await two.hello()).toMatchObject({ state: 'active', recovering: true })
    await two.push()
    expect(await missing()).toEqual([])
    expect(await discrepancy()).toBe(0)
    expect(await second.askAllowance(rider)).toMatchObject({ withheld: null })
  })

  test('a file that the backup does not know is waited for from its first word, also where that word is of before the restore', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    const restore = await takeBackup(central.database)
    const anew = first.clone().begin()
    const before = anew.helloBody({ acknowledgedSeq: 0, cursor: { history: HISTORY, number: 1 } })
    await anew.helloOnce(before)
    const { grant } = await anew.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    anew.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await restore()
    await done(central, 'restored', {})
    // The network repeats it; the file itself is cut off.
    await anew.helloOnce(before)
    for (const station of [second, first]) await station.hello()
    expect(await missing()).toEqual([anew.incarnation])
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    await anew.hello()
    await anew.push()
    expect(await missing()).toEqual([])
    expect(await discrepancy()).toBe(0)
  })

  test('an older copy spoke for a file and recovery ended: the file itself begins it once more, and what it was lent is lent once', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    first.record('checkin.recorded/1', { rider, card: 1, known: true })
    await first.push()
    const copy = first.clone()
    const restore = await takeBackup(central.database)
    const { grant } = await first.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    first.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await restore()
    await done(central, 'restored', {})
    await second.hello()
    expect(await copy.hello()).toMatchObject({ recovering: false, lastSeq: 1 })
    const before = { acknowledgedSeq: 1, cursor: { history: HISTORY, number: 1 } }
    // A word of before that the network repeats claims no more than central has.
    expect(await copy.helloOnce(copy.helloBody(before))).toMatchObject({ recovering: false })
    expect(await first.hello(before)).toMatchObject({ recovering: true, lastSeq: 1 })
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    await first.push()
    expect(await missing()).toEqual([])
    expect(await second.askAllowance(rider)).toMatchObject({ withheld: null })
    expect(await discrepancy()).toBe(0)
  })

  test('what lies beyond a gap that no file can close is kept raw once the file is written off, so that it is told and can begin anew', async () => {
    const { first } = central
    const restore = await takeBackup(central.database)
    for (const points of [1, 2, 3, 4]) first.redeem(demoRider('li'), points)
    await first.push()
    await restore()
    await done(central, 'restored', {})
    await first.hello()
    // Its older events are pruned: a younger backup had them, and this one has not.
    expect(await first.push(3, 4)).toEqual({ result: 'gap', lastSeq: 0 })
    await writeOff(first)
    const before = await central.database.query('SELECT sum(balance) AS sum FROM accounts GROUP BY kind ORDER BY kind')
    for (let times = 0; times < 2; times += 1) expect(await first.push(3, 4)).toEqual({ result: 'quarantined', lastSeq: 0 })
    expect(await central.database.query('SELECT seq FROM quarantined_events ORDER BY seq')).toEqual([{ seq: 3 }, { seq: 4 }])
    expect(await central.database.query('SELECT sum(balance) AS sum FROM accounts GROUP BY kind ORDER BY kind')).toEqual(before)
    expect(await first.hello()).toMatchObject({ state: 'banned', lastSeq: 0 })
    // What follows on the last event is recorded and flagged as ever.
    expect(await first.push(1, 2)).toMatchObject({ result: 'applied', lastSeq: 2 })
  })

  test('a ban comes back after a restore, what was written off with it does not: the file is shown with what it holds, until two write it off again', async () => {
    const { first } = central
    const held = async (): Promise<unknown[]> => (await central.database.transaction('snapshot', readRecovery)).bannedFiles
    const restore = await takeBackup(central.database)
    await writeOff(first)
    expect(await held()).toEqual([])
    await restore()
    await done(central, 'restored', {})
    const [file, ...more] = (await central.database.transaction('snapshot', readRecovery)).bannedFiles
    expect({ file, more: more.length }).toMatchObject({ file: { station: first.station, number: 1, incarnation: first.incarnation, riders: expect.any(Number) }, more: 0 })
    expect(file?.points).toBeGreaterThan(0)
    expect(file?.programPoints).toBeGreaterThan(0)
    await writeOff(first)
    expect(await held()).toEqual([])
  })
})
