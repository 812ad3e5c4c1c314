import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeHeader } from '../../../contract/sync/event-envelope.ts'
import { parseJson, readPushBatch } from '../../../central/sync/push-batch.ts'

const MARK = '\uFEFF'
const HEAD = JSON.stringify({ incarnation: randomUUID(), firstSeq: 1, lastSeq: 1, lastHash: '0'.repeat(64), signature: 'x' })
const HEADER = encodeHeader({ seq: 1, id: randomUUID(), kind: 'scan.refused', version: 1, wallMs: 1, monotonicMs: 1, boot: 1 })

const batchOf = (...lines: string[]): Uint8Array => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8')

test('a byte-order mark is part of the text: it is dropped from nothing, so what is kept is what was sent and hashed', () => {
  expect(readPushBatch(batchOf(HEAD, HEADER, '{}'))).toMatchObject({ ok: true, batch: { events: [{ headerLine: HEADER }] } })
  expect(readPushBatch(batchOf(HEAD, MARK + HEADER, '{}'))).toEqual({ ok: false, error: 'bad_request' })
  expect(readPushBatch(batchOf(MARK + HEAD, HEADER, '{}'))).toEqual({ ok: false, error: 'bad_request' })
})

test('a body with a mark before it is kept with it, and is no JSON: it is parked', () => {
  const body = `${MARK}{}`
  const read = readPushBatch(batchOf(HEAD, HEADER, body))
  expect(read.ok ? Buffer.from(read.batch.events[0]?.body ?? []).toString('utf8') : read).toBe(body)
  expect([parseJson(Buffer.from(body)), parseJson(Buffer.from('{}')), parseJson(Uint8Array.of(0xff))]).toEqual([null, {}, null])
})
