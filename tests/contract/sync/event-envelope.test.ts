import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchSigningText, chainSeedText, decodeHeader, encodeHeader, EVENT_BYTES_MAX, type EventHeader, headerTuple } from '../../../contract/sync/event-envelope.ts'
import { EVENT_BODIES } from '../../../contract/sync/event-bodies.ts'
import { PUSH_BYTES_MAX } from '../../../contract/sync/sync-protocol.ts'
import { wireFingerprint } from '../schema-nodes.ts'

const HEADER: EventHeader = {
  seq: 42, id: '019ca749-db6c-74d9-8788-369c8ff44912', kind: 'staff.signed_in', version: 1, wallMs: 1_795_000_000_000, monotonicMs: 12_345, boot: 3,
}
const LINE = '[42,"019ca749-db6c-74d9-8788-369c8ff44912","staff.signed_in",1,1795000000000,12345,3]'
const ENVELOPE_VERSION = 1

const anyHeader = fc.record<EventHeader>({
  seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  id: fc.uuid(),
  kind: fc.stringMatching(/^[a-z]{1,9}(_[a-z]{1,9}){0,2}\.[a-z]{1,9}(_[a-z]{1,9}){0,2}$/),
  version: fc.integer({ min: 1, max: 1000 }),
  wallMs: fc.nat(Number.MAX_SAFE_INTEGER),
  monotonicMs: fc.nat(Number.MAX_SAFE_INTEGER),
  boot: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
})

test('the envelope is frozen: this header is this line, and these are the texts that are hashed and signed', () => {
  expect({
    line: encodeHeader(HEADER),
    seed: chainSeedText('S', 'I'),
    batch: batchSigningText({ station: 'S', incarnation: 'I', firstSeq: 1, lastSeq: 9, lastHash: 'ff' }),
  }).toEqual({ line: LINE, seed: 'boai/outbox/1\nS\nI', batch: 'boai/batch/1\nS\nI\n1\n9\nff' })
})

test('the envelope’s schema is the one that was frozen', () => {
  expect(
    { version: ENVELOPE_VERSION, sha256: wireFingerprint({ headerTuple }) },
    'The envelope of events is frozen for ever: events in every station and at central are read by it. Undo the change in '
      + 'contract/sync/event-envelope.ts. (Only a new zod that writes the same schema in other words is a reason for a new sum here.)',
  ).toEqual({ version: 1, sha256: 'aa7dff9e4aea37de48032c7ba9edf824d56f2cd984f94036e25b0c71382ead43' })
})

test('every header comes back from its line as it was', () => {
  fc.assert(
    fc.property(anyHeader, (header) => {
      expect(decodeHeader(encodeHeader(header))).toEqual(header)
    }),
  )
})

test('the kind of every event there is fits the envelope', () => {
  const lines = Object.keys(EVENT_BODIES).map((name) => {
    const [kind = '', version = ''] = name.split('/')
    return encodeHeader({ ...HEADER, kind, version: Number(version) })
  })
  expect(lines.filter((line) => decodeHeader(line) === null)).toEqual([])
})

test('one header has one line: whatever else JSON reads as the same is refused', () => {
  const others = [
    ` ${LINE}`, `${LINE} `, `${LINE}\n`, `\ufeff${LINE}`,
    LINE.replaceAll(',', ', '),
    LINE.replace('[42', '[42.0'), LINE.replace('[42', '[4.2e1'), LINE.replace('[42', '[042'), LINE.replace(',12345,', ',-0,'),
    LINE.replace('staff', String.raw`\u0073taff`),
    LINE.replace('db6c', 'DB6C'),
    LINE.replace(']', ',0]'), LINE.replace(',3]', ']'), LINE.replace(',3]', ',null]'),
    JSON.stringify(HEADER),
  ]
  expect({ line: decodeHeader(LINE), others: others.filter((line) => decodeHeader(line) !== null) }).toEqual({ line: HEADER, others: [] })
})

test('any line that is read is written again as the same line', () => {
  const blank = fc.constantFrom('', '', '', ' ', '\t')
  const number = fc.oneof(fc.nat(2000).map(String), fc.constantFrom('1e3', '1.0', '-0', '0', '-1', '1e400', '9007199254740993', '"1"', 'null', 'true'))
  const id = fc.oneof(fc.uuid(), fc.uuid().map((text) => text.toUpperCase()), fc.string({ maxLength: 40 })).map((text) => JSON.stringify(text))
  const kind = fc.oneof(fc.constantFrom('a.b', 'a_b.c_d', 'a._b', 'a.b\\n', 'A.b'), fc.string({ maxLength: 9 })).map((text) => JSON.stringify(text))
  const anyLine = fc.tuple(number, id, kind, number, number, number, number, blank).map(([a, b, c, d, e, f, g, gap]) => `[${[a, b, c, d, e, f, g].join(`,${gap}`)}]`)
  fc.assert(
    fc.property(anyLine, (line) => {
      const header = decodeHeader(line)
      if (header !== null) expect(encodeHeader(header)).toBe(line)
    }),
    { numRuns: 2000 },
  )
})

test('junk is no header, and never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json()), (junk) => {
      expect(decodeHeader(junk)).toBeNull()
    }),
    { numRuns: 500 },
  )
  const deep = '['.repeat(EVENT_BYTES_MAX)
  const slowForARegex = LINE.replace('staff.signed_in', `${'a_'.repeat(EVENT_BYTES_MAX / 4)}!`)
  expect([deep, deep + ']'.repeat(EVENT_BYTES_MAX), slowForARegex, '', '[]', 'null', '{"__proto__":[]}'].map(decodeHeader)).toEqual(Array.from({ length: 7 }, () => null))
})

test('each field of a header has its limits', () => {
  const accepted = (field: keyof EventHeader, values: readonly unknown[]): unknown[] => values.filter((value) => decodeHeader(encodeHeader({ ...HEADER, [field]: value })) !== null)
  const max = Number.MAX_SAFE_INTEGER
  const longest = `${'a'.repeat(31)}.${'b'.repeat(32)}`
  expect({
    seq: accepted('seq', [-1, 0, 1, max, max + 1, 1.5, '1']),
    id: accepted('id', [HEADER.id, HEADER.id.toUpperCase(), HEADER.id.slice(1), `${HEADER.id}0`, '张三', '', 7]),
    kind: accepted('kind', ['a.b', 'a_b.c_d', longest, `${longest}b`, 'a', 'a.', '.b', 'a.b.c', 'A.b', 'a1.b', 'a__b.c', '_a.b', 'a.b_', 'a.b\n', '签到.b', '']),
    version: accepted('version', [0, 1, 1000, 1001, 1.5]),
    wallMs: accepted('wallMs', [-1, 0, max, max + 1, null]),
    monotonicMs: accepted('monotonicMs', [-1, 0, max, max + 1, 0.5]),
    boot: accepted('boot', [0, 1, max, max + 1]),
  }).toEqual({
    seq: [1, max],
    id: [HEADER.id],
    kind: ['a.b', 'a_b.c_d', longest],
    version: [1, 1000],
    wallMs: [0, max],
    monotonicMs: [0, max],
    boot: [1, max],
  })
})

test('at least eight events of the largest size fit one batch', () => {
  expect(PUSH_BYTES_MAX / EVENT_BYTES_MAX).toBeGreaterThanOrEqual(8)
})
