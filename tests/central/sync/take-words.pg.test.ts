import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { readTexts } from '../../../central/words/read-words.ts'
import { type SealedBox, WORDS_BYTES_MAX, WORDS_PATH, wordsAnswer, type WordsAnswer, type WordsReference } from '../../../contract/sync/sealed-words.ts'
import { PROTOCOL_HEADER, PULL_PATH, pullAnswer } from '../../../contract/sync/sync-protocol.ts'
import { isKindOf } from '../../../contract/sync/wire-versions.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { sealFor } from '../../support/seal-box.ts'
import type { TestStation } from '../../support/station-client.ts'

describe.each(ENGINES)('words on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral
  let station: TestStation

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startKeyedCentral(databases)
    station = central.first.begin()
    await station.hello()
  }, 120_000)

  afterAll(async () => {
    await central.close()
    await databases.stop()
  }, 60_000)

  const seal = (text: string | Uint8Array, of: { station?: string; ref?: string } = {}) =>
    sealFor(central.keys.sealing.current, of.station ?? station.station, of.ref ?? randomUUID(), text)
  const register = (words: WordsReference): string => {
    const rider = randomUUID()
    station.record('rider.registered/1', { request: randomUUID(), rider, consentVersion: 1, platform: 'meituan', redCross: 'none', volunteerTeam: false, words })
    return rider
  }
  const pushWords = async (boxes: readonly SealedBox[], by: TestStation = station): Promise<WordsAnswer['boxes']> => {
    const { body } = await by.post(WORDS_PATH, Buffer.from(JSON.stringify({ incarnation: by.incarnation, boxes })))
    return wordsAnswer.parse(body).boxes
  }
  const readText = async (ref: string): Promise<string | null | undefined> =>
    (await sqlStore(central.database).transaction('snapshot', (snapshot) => readTexts(snapshot, [ref]))).get(ref)
  const text = JSON.stringify({ name: '张伟', phone: '13912345678', site: '南湖' })

  test('a box that comes after its event is held and readable, once and for all, and nowhere in the database as it was', async () => {
    const { words, box } = seal(text)
    register(words)
    expect(await pushWords([box])).toEqual([{ ref: box.ref, result: 'refused', code: 'event_unknown' }])
    await station.push()
    expect(await readText(box.ref)).toBeNull()
    expect([await pushWords([box]), await pushWords([box])]).toEqual([[{ ref: box.ref, result: 'held' }], [{ ref: box.ref, result: 'held' }]])
    expect(await readText(box.ref)).toBe(text)
    const rows = await central.database.query<{ row: string }>('SELECT words::text AS row FROM words UNION ALL SELECT convert_from(body, \'UTF8\') FROM events')
    expect(rows.filter(({ row }) => row.includes('13912345678') || row.includes(Buffer.from('13912345678').toString('hex')))).toEqual([])
  })

  test('each box of a request gets its own answer: a wrong text, another key, another station’s box, no box at all', async () => {
    const [good, wrong, foreign, strange, cut] = [seal('好'), seal('二'), seal('三'), seal('四', { station: randomUUID() }), seal('五')]
    for (const { words } of [good, foreign, strange, cut]) register(words)
    register({ ...wrong.words, commitment: 'ab'.repeat(32) })
    const bytes = seal(new Uint8Array([0xff, 0xfe]))
    register(bytes.words)
    await station.push()
    const boxes = [
      good.box, wrong.box, { ...foreign.box, keyId: '0'.repeat(16) }, strange.box, { ...cut.box, box: cut.box.box.slice(0, 60) }, bytes.box, seal('六').box,
    ]
    const codes = (await pushWords(boxes)).map((answer) => (answer.result === 'held' ? 'held' : answer.code))
    expect(codes).toEqual(['held', 'commitment_wrong', 'key_unknown', 'unreadable', 'unreadable', 'unreadable', 'event_unknown'])
    expect(await readText(good.box.ref)).toBe('好')
    // Another station can not bring it either.
    await central.second.begin().hello()
    expect(await pushWords([cut.box], central.second)).toEqual([{ ref: cut.box.ref, result: 'refused', code: 'event_unknown' }])
  })

  test('words of one rider have one key, words of two have two; the longest text is taken, a longer one is no request', async () => {
    const longest = '字'.repeat(Math.floor(WORDS_BYTES_MAX / 3))
    const [one, other] = [seal(longest), seal('二')]
    register(one.words)
    register(other.words)
    await station.push()
    const before = await central.database.query('SELECT 1 FROM person_keys')
    expect((await pushWords([one.box, other.box])).map(({ result }) => result)).toEqual(['held', 'held'])
    expect(await readText(one.box.ref)).toBe(longest)
    expect((await central.database.query('SELECT 1 FROM person_keys')).length - before.length).toBe(2)
    const { box } = seal(`${longest}字字`)
    expect(await station.post(WORDS_PATH, Buffer.from(JSON.stringify({ incarnation: station.incarnation, boxes: [box] })))).toMatchObject({ status: 400, body: { error: 'bad_request' } })
  })

  test('a file that has not said hello brings no words', async () => {
    const other = central.second.begin()
    const body = Buffer.from(JSON.stringify({ incarnation: other.incarnation, boxes: [seal('x').box] }))
    expect(await other.postOnce(WORDS_PATH, body)).toEqual({ status: 409, body: { error: 'hello_needed' } })
  })

  test('boxes are counted in the metrics by what became of them, and by nothing else', async () => {
    const metrics = (await central.app.inject({ url: '/metrics' })).body.split('\n').filter((line) => line.startsWith('boai_words_total'))
    expect(metrics.map((line) => line.replace(/ \d+$/, '')).toSorted()).toEqual(
      ['commitment_wrong', 'event_unknown', 'held', 'key_unknown', 'unreadable'].map((result) => `boai_words_total{result="${result}"}`),
    )
  })

  test('every station is told the key to seal to; one that speaks the version before is not, and still gets its page', async () => {
    await station.hello()
    const page = await station.pull(null)
    expect(page.result === 'page' ? page.changes.find(({ kind }) => kind === 'sealing_key')?.row : null).toEqual(central.keys.sealing.current)
    const body = Buffer.from(JSON.stringify({ cursor: null, incarnation: station.incarnation, checksums: [] }))
    const before = pullAnswer.parse((await station.post(PULL_PATH, body, { [PROTOCOL_HEADER]: '1' })).body)
    if (page.result !== 'page' || before.result !== 'page') throw new Error('no pages')
    expect(before.changes).toEqual(page.changes.filter(({ kind }) => isKindOf(1, kind)))
    expect(before.cursor).toEqual(page.cursor)
  })
})
