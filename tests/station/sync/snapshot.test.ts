// Fetching whole scopes from a central that is cut off, forgets, or sends what it did not name: the mirror is the old one or the
// new one, never a part of each, and nothing is fetched twice.

import { createHash, randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Scope, SnapshotManifest } from '../../../contract/sync/snapshot.ts'
import { type Change, change } from '../../../contract/sync/sync-protocol.ts'
import type { Counter } from '../../../station/acts/act.ts'
import { allowancePoints, riderRow } from '../../../station/store/rider-points.ts'
import { currentCursor } from '../../../station/store/sync-state.ts'
import { scopeChecksums } from '../../../station/store/mirror-versions.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { NoAnswer, Refused } from '../../../station/sync/no-answer.ts'
import { openScopeFetcher } from '../../../station/sync/snapshot.ts'
import type { CentralAnswer } from '../../../station/sync/central-client.ts'
import { catalogue, item, LI, openEmptyCounter, rider, ZHANG } from '../../support/counter.ts'

const HISTORY = '0192f0c0-0000-4000-8000-000000000001'

interface Made {
  manifest: SnapshotManifest
  parts: Map<string, Uint8Array>
}

function makeSnapshot(byScope: Partial<Record<Scope, Change[]>>, rowsAPart = 3): Made {
  const parts = new Map<string, Uint8Array>()
  const scopes = (Object.entries(byScope) as [Scope, Change[]][]).map(([scope, changes]) => {
    const names: { sha256: string; bytes: number }[] = []
    for (let at = 0; at < changes.length; at += rowsAPart) {
      const bytes = gzipSync(changes.slice(at, at + rowsAPart).map(({ kind, key, number, row }) => `${JSON.stringify([kind, key, number, row])}\n`).join(''))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      parts.set(sha256, bytes)
      names.push({ sha256, bytes: bytes.length })
    }
    return { scope, rows: changes.length, parts: names }
  })
  return { manifest: { snapshot: randomUUID(), cursor: { history: HISTORY, number: 900 }, includedSeq: 0, scopes }, parts }
}

const inScope = (scope: Scope, changes: readonly Change[], from = 1): Change[] => changes.map((change, index) => ({ ...change, scope, number: from + index }))

function everything(more: Partial<Record<Scope, Change[]>> = {}): Made {
  const district = inScope('district', [...catalogue.filter(({ kind }) => !['station', 'staff', 'rider', 'item'].includes(kind)), item('soap'), item('rice')])
  const station = inScope('station', catalogue.filter(({ kind }) => kind === 'station' || kind === 'staff'), 200)
  const riders = inScope('riders', [rider(ZHANG, { balance: 120, atCentral: 20, home: true }), rider(LI, { balance: 7 })], 300)
  return makeSnapshot({ district, station, riders, ...more })
}

/** A central that hands out one snapshot after the other, and notes what it is asked. */
function servingCentral(snapshots: Made[], deliver: (sha256: string, bytes: Uint8Array) => CentralAnswer<Uint8Array> = (_name, body) => ({ kind: 'answered', body })) {
  const asked: string[] = []
  return {
    asked,
    central: {
      askSnapshot: (): Promise<CentralAnswer<SnapshotManifest>> => {
        const next = snapshots.length > 1 ? snapshots.shift() : snapshots[0]
        if (next === undefined) throw new Error('no snapshot left')
        asked.push('manifest')
        return Promise.resolve({ kind: 'answered', body: next.manifest })
      },
      askSnapshotPart: ({ sha256 }: { sha256: string }): Promise<CentralAnswer<Uint8Array>> => {
        const bytes = snapshots.map(({ parts }) => parts.get(sha256)).find((part) => part !== undefined)
        asked.push(bytes === undefined ? 'unknown' : 'part')
        return Promise.resolve(bytes === undefined ? { kind: 'refused', error: 'snapshot_unknown', retryAfterMs: null } : deliver(sha256, bytes))
      },
    },
  }
}

function fetcher(counter: Counter, { central }: ReturnType<typeof servingCentral>) {
  return openScopeFetcher({ counter, central, pause: () => setImmediate(), onProblem: () => undefined })
}

const ALL: Scope[] = ['district', 'station', 'riders']

function mirrorOf(counter: Counter) {
  const { read } = counter.database
  return {
    riders: read.all('SELECT id, balance, at_central, home FROM riders ORDER BY id'),
    offered: read.all<{ id: string }>('SELECT id FROM items WHERE offered = 1 ORDER BY id').map(({ id }) => id),
    cursor: currentCursor(read),
    left: read.all('SELECT 1 FROM snapshot_parts UNION ALL SELECT 1 FROM snapshot_download UNION ALL SELECT 1 FROM shadow_rows UNION ALL SELECT 1 FROM shadow_riders'),
  }
}

const SERVED = {
  riders: [{ id: ZHANG, balance: 120, at_central: 20, home: 1 }, { id: LI, balance: 7, at_central: 0, home: 0 }].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  offered: ['rice', 'soap'],
  cursor: { history: HISTORY, number: 900 },
  left: [],
}

test('a new station has everything after one snapshot, its cursor where the snapshot was taken, and nothing left over', async () => {
  const counter = openEmptyCounter()
  await fetcher(counter, servingCentral([everything()]))(ALL)
  expect(mirrorOf(counter)).toEqual(SERVED)
  expect(Object.fromEntries(scopeChecksums(counter.database.read).map(({ scope, rows }) => [scope, rows]))).toEqual(
    Object.fromEntries(everything().manifest.scopes.map(({ scope, rows }) => [scope, rows])),
  )
})

test('what the new snapshot does not hold is gone, but an item that may stand on the shelf is only offered no more', async () => {
  const counter = openEmptyCounter()
  applyChanges(counter, inScope('riders', [rider('0190b5a2-0000-7000-8000-0000000000bb')]))
  applyChanges(counter, inScope('district', [item('umbrella')], 50))
  await fetcher(counter, servingCentral([everything()]))(ALL)
  expect(mirrorOf(counter)).toEqual(SERVED)
  expect(counter.database.read.get('SELECT offered FROM items WHERE id = ?', 'umbrella')).toEqual({ offered: 0 })
})

/** With something and with nothing in every column that may be empty. */
function belongings(): Change[] {
  const wish = { id: '0190b5a2-0000-7000-8000-0000000000d1', rider: ZHANG, category: 'small_need', text: '想要一双 "防水" 的\n手套', state: 'claimed', staffWords: null, claim: 2, lease: { by: ['南湖便利店', '志愿队'], untilMs: 9_000 }, fulfilment: null, postedAtMs: 5, notYet: true, includedSeq: 3 } as const
  const lit = { ...wish, id: '0190b5a2-0000-7000-8000-0000000000d2', text: null, state: 'fulfilled', staffWords: '已转交', lease: null, fulfilment: { words: '放在前台', photo: null }, notYet: false } as const
  const seated = { training: '0190b5a2-0000-7000-8000-0000000000e1', rider: ZHANG, id: '0190b5a2-0000-7000-8000-0000000000e2', standing: 'seated', seat: 4, number: null, offerEndsAtMs: null, refusal: null, note: 'place_lost', seenRevision: 2, includedSeq: 7 } as const
  const offered = { ...seated, rider: LI, standing: 'offered', seat: null, number: 8, offerEndsAtMs: 77_000, note: null } as const
  const certificate = { id: '0190b5a2-0000-7000-8000-0000000000c1', rider: LI, topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, issuedDay: 20_000, expiresDay: null } as const
  const of = <Kind extends Change['kind']>(kind: Kind, key: string, row: unknown): Change => change.parse({ kind, scope: 'riders', number: 1, key, row })
  return [
    of('own_wish', wish.id, wish), of('own_wish', lit.id, lit), of('signup', `${seated.training}:${ZHANG}`, seated), of('signup', `${seated.training}:${LI}`, offered),
    of('certificate', certificate.id, certificate), of('own_wish', '0190b5a2-0000-7000-8000-0000000000d3', null),
  ]
}

test('wishes, sign-ups and certificates that come all at once are the same rows as those that come one by one', async () => {
  const [byOne, atOnce] = [openEmptyCounter(), openEmptyCounter()]
  const riders = inScope('riders', [rider(ZHANG), rider(LI), ...belongings()], 300)
  applyChanges(byOne, riders)
  await fetcher(atOnce, servingCentral([everything({ riders })]))(ALL)
  for (const table of ['own_wishes', 'signups', 'certificates']) {
    const rows = (counter: Counter): unknown[] => counter.database.read.all(`SELECT * FROM ${table} ORDER BY 1, 2`)
    expect(rows(atOnce), table).toEqual(rows(byOne))
    expect(rows(atOnce).length, table).toBeGreaterThan(0)
  }
  const versions = (counter: Counter): unknown[] => counter.database.read.all("SELECT * FROM mirror_versions WHERE scope = 'riders' ORDER BY kind, key")
  expect(versions(atOnce)).toEqual(versions(byOne))
})

test('cut off in the middle, it goes on from the parts that have arrived, also after a restart', async () => {
  const counter = openEmptyCounter()
  const snapshot = everything()
  let left = 2
  const cut = servingCentral([snapshot], (_name, body) => ((left -= 1) >= 0 ? { kind: 'answered', body } : { kind: 'unreachable', reason: 'cut' }))
  await expect(fetcher(counter, cut)(ALL)).rejects.toThrow(NoAnswer)
  expect(mirrorOf(counter)).toMatchObject({ riders: [], cursor: null })
  const again = servingCentral([snapshot])
  await fetcher(counter, again)(ALL)
  expect(again.asked).toEqual(Array.from({ length: snapshot.parts.size - 2 }, () => 'part'))
  expect(mirrorOf(counter)).toEqual(SERVED)
})

test('a part that is not what it is named is not taken, and asked for again', async () => {
  const counter = openEmptyCounter()
  const bent = servingCentral([everything()], (_name, body) => ({ kind: 'answered', body: Buffer.from(body).toReversed() }))
  await expect(fetcher(counter, bent)(ALL)).rejects.toThrow('not what it is named')
  expect(mirrorOf(counter)).toMatchObject({ riders: [], cursor: null })
  await fetcher(counter, servingCentral([everything()]))(ALL)
  expect(mirrorOf(counter)).toEqual(SERVED)
})

test('a snapshot that central has let go of is asked for anew, and parts that are alike are not fetched twice', async () => {
  const counter = openEmptyCounter()
  const old = everything()
  let left = 1
  const cut = servingCentral([old], (_name, body) => ((left -= 1) >= 0 ? { kind: 'answered', body } : { kind: 'unreachable', reason: 'cut' }))
  await expect(fetcher(counter, cut)(ALL)).rejects.toThrow(NoAnswer)
  const fresh = everything({ riders: inScope('riders', [rider(ZHANG, { balance: 120, atCentral: 20, home: true }), rider(LI, { balance: 7 })], 400) })
  const gone = new Set(old.manifest.scopes.flatMap(({ parts }) => parts.map(({ sha256 }) => sha256)))
  const serving = servingCentral([fresh])
  await fetcher(counter, serving)(ALL)
  const alike = [...fresh.parts.keys()].filter((sha256) => gone.has(sha256)).length
  expect(alike).toBeGreaterThan(1)
  expect(mirrorOf(counter)).toEqual(SERVED)
  expect(serving.asked.filter((what) => what === 'manifest')).toEqual(['manifest'])
})

test('a snapshot with fewer rows than it says changes nothing', async () => {
  const counter = openEmptyCounter()
  const short = everything()
  const scope = short.manifest.scopes[0]
  if (scope !== undefined) scope.rows += 1
  await expect(fetcher(counter, servingCentral([short]))(ALL)).rejects.toThrow('rows with')
  expect(mirrorOf(counter)).toMatchObject({ riders: [], offered: [], cursor: null })
})

test('slices and entries that come with it are received as facts, once, also where it is fetched twice', async () => {
  const counter = openEmptyCounter()
  const grant = '0190b5a2-0000-7000-8000-0000000000cc'
  const riders = inScope('riders', [
    rider(ZHANG, { balance: 120 }),
    { kind: 'grant', scope: 'riders', number: 1, key: grant, row: { id: grant, rider: ZHANG, points: 30 } },
  ], 300)
  for (let time = 0; time < 2; time += 1) await fetcher(counter, servingCentral([everything({ riders })]))(ALL)
  expect(allowancePoints(counter.database.read, ZHANG)).toBe(30)
  expect(counter.database.read.all('SELECT kind FROM outbox')).toEqual([{ kind: 'allowance.received' }])
})

test('one scope alone is exchanged without moving the cursor, and a newer row of it that came since is kept', async () => {
  const counter = openEmptyCounter()
  await fetcher(counter, servingCentral([everything()]))(ALL)
  const riders = inScope('riders', [rider(ZHANG, { balance: 55 })], 1000)
  await fetcher(counter, servingCentral([makeSnapshot({ riders })]))(['riders'])
  applyChanges(counter, inScope('riders', [rider(ZHANG, { balance: 1 })], 700))
  expect(riderRow(counter.database.read, ZHANG)?.balance).toBe(55)
  expect(currentCursor(counter.database.read)).toEqual({ history: HISTORY, number: 900 })
  expect(counter.database.read.all('SELECT id FROM riders')).toEqual([{ id: ZHANG }])
})

test('a scope that was cut off is not taken from its old snapshot once newer news are here', async () => {
  const counter = openEmptyCounter()
  await fetcher(counter, servingCentral([everything()]))(ALL)
  const old = makeSnapshot({ riders: inScope('riders', [rider(ZHANG, { balance: 55 }), rider(LI, { balance: 7 })], 800) }, 1)
  let left = 1
  const cut = servingCentral([old], (_name, body) => ((left -= 1) >= 0 ? { kind: 'answered', body } : { kind: 'unreachable', reason: 'cut' }))
  await expect(fetcher(counter, cut)(['riders'])).rejects.toThrow(NoAnswer)
  // Meanwhile Li is gone from this station, and the cursor has passed it.
  applyChanges(counter, [{ kind: 'rider', scope: 'riders', number: 950, key: LI, row: null }])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET cursor_number = 950'))
  const fresh = makeSnapshot({ riders: [...inScope('riders', [rider(ZHANG, { balance: 55 })], 800), { kind: 'rider', scope: 'riders', number: 950, key: LI, row: null }] }, 1)
  fresh.manifest.cursor.number = 960
  await fetcher(counter, servingCentral([{ ...fresh, parts: new Map([...fresh.parts, ...old.parts]) }]))(['riders'])
  expect(counter.database.read.all('SELECT id FROM riders')).toEqual([{ id: ZHANG }])
})

test('what a snapshot of an earlier history lent is not received any more', async () => {
  const counter = openEmptyCounter()
  const grant = '0190b5a2-0000-7000-8000-0000000000cc'
  const riders = inScope('riders', [rider(ZHANG), { kind: 'grant', scope: 'riders', number: 1, key: grant, row: { id: grant, rider: ZHANG, points: 30 } }], 300)
  const before = everything({ riders })
  let left = before.parts.size - 1
  const cut = servingCentral([before], (_name, body) => ((left -= 1) >= 0 ? { kind: 'answered', body } : { kind: 'unreachable', reason: 'cut' }))
  await expect(fetcher(counter, cut)(ALL)).rejects.toThrow(NoAnswer)
  const history = randomUUID()
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_history = ?', history))
  const after = everything()
  after.manifest.cursor.history = history
  await fetcher(counter, servingCentral([{ ...after, parts: new Map([...after.parts, ...before.parts]) }]))(ALL)
  expect(allowancePoints(counter.database.read, ZHANG)).toBe(0)
  expect(currentCursor(counter.database.read)).toEqual({ history, number: 900 })
})

test('ten thousand riders are taken in without keeping the counter waiting', async () => {
  const counter = openEmptyCounter()
  const riders = inScope('riders', Array.from({ length: 10_000 }, () => rider(randomUUID(), { balance: 40 })), 300)
  let longestMs = 0
  let lastMs = performance.now()
  const note = (): void => {
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - lastMs)
    lastMs = nowMs
  }
  const serving = servingCentral([makeSnapshot({ district: [], station: [], riders }, 2_500)])
  const fetchScopes = openScopeFetcher({
    counter, central: serving.central, onProblem: () => undefined,
    pause: async () => {
      note()
      await setImmediate()
      lastMs = performance.now()
    },
  })
  await fetchScopes(ALL)
  note()
  expect(counter.database.read.get('SELECT count(*) AS riders FROM riders')).toEqual({ riders: 10_000 })
  // Loose, because this machine is shared: the bench `bootstrap` measures it.
  expect(longestMs).toBeLessThan(500)
})

test('central that wants the first word is told to whoever asked; so is a snapshot of another history than its last word was of, and nothing of it is taken', async () => {
  const counter = openEmptyCounter()
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_history = ?', randomUUID()))
  const heard: CentralAnswer<unknown>[] = []
  const bodyOf = <Body>(answer: CentralAnswer<Body>): Body => {
    heard.push(answer)
    if (answer.kind === 'answered') return answer.body
    throw new Refused(answer.kind === 'refused' ? answer.error : 'busy', null)
  }
  const needed = { kind: 'refused', error: 'hello_needed', retryAfterMs: null } as const
  const serving = servingCentral([everything()])
  const refusing = { ...serving, central: { ...serving.central, askSnapshot: () => Promise.resolve(needed) } }
  await expect(fetcher(counter, refusing)(ALL, bodyOf)).rejects.toThrow('hello_needed')
  expect(heard).toEqual([needed])
  // A copy of this file has said its word under the new history, and central takes both for one.
  await expect(fetcher(counter, serving)(ALL, bodyOf)).rejects.toThrow('hello_needed')
  expect([heard.at(-1), mirrorOf(counter).riders, currentCursor(counter.database.read), serving.asked]).toEqual([needed, [], null, ['manifest']])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_history = ?', HISTORY))
  await fetcher(counter, serving)(ALL, bodyOf)
  expect(mirrorOf(counter)).toEqual(SERVED)
})
