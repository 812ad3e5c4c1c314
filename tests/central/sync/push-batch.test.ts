import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeHeader } from '../../../contract/sync/event-envelope.ts'
import { PUSH_BATCHES_MAX } from '../../../contract/sync/push-request.ts'
import { firstBatchOf, parseJson, readPush } from '../../../central/sync/push-batch.ts'

const MARK = '\uFEFF'
const HEAD = JSON.stringify({ incarnation: randomUUID(), firstSeq: 1, lastSeq: 1, lastHash: '0'.repeat(64), signature: 'x' })
const HEADER = encodeHeader({ seq: 1, id: randomUUID(), kind: 'scan.refused', version: 1, wallMs: 1, monotonicMs: 1, boot: 1 })

const batchOf = (...lines: string[]): Uint8Array => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8')

test('a byte-order mark is part of the text: it is dropped from nothing, so what is kept is what was sent and hashed', () => {
  expect(readPush(batchOf(HEAD, HEADER, '{}'))).toMatchObject({ ok: true, push: { events: [{ headerLine: HEADER }] } })
  expect(readPush(batchOf(HEAD, MARK + HEADER, '{}'))).toEqual({ ok: false, error: 'bad_request' })
  expect(readPush(batchOf(MARK + HEAD, HEADER, '{}'))).toEqual({ ok: false, error: 'bad_request' })
})

test('a body with a mark before it is kept with it, and is no JSON: it is parked', () => {
  const body = `${MARK}{}`
  const read = readPush(batchOf(HEAD, HEADER, body))
  expect(read.ok ? Buffer.from(read.push.events[0]?.body ?? []).toString('utf8') : read).toBe(body)
  expect([parseJson(Buffer.from(body)), parseJson(Buffer.from('{}')), parseJson(Uint8Array.of(0xff))]).toEqual([null, {}, null])
})

const INCARNATION = randomUUID()

/** A batch of so many events from `first` on, as lines; `said` changes its head. */
function linesOf(first: number, count: number, said: Record<string, unknown> = {}, body = '{}'): string[] {
  const head = { incarnation: INCARNATION, firstSeq: first, lastSeq: first + count - 1, lastHash: '0'.repeat(64), signature: 'x', ...said }
  const events = Array.from({ length: count }, (_, at) => [encodeHeader({ seq: first + at, id: randomUUID(), kind: 'scan.refused', version: 1, wallMs: 1, monotonicMs: 1, boot: 1 }), body])
  return [JSON.stringify(head), ...events.flat()]
}

test('batches one behind the other are one push, with a head for each', () => {
  const read = readPush(batchOf(...linesOf(4, 2), ...linesOf(6, 1), ...linesOf(7, 3), ...linesOf(10, 1)))
  if (!read.ok) throw new Error(read.error)
  const { incarnation, firstSeq, lastSeq, heads, events } = read.push
  expect({ incarnation, firstSeq, lastSeq, heads: heads.map((head) => head.firstSeq), events: events.map(({ header }) => header.seq) })
    .toEqual({ incarnation: INCARNATION, firstSeq: 4, lastSeq: 10, heads: [4, 6, 7, 10], events: [4, 5, 6, 7, 8, 9, 10] })
  const alone = firstBatchOf(read.push)
  expect({ last: alone.lastSeq, heads: alone.heads.length, events: alone.events.map(({ header }) => header.seq) }).toEqual({ last: 5, heads: 1, events: [4, 5] })
})

test.each<[string, string[], { error: string; detail?: string }]>([
  ['leaves a hole', [...linesOf(1, 1), ...linesOf(3, 1)], { error: 'bad_request' }],
  ['comes twice', [...linesOf(1, 1), ...linesOf(1, 1)], { error: 'bad_request' }],
  ['is of another file', [...linesOf(1, 1), ...linesOf(2, 1, { incarnation: randomUUID() })], { error: 'bad_request' }],
  ['has an event of the next one', [...linesOf(1, 1), ...linesOf(2, 1, { lastSeq: 3 }), ...linesOf(3, 1)], { error: 'bad_request' }],
  ['is cut', [...linesOf(1, 1), ...linesOf(2, 2).slice(0, -1)], { error: 'bad_request', detail: 'body_cut' }],
  ['is a head and nothing else', [...linesOf(1, 1), linesOf(2, 1)[0] ?? ''], { error: 'bad_request', detail: 'body_cut' }],
  ['is one too many', Array.from({ length: PUSH_BATCHES_MAX + 1 }, (_, at) => at + 1).flatMap((first) => linesOf(first, 1)), { error: 'too_large' }],
  ['has too many events', [...linesOf(1, 1), ...linesOf(2, 501)], { error: 'too_large' }],
  ['is too large by itself', [...linesOf(1, 1), ...linesOf(2, 1, {}, `"${'x'.repeat(260 * 1024)}"`)], { error: 'too_large' }],
])('a push whose later batch %s is refused as a whole', (_what, lines, refusal) => {
  expect(readPush(batchOf(...lines))).toEqual({ ok: false, ...refusal })
})
