// The demo in a real database: balanced, sized like the real programmes, and what the tray can scan.

import { createPublicKey, generateKeyPairSync, scryptSync, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodePass } from '../../../contract/pass/pass-code.ts'
import { readScannedCode } from '../../../contract/scan/scanned-code.ts'
import { dayOf } from '../../../domain/calendar.ts'
import { judgePass } from '../../../domain/pass-verdict.ts'
import { applyDemo } from '../../../central/demo/apply-demo.ts'
import { officeBoxInMemory } from '../../../central/keys/office-box.ts'
import { passKeysInMemory } from '../../../central/keys/pass-key-file.ts'
import type { DemoCode } from '../../../central/demo/demo-codes.ts'
import { beginHistory } from '../../../central/store/changes.ts'
import type { Database } from '../../../central/store/database.ts'
import { migrate } from '../../../central/store/migrate.ts'
import rules from '../../../resources/demo/rules.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { HISTORY, NOW_MS, readBooks } from '../../support/test-central.ts'

const STATION_1 = '019ca704-17be-7e87-a4da-abe08db2b752'
const SEED_MS_MAX = 10_000

interface Written {
  history: string
  stations: { number: number; id: string }[]
  codes: DemoCode[]
}

function newStationKey(): string {
  return generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? ''
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let database: Database
  let folder: string
  let tookMs: number
  let written: Written
  const passKeys = passKeysInMemory()
  const box = officeBoxInMemory()

  const apply = async (stations: { number: number; publicKey: string }[], nowMs: number): Promise<Written> => {
    writeFileSync(join(folder, 'order.json'), JSON.stringify({ stations, write: join(folder, 'written.json') }))
    await applyDemo(database, join(folder, 'order.json'), nowMs, { passKeys, box })
    return JSON.parse(readFileSync(join(folder, 'written.json'), 'utf8')) as Written
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'boai-demo-'))
    databases = await startDatabases(engine)
    database = await databases.create()
    await migrate(database)
    await beginHistory(database, HISTORY)
    const startedMs = Date.now()
    written = await apply([{ number: 1, publicKey: newStationKey() }], NOW_MS)
    tookMs = Date.now() - startedMs
  }, 120_000)

  afterAll(async () => {
    await databases.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  test('seeding is quick', () => {
    expect(tookMs).toBeLessThan(SEED_MS_MAX)
  })

  test('the books balance: all accounts sum to zero, each is the sum of its transfers, each rider the sum of his entries', async () => {
    expect(await readBooks(database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('it is sized like the real programmes', async () => {
    const [sizes] = await database.query<Record<string, number>>(
      `SELECT (SELECT count(*)::integer FROM stations) AS stations, (SELECT count(*)::integer FROM riders) AS riders, (SELECT count(*)::integer FROM items) AS items,
         (SELECT count(*)::integer FROM staff) AS staff, (SELECT count(*)::integer FROM entries) > 600 AS "manyEntries",
         (SELECT count(*)::integer FROM entries WHERE reason = 'redemption') > 60 AS "manyRedemptions"`,
    )
    expect(sizes).toEqual({ stations: 2, riders: 30, items: 24, staff: 4, manyEntries: true, manyRedemptions: true })
  })

  test('nothing is lent to any station before a file of it has spoken', async () => {
    expect(await database.query("SELECT account_key FROM accounts WHERE kind IN ('rider_station', 'program_station')")).toEqual([])
    expect(await database.query('SELECT grant_id FROM grants')).toEqual([])
  })

  test('the written file names history and stations, opens only to its owner, and begins with three riders and a volunteer', () => {
    expect({ history: written.history, stations: written.stations }).toEqual({ history: HISTORY, stations: [{ number: 1, id: STATION_1 }] })
    expect(statSync(join(folder, 'written.json')).mode & 0o777).toBe(0o600)
    expect(written.codes.slice(0, 4).map(({ handle, kind }) => [handle, kind])).toEqual([['zhang', 'rider'], ['li', 'rider'], ['rouzi', 'rider'], ['wang', 'staff']])
    expect(new Set(written.codes.map((code) => code.handle)).size).toBe(written.codes.length)
  })

  test('each code of the tray meets the verdict that it is there for', async () => {
    const keys = await database.query<{ keyId: number; publicKey: string }>('SELECT key_id AS "keyId", public_key AS "publicKey" FROM pass_keys')
    const revoked = await database.query<{ holder: string; card: number }>('SELECT holder_id AS holder, card FROM cards WHERE revoked_at_ms IS NOT NULL')
    const verdictOf = (text: string): string => {
      const scanned = readScannedCode(text)
      if (scanned.kind !== 'pass') return scanned.kind === 'foreign' ? `foreign ${scanned.scheme}` : scanned.kind
      const decoded = decodePass(scanned.text)
      if (!decoded.ok) return decoded.reason
      const { body, signedBytes, signature } = decoded.pass
      const key = keys.find((candidate) => candidate.keyId === body.keyId)
      const verdict = judgePass({
        signatureValid: key === undefined ? null : verify(null, signedBytes, createPublicKey(key.publicKey), signature),
        issueDay: body.issueDay,
        today: dayOf(NOW_MS, 480),
        validDays: rules.passValidDays,
        cardRevoked: revoked.some((card) => card.holder === body.holderId && card.card === body.card),
      })
      return verdict.verdict === 'accepted' ? `accepted ${body.holder}, key ${body.keyId}` : verdict.reason
    }
    expect(Object.fromEntries(written.codes.map((code) => [code.handle, verdictOf(code.text)]))).toEqual({
      zhang: 'accepted rider, key 1', li: 'accepted rider, key 1', rouzi: 'accepted rider, key 1', wang: 'accepted staff, key 1', hu: 'accepted staff, key 1',
      suspended: 'accepted rider, key 1', guli: 'accepted rider, key 1', ouyang: 'accepted rider, key 1', chen: 'accepted rider, key 1',
      visitor: 'accepted rider, key 1', 'lost-card': 'accepted rider, key 2', revoked: 'revoked', expired: 'expired', forged: 'forged',
      'unknown-key': 'unknown_key', damaged: 'damaged', payment: 'foreign payment', url: 'foreign url', soap: 'item', 'soap-carton': 'item', noodles: 'item',
      'noodles-carton': 'item', 'towel-label': 'item', 'shampoo-upc': 'item', 'plasters-short': 'item', 'drink-carton': 'item', 'unknown-item': 'item',
    })
  })

  test("the visitor's pass is genuine, but station 1 does not mirror him", async () => {
    const decoded = decodePass(written.codes.find((code) => code.handle === 'visitor')?.text ?? '')
    const holder = decoded.ok ? decoded.pass.body.holderId : ''
    expect(await database.query('SELECT station_id FROM station_riders WHERE rider_id = $1 AND station_id = $2', [holder, STATION_1])).toEqual([])
    expect(await database.query('SELECT standing FROM riders WHERE rider_id = $1', [holder])).toEqual([{ standing: 'active' }])
  })

  test("a volunteer's PIN is kept as scrypt with a salt of its own", async () => {
    const rows = await database.query<{ name: string; hash: string }>('SELECT full_name AS name, pin_hash AS hash FROM staff')
    const wang = rows.find((row) => row.name === '王秀兰')?.hash ?? ''
    const [salt, hash] = wang.split(':')
    const expected = scryptSync('246810', Buffer.from(salt ?? '', 'hex'), 32, { N: 16_384, r: 8, p: 1 })
    expect(hash).toBe(expected.toString('hex'))
    expect(new Set(rows.map((row) => row.hash.split(':')[0])).size).toBe(rows.length)
  })

  test('a later start changes nothing but the stations’ keys, and writes the same codes again', async () => {
    const before = await database.query('SELECT event_id FROM transfers ORDER BY event_id')
    const publicKey = newStationKey()
    expect(await apply([{ number: 1, publicKey }], NOW_MS + 40 * 86_400_000)).toEqual(written)
    expect(await database.query('SELECT event_id FROM transfers ORDER BY event_id')).toEqual(before)
    expect(await database.query('SELECT public_key FROM stations WHERE number = 1')).toEqual([{ public_key: publicKey }])
  })

  test('the same demo on the same day has the same ledger, wherever it is seeded', async () => {
    const other = await databases.create()
    await migrate(other)
    await beginHistory(other, HISTORY)
    writeFileSync(join(folder, 'other.json'), JSON.stringify({ stations: [{ number: 2, publicKey: newStationKey() }], write: join(folder, 'other-written.json') }))
    await applyDemo(other, join(folder, 'other.json'), NOW_MS, { passKeys: passKeysInMemory(), box })
    for (const sql of [
      'SELECT event_id, line, from_key, to_key, points, booked_at_ms FROM transfers ORDER BY event_id',
      'SELECT entry_id, rider_id, at_ms, points, reason, lines FROM entries ORDER BY entry_id',
      'SELECT account_key, balance FROM accounts ORDER BY account_key',
      'SELECT scope, kind, key, number FROM changes ORDER BY number',
      'SELECT scope, number, keys FROM entry_changes ORDER BY number',
    ]) {
      expect(await other.query(sql), sql).toEqual(await database.query(sql))
    }
  })
})
