// A station that comes with a new file, because the old one was lost: what the old one was lent stays with it, since what
// it has already spent may not have arrived. On both databases.

import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { createProcessMemory } from '../../../central/sync/process-memory.ts'
import { answerPull } from '../../../central/sync/pull.ts'
import { stationPublicKey } from '../../../central/sync/station-auth.ts'
import { uncounted } from '../../../central/sync/sync-counters.ts'
import type { SyncNotice } from '../../../central/sync/sync-context.ts'
import { ALLOWANCE_PATH, type Cursor, type MirrorRow, type PullAnswer } from '../../../contract/sync/sync-protocol.ts'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { makeTestKeys } from '../../support/central-keys.ts'
import type { TestStation } from '../../support/station-client.ts'
import { balancesOf, demoRider, NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const DISTRICT = stations[0]?.district.id ?? ''

async function pullGrants(pull: (cursor: Cursor | null) => Promise<PullAnswer>): Promise<MirrorRow<'grant'>[]> {
  const grants: MirrorRow<'grant'>[] = []
  let cursor: Cursor | null = null
  for (let pages = 1; pages <= 5_000; pages += 1) {
    const answer: PullAnswer = await pull(cursor)
    if (answer.result !== 'page') throw new Error(answer.result)
    for (const change of answer.changes) if (change.kind === 'grant' && change.row !== null) grants.push(change.row)
    cursor = answer.cursor
    if (!answer.more) return grants
  }
  throw new Error('a pull without an end')
}

const grantsOf = (station: TestStation): Promise<MirrorRow<'grant'>[]> => pullGrants((cursor) => station.pull(cursor))

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    central = await startTestCentral(databases)
  }, 60_000)

  afterEach(async () => {
    await central.app.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('the first file gets every standing grant, however small the pages of its first pull are', async () => {
    const [{ count } = { count: 0 }] = await central.database.query<{ count: number }>('SELECT count(*) AS count FROM grants WHERE station_id = $1', [central.first.station])
    const notices: SyncNotice[] = []
    const context = { store: sqlStore(central.database), nowMs: () => NOW_MS, notice: (notice: SyncNotice) => notices.push(notice), counters: uncounted, memory: createProcessMemory(), ...makeTestKeys() }
    const asking = {
      station: central.first.station, district: DISTRICT, number: 1, publicKey: stationPublicKey(central.first.publicKey), rawKey: central.first.publicKey, isRevoked: false,
    }
    const { incarnation } = central.first
    const grants = await pullGrants(async (cursor) => {
      const result = await answerPull(context, asking, { cursor, incarnation, checksums: [] }, { changesMax: 150 })
      if (!result.ok) throw new Error(result.error)
      return result.answer
    })
    expect(count).toBeGreaterThan(5)
    expect({ grants: new Set(grants.map((grant) => grant.id)).size, notices }).toEqual({ grants: count, notices: [] })
    // Another pull from the beginning, as after a lost cursor, brings the same.
    expect((await grantsOf(central.first)).map((grant) => grant.id).toSorted()).toEqual(grants.map((grant) => grant.id).toSorted())
  })

  test('twenty new files wait for staff, and the next is not known: nothing of it is written, also where it asks again, until one is written off', async () => {
    const { first } = central
    await first.hello()
    await first.begin().hello()
    const states: string[] = []
    for (let files = 1; files <= 20; files += 1) states.push((await first.begin().hello()).state)
    const known = first.clone()
    const next = first.begin()
    const rows = () => central.database.query<{ rows: number }>('SELECT count(*) AS rows FROM incarnations WHERE station_id = $1', [first.station])
    const before = await rows()
    const refused = { status: 409, body: { error: 'too_many_files' } }
    const said = (file: TestStation) => file.postOnce('/v1/hello', Buffer.from(JSON.stringify(file.helloBody())))
    expect([await said(next), await said(next), new Set(states)]).toEqual([refused, refused, new Set(['waiting'])])
    expect(await rows()).toEqual(before)
    // One that is known says its hello as ever.
    expect((await known.hello()).state).toBe('waiting')
    await central.database.query(`UPDATE incarnations SET state = 'banned' WHERE incarnation = (SELECT incarnation FROM incarnations WHERE station_id = $1 AND state = 'waiting' LIMIT 1)`, [first.station])
    expect((await next.hello()).state).toBe('waiting')
    await central.database.query(`UPDATE stations SET status = 'revoked' WHERE station_id = $1`, [first.station])
    for (let files = 1; files < 20; files += 1) await first.begin().hello()
    // Nor does a revoked one fill the table.
    expect(await said(first.begin())).toEqual(refused)
  })

  test('a new file gets nothing of what the old one was lent; the old one, found again, still does', async () => {
    const rider = demoRider('zhang')
    const { first } = central
    const standing = await grantsOf(first)
    const asked = await first.askAllowance(rider)
    const old = first.clone()
    first.begin()
    expect(await grantsOf(first)).toEqual([])
    expect((await grantsOf(old)).map((grant) => grant.id).toSorted()).toEqual([...standing.map((grant) => grant.id), asked.grant?.id ?? ''].toSorted())
  })

  test('what the old file spent before it was lost is spent once: the new one can not spend it again', async () => {
    const rider = demoRider('zhang')
    const { first } = central
    await first.pull(null)
    const old = first.clone()
    first.begin()
    await first.pull(null)
    // All lies with the old file or at central: the new one is lent central's part, and no more.
    expect(await first.askAllowance(rider)).toMatchObject({ grant: { points: 76 } })
    first.redeem(rider, 76)
    expect(await first.push()).toMatchObject({ outcomes: [{ seq: 1, outcome: 'recorded' }] })
    // The old file turns up with what it had spent of its standing fifty.
    old.redeem(rider, 50)
    expect(await old.push()).toMatchObject({ outcomes: [{ seq: 1, outcome: 'recorded' }] })
    expect(await balancesOf(central.database, rider)).toEqual({
      [`rider:${rider}`]: 0, [`rider:${rider}@${first.station}#${first.incarnation}`]: 0, [`rider:${rider}@${old.station}#${old.incarnation}`]: 0,
    })
  })

  test('a request for points of the old file, asked again by the new one, is refused and tells nothing', async () => {
    const rider = demoRider('zhang')
    const { first } = central
    const requestId = randomUUID()
    await first.askAllowance(rider, requestId)
    first.begin()
    const body = Buffer.from(JSON.stringify({ requestId, rider, incarnation: first.incarnation }))
    expect(await first.post(ALLOWANCE_PATH, body)).toEqual({ status: 400, body: { error: 'bad_request' } })
  })

  test('a new file that says it received a grant of the old one is flagged', async () => {
    const { first } = central
    const [grant] = await grantsOf(first)
    if (grant === undefined) throw new Error('the first station holds standing grants')
    first.begin().record('allowance.received/1', { grant: grant.id, rider: grant.rider, points: grant.points })
    expect(await first.push()).toMatchObject({ outcomes: [{ seq: 1, outcome: 'flagged', code: 'grant_unknown' }] })
  })

  test('whichever door it comes by first, the first file is met there; an old one that only asked for points is an old one', async () => {
    const { first } = central
    first.redeem(demoRider('zhang'), 10)
    await first.push()
    expect((await grantsOf(first)).length).toBeGreaterThan(5)
    const second = central.second
    await second.askRider(demoRider('zhang'))
    second.begin()
    expect(await grantsOf(second)).toEqual([])
  })

  test('a file in quarantine is lent nothing and told of no grant, by neither door', async () => {
    const rider = demoRider('zhang')
    const { first } = central
    const copy = first.clone()
    first.record('staff.signed_in/1', { staff: randomUUID() })
    copy.record('staff.signed_in/1', { staff: randomUUID() })
    await first.push()
    const requestId = randomUUID()
    const { grant } = await first.askAllowance(rider, requestId)
    expect(grant?.points).toBe(76)
    expect(await copy.push()).toEqual({ result: 'quarantined', lastSeq: 1 })
    expect({ again: await first.askAllowance(rider, requestId), other: await first.askAllowance(demoRider('li')), told: await grantsOf(first) }).toEqual({
      again: { grant: null, withheld: 'not_active', elsewhere: [] }, other: { grant: null, withheld: 'not_active', elsewhere: [] }, told: [],
    })
  })

  test('the log says once which station began anew and how much its old file holds, and nothing of a person', async () => {
    const lines: string[] = []
    const logTo = new PassThrough()
    logTo.on('data', (line: Buffer) => lines.push(line.toString()))
    const app = buildCentral({ database: central.database, nowMs: () => NOW_MS, logTo })
    const first = central.first.over(async (path, headers, body) => {
      const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
      return { status: response.statusCode, body: response.json<unknown>() }
    })
    await first.pull(null)
    first.begin()
    await first.pull(null)
    await first.pull(null)
    await app.close()
    const [held = { riders: 0, points: 0 }] = await central.database.query<{ riders: number; points: number }>(
      'SELECT count(*) AS riders, sum(points)::bigint AS points FROM grants WHERE station_id = $1',
      [first.station],
    )
    const notices = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['notice'] === 'station_began_anew')
    expect(notices.map(({ msg, station, incarnation, strandedRiders, strandedPoints }) => ({ msg, station, incarnation, strandedRiders, strandedPoints }))).toEqual([
      { msg: 'a station began anew', station: first.station, incarnation: first.incarnation, strandedRiders: held.riders, strandedPoints: held.points },
    ])
  })
})
