// How a machine becomes a station: by a code that joins one machine once within ten minutes. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { readCertificate } from '../../../central/sync/certificate.ts'
import type { EnrolAnswer } from '../../../contract/sync/enrolment.ts'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { done, act, enrolBody, enrolDoor, newMachine } from '../../support/operator.ts'
import { makeTestKeys } from '../../support/central-keys.ts'
import { TestStation } from '../../support/station-client.ts'
import { NOW_MS } from '../../support/test-central.ts'

const DISTRICT = stations[0]?.district.id ?? ''
const UNITY_ROAD = { district: DISTRICT, name: { zh: '团结路', en: 'Unity Road' } }
const MINUTE_MS = 60_000

interface Code {
  code: string
  station: string
  number: number
}

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

  afterEach(() => central.close())

  test('a machine joins as a new station, speaks, and is told who it is', async () => {
    const { code, station, number } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const machine = newMachine()
    const joined = await enrolDoor(central)(await enrolBody(central, machine, code))
    if (!joined.ok) throw new Error(joined.error)
    expect({ station: joined.answer.station, centralKey: joined.answer.centralKey, certificate: readCertificate(central.keys.signer, joined.answer.certificate) }).toEqual({
      station, centralKey: central.keys.signer.publicKey, certificate: { station, district: DISTRICT, number, publicKey: machine.publicKey, issuedAtMs: NOW_MS },
    })
    const speaking = new TestStation(station, central.send, machine)
    expect(await speaking.hello()).toMatchObject({ state: 'active', lastSeq: 0 })
    const page = await speaking.pull(null)
    expect(page.result === 'page' ? page.changes.find((change) => change.kind === 'station')?.row : null).toMatchObject({ id: station, number, name: UNITY_ROAD.name })
    expect(central.keys.outside.read()).toEqual([expect.objectContaining({ kind: 'station_enrolled', station, publicKey: machine.publicKey, atMs: NOW_MS })])
  })

  test('a code joins one machine: a second is refused, also at the same moment; the first may ask again for its lost answer', async () => {
    const { code } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const enrol = enrolDoor(central)
    const machines = [newMachine(), newMachine(), newMachine()]
    const results = await Promise.all(machines.map(async (machine) => enrol(await enrolBody(central, machine, code))))
    expect(results.map((result) => (result.ok ? 'joined' : result.error)).toSorted()).toEqual(['code_used', 'code_used', 'joined'])
    const first = machines[results.findIndex((result) => result.ok)]
    if (first === undefined) throw new Error('one of them joined')
    const again = await enrol(await enrolBody(central, first, code))
    const before = results.find((result) => result.ok)
    expect(again.ok && before?.ok === true && again.answer.station === before.answer.station).toBe(true)
    expect(await central.database.query('SELECT public_key FROM stations WHERE name @> \'{"en":"Unity Road"}\'')).toEqual([{ public_key: first.publicKey }])
  })

  test('a code of ten minutes ago, one that nobody made, a key that is not its own and a body that is none are refused, each by its word', async () => {
    const { code } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const enrol = enrolDoor(central)
    const machine = newMachine()
    const stolen = JSON.parse((await enrolBody(central, machine, code)).toString()) as Record<string, string>
    const refusals = [
      await enrol(await enrolBody(central, machine, '000000000000')),
      await enrol(Buffer.from(JSON.stringify({ ...stolen, publicKey: newMachine().publicKey }))),
      await enrol(Buffer.from('{"code":')),
      await enrol(Buffer.alloc(2000, 0x20)),
    ]
    central.clock.nowMs = NOW_MS + 10 * MINUTE_MS
    refusals.push(await enrol(await enrolBody(central, machine, code)))
    expect(refusals.map((refusal) => (refusal.ok ? 'joined' : refusal.error))).toEqual(['code_unknown', 'bad_signature', 'bad_request', 'too_large', 'code_expired'])
    expect(await central.database.query('SELECT count(*) AS rows FROM stations')).toEqual([{ rows: 2 }])
  })

  test('the code is not in what a machine sends, and whoever hears that can not join with it: not by another key, nor at another central', async () => {
    const { code } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const enrol = enrolDoor(central)
    const [machine, listener] = [newMachine(), newMachine()]
    const heard = await enrolBody(central, machine, code)
    expect(heard.toString('latin1')).not.toContain(code)
    const own = JSON.parse((await enrolBody(central, listener, '000000000000')).toString()) as Record<string, string>
    const said = JSON.parse(heard.toString()) as Record<string, string>
    const elsewhere = await enrolBody({ keys: makeTestKeys() }, machine, code)
    const tries = [
      { ...said, publicKey: listener.publicKey }, { ...said, publicKey: own['publicKey'], signature: own['signature'] }, { ...own, codeKey: said['codeKey'] }, { ...own, codeKey: said['codeKey'], proof: said['proof'] },
    ].map((body) => Buffer.from(JSON.stringify(body)))
    const refusals = []
    for (const body of [...tries, elsewhere]) refusals.push(await enrol(body))
    expect(refusals).toEqual([...tries, elsewhere].map(() => ({ ok: false, error: 'bad_signature' })))
    expect(await enrol(heard)).toMatchObject({ ok: true })
    // Nothing that central keeps is the code, or opens the door in its place.
    const kept = JSON.stringify(await central.database.query('SELECT * FROM enrolment_codes'))
    expect(kept).not.toContain(code)
  })

  test('a machine of before tells its code in clear: it is too old, and that code joins nobody any more; one of a version to come finds central too old', async () => {
    const { code } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const enrol = enrolDoor(central)
    const machine = newMachine()
    const later = { ...(JSON.parse((await enrolBody(central, machine, code)).toString()) as object), version: 3 }
    expect(await enrol(Buffer.from(JSON.stringify(later)))).toEqual({ ok: false, error: 'server_too_old' })
    expect(await enrol(Buffer.from(JSON.stringify({ code, publicKey: machine.publicKey, signature: 'x' })))).toEqual({ ok: false, error: 'client_too_old' })
    expect(await enrol(await enrolBody(central, machine, code))).toEqual({ ok: false, error: 'code_used' })
  })

  test('whoever guesses is stopped after ten tries, also with the right code; another address is not', async () => {
    const { code } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const enrol = enrolDoor(central)
    const machine = newMachine()
    for (let tries = 1; tries <= 10; tries += 1) await enrol(await enrolBody(central, machine, '000000000000'))
    expect(await enrol(await enrolBody(central, machine, code))).toEqual({ ok: false, error: 'too_many_tries' })
    expect((await enrol(await enrolBody(central, machine, code), '192.0.2.2')).ok).toBe(true)
  })

  test('three hundred wrong codes from everywhere shut nobody out who has a right one; a wrong one hears nothing but that', async () => {
    const [fresh, used, old] = [await done<Code>(central, 'enrolment-code', UNITY_ROAD), await done<Code>(central, 'enrolment-code', { station: central.first.station }), '000000000000']
    const enrol = enrolDoor(central)
    const joined = newMachine()
    expect(await enrol(await enrolBody(central, joined, used.code))).toMatchObject({ ok: true })
    for (let tries = 0; tries < 300; tries += 1) await enrol(await enrolBody(central, joined, old), `198.51.100.${tries % 100}`)
    const words = [
      await enrol(await enrolBody(central, newMachine(), old), '192.0.2.2'),
      await enrol(await enrolBody(central, newMachine(), used.code), '192.0.2.2'),
      await enrol(Buffer.from('{"code":'), '192.0.2.2'),
      await enrol(await enrolBody(central, newMachine(), fresh.code), '192.0.2.2'),
      // Whose answer was lost asks again.
      await enrol(await enrolBody(central, joined, used.code), '192.0.2.2'),
    ]
    expect(words.map((result) => (result.ok ? 'joined' : result.error))).toEqual(['too_many_tries', 'too_many_tries', 'too_many_tries', 'joined', 'joined'])
  })

  test('also over that limit one address tries ten times and no more, also with the right code', async () => {
    const { code } = await done<Code>(central, 'enrolment-code', UNITY_ROAD)
    const enrol = enrolDoor(central)
    for (let tries = 0; tries < 300; tries += 1) await enrol(await enrolBody(central, newMachine(), '000000000000'), `198.51.100.${tries % 100}`)
    for (let tries = 0; tries < 10; tries += 1) await enrol(Buffer.from('{'), '192.0.2.2')
    expect(await enrol(await enrolBody(central, newMachine(), code), '192.0.2.2')).toEqual({ ok: false, error: 'too_many_tries' })
    expect(await enrol(await enrolBody(central, newMachine(), code), '192.0.2.3')).toMatchObject({ ok: true })
  })

  test('a new machine in the place of a broken one: the old key is worth nothing, its file is superseded, within thirty days too', async () => {
    const old = central.first
    await old.begin().hello()
    const { code } = await done<Code>(central, 'enrolment-code', { station: old.station })
    const machine = newMachine()
    const joined = await enrolDoor(central)(await enrolBody(central, machine, code))
    expect(joined).toMatchObject({ ok: true, answer: { station: old.station } satisfies Partial<EnrolAnswer> })
    expect(await old.postOnce('/v1/hello', Buffer.from(JSON.stringify(old.helloBody())))).toEqual({ status: 401, body: { error: 'bad_signature' } })
    const replacement = new TestStation(old.station, central.send, machine)
    expect(await replacement.hello()).toMatchObject({ state: 'active' })
    const states = await central.database.query<{ state: string }>('SELECT state FROM incarnations WHERE station_id = $1 ORDER BY state', [old.station])
    expect(states.map(({ state }) => state)).toEqual(['active', 'superseded', 'superseded'])
    // Staff's word is for one file: the next new one waits.
    expect(await replacement.begin().hello()).toMatchObject({ state: 'waiting' })
  })

  test('a new code for a station ends the one before it: a second machine by that would have put the first one out', async () => {
    const { station } = central.first
    const earlier = await done<Code>(central, 'enrolment-code', { station })
    const elsewhere = await done<Code>(central, 'enrolment-code', { station: central.second.station })
    const later = await done<Code>(central, 'enrolment-code', { station })
    const enrol = enrolDoor(central)
    expect(await enrol(await enrolBody(central, newMachine(), earlier.code))).toEqual({ ok: false, error: 'code_expired' })
    expect(await enrol(await enrolBody(central, newMachine(), later.code))).toMatchObject({ ok: true, answer: { station } })
    expect(await enrol(await enrolBody(central, newMachine(), earlier.code))).toEqual({ ok: false, error: 'code_expired' })
    expect(await enrol(await enrolBody(central, newMachine(), elsewhere.code))).toMatchObject({ ok: true, answer: { station: central.second.station } })
  })

  test('of two machines that join as one station in one instant the later one is the station, also outside the database, and the other hears it', async () => {
    const { station } = central.first
    const one = await done<Code>(central, 'enrolment-code', { station })
    const [early, late] = [newMachine(), newMachine()]
    // The first is committed, and before its process goes on the second joins.
    let isJoined = false
    const store = sqlStore(central.database)
    const slow = { ...store, async transaction(...asked: Parameters<typeof store.transaction>) {
      const result = await store.transaction(...asked)
      if (!isJoined) {
        isJoined = true
        const other = await done<Code>(central, 'enrolment-code', { station })
        expect(await enrolDoor(central)(await enrolBody(central, late, other.code))).toMatchObject({ ok: true })
      }
      return result
    } } as typeof store
    expect(await enrolDoor(central, slow)(await enrolBody(central, early, one.code))).toEqual({ ok: false, error: 'code_used' })
    const outside = central.keys.outside.read().findLast((record) => record.kind === 'station_enrolled')
    const rows = await central.database.query<{ key: string }>('SELECT public_key AS key FROM stations WHERE station_id = $1', [station])
    expect({ outside: outside?.kind === 'station_enrolled' ? outside.publicKey : null, database: rows[0]?.key }).toEqual({ outside: late.publicKey, database: late.publicKey })
  })

  test('a machine that was replaced gets nothing by asking again with its code, and what lies outside the database keeps the newer key', async () => {
    const { station } = central.first
    const [replaced, newer] = [newMachine(), newMachine()]
    const enrol = enrolDoor(central)
    const { code } = await done<Code>(central, 'enrolment-code', { station })
    expect(await enrol(await enrolBody(central, replaced, code))).toMatchObject({ ok: true })
    const next = await done<Code>(central, 'enrolment-code', { station })
    expect(await enrol(await enrolBody(central, newer, next.code))).toMatchObject({ ok: true })
    central.clock.nowMs = NOW_MS + MINUTE_MS
    expect(await enrol(await enrolBody(central, replaced, code))).toEqual({ ok: false, error: 'code_used' })
    expect(await enrol(await enrolBody(central, newer, next.code))).toMatchObject({ ok: true })
    expect(central.keys.outside.read().map((record) => (record.kind === 'station_enrolled' ? record.publicKey : null))).toEqual([replaced.publicKey, newer.publicKey])
    await done(central, 'revoke-station', { station })
    expect(await enrol(await enrolBody(central, newer, next.code))).toEqual({ ok: false, error: 'code_used' })
  })

  test('a revoked station gets no code, and one that was made before is worth nothing', async () => {
    const { station } = central.first
    const { code } = await done<Code>(central, 'enrolment-code', { station })
    await done(central, 'revoke-station', { station })
    expect(await enrolDoor(central)(await enrolBody(central, newMachine(), code))).toEqual({ ok: false, error: 'code_expired' })
    expect(await act(central, 'enrolment-code', { station })).toEqual({ ok: false, error: 'station_revoked' })
    expect(await act(central, 'enrolment-code', { station: randomUUID() })).toEqual({ ok: false, error: 'unknown_station' })
    expect(await act(central, 'enrolment-code', { ...UNITY_ROAD, number: 1 })).toEqual({ ok: false, error: 'number_taken' })
    expect(await act(central, 'enrolment-code', { ...UNITY_ROAD, name: { zh: '', en: 'x' } })).toEqual({ ok: false, error: 'bad_request' })
  })
})
