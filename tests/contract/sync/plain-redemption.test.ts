import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redemptionRecorded } from '../../../contract/sync/event-bodies.ts'
import { isPlainRedemption } from '../../../contract/sync/plain-redemption.ts'

const NIL = '00000000-0000-0000-0000-000000000000'
const around = (least: number, most: number) => fc.constantFrom(least, most, least - 1, most + 1, least + 0.5, -0, Number.MAX_SAFE_INTEGER + 1)
const few = (usual: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary: usual, weight: 24 }, { arbitrary: odd, weight: 1 })
const nothing = fc.constantFrom(null, undefined, '', 'x', 1, true, [], {}, NIL, '019CA749-DB6C-74D9-8788-369C8FF44912')
const id = few(fc.uuid(), nothing)
const lot = few(fc.tuple(few(fc.integer({ min: 1, max: 99 }), around(1, Number.MAX_SAFE_INTEGER)), few(fc.integer({ min: 1, max: 9 }), around(1, 100_000))), fc.constantFrom([1], [1, 2, 3], {}, null))
const line = few(
  fc.record({
    item: few(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/), fc.constantFrom('A', '-a', 'a b', 'a'.repeat(64), 'a'.repeat(65), 'a\n')),
    quantity: few(fc.integer({ min: 1, max: 9 }), around(1, 100_000)), points: few(fc.nat(90), around(0, 1_000_000)),
    lots: few(fc.array(lot, { minLength: 1, maxLength: 3 }), fc.constantFrom([], null, Array.from({ length: 101 }, () => [1, 1]))),
  }, { noNullPrototype: true }),
  nothing,
)
const body = fc.record({
  request: id, rider: id, points: few(fc.nat(90), around(0, 1_000_000)), receipt: few(fc.constant('1-00001-0'), fc.constantFrom('1-1-0', '1-00001-a', '1-00001-0\n', 1)),
  lines: few(fc.array(line, { minLength: 1, maxLength: 3 }), fc.constantFrom([], null, Array.from({ length: 51 }, () => ({})))),
}, { noNullPrototype: true })
const more = fc.tuple(body, fc.constantFrom('one more', 'receipt', 'lines', '__proto__')).map(([whole, field]) => JSON.parse(JSON.stringify(whole).replace('"request"', `"${field}"`)) as unknown)

test('what it recognises the schema takes as it is, and all that a station writes is recognised', () => {
  const seen = { plain: 0, odd: 0 }
  fc.assert(
    fc.property(fc.oneof({ arbitrary: body, weight: 9 }, more, nothing), (value) => {
      const read = redemptionRecorded.safeParse(value)
      // The UUID of nothing is one that no station makes: the schema may have it.
      expect(isPlainRedemption(value)).toBe(read.success && !JSON.stringify(value).includes(NIL))
      if (read.success) expect(read.data).toEqual(value)
      seen[read.success ? 'plain' : 'odd'] += 1
    }),
    { numRuns: 2_000 },
  )
  expect(Math.min(seen.plain, seen.odd)).toBeGreaterThan(200)
})
