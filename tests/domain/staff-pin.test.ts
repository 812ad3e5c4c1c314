import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterWrongPin, mayTryPin, type PinAttempts, PIN_PATTERN, WRONG_BEFORE_LOCK } from '../../domain/staff-pin.ts'

const MINUTE_MS = 60_000
const FRESH: PinAttempts = { wrong: 0, lockedUntilMs: 0 }
const START_MS = 1_800_000_000_000

test('every fifth wrong PIN in a row locks: one minute, two, four … and never more than an hour', () => {
  let attempts = FRESH
  let nowMs = START_MS
  const pausesMinutes: number[] = []
  for (let count = 1; count <= 55; count += 1) {
    nowMs = Math.max(nowMs, attempts.lockedUntilMs)
    attempts = afterWrongPin(attempts, nowMs)
    if (!mayTryPin(attempts, nowMs)) pausesMinutes.push((attempts.lockedUntilMs - nowMs) / MINUTE_MS)
  }
  expect({ wrong: attempts.wrong, pausesMinutes }).toEqual({ wrong: 55, pausesMinutes: [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60] })
})

test('the four wrong PINs before a lock cost no time', () => {
  let attempts = FRESH
  for (let count = 1; count < WRONG_BEFORE_LOCK; count += 1) attempts = afterWrongPin(attempts, START_MS)
  expect({ attempts, may: mayTryPin(attempts, START_MS) }).toEqual({ attempts: { wrong: 4, lockedUntilMs: 0 }, may: true })
})

test('a lock ends at its end and not a millisecond before', () => {
  const attempts: PinAttempts = { wrong: 5, lockedUntilMs: START_MS }
  expect([mayTryPin(attempts, START_MS - 1), mayTryPin(attempts, START_MS)]).toEqual([false, true])
})

test('the pause after a number of wrong PINs is the same however they were spread over time, whatever the clock did between', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2 * 3_600_000, max: 4 * 3_600_000 }), { maxLength: 80 }), (steps) => {
      let attempts = FRESH
      let nowMs = START_MS
      let tried = 0
      for (const step of steps) {
        nowMs += step
        if (!mayTryPin(attempts, nowMs)) continue
        attempts = afterWrongPin(attempts, nowMs)
        tried += 1
        const pauseMinutes = tried % 5 === 0 ? Math.min(2 ** (tried / 5 - 1), 60) : 0
        expect({ wrong: attempts.wrong, pauseMs: Math.max(0, attempts.lockedUntilMs - nowMs) }).toEqual({ wrong: tried, pauseMs: pauseMinutes * MINUTE_MS })
      }
    }),
  )
})

test('a clock that ran a year ahead and was put right locks nobody out for a year, and the count goes on', () => {
  const yearMs = 365 * 86_400_000
  let attempts = FRESH
  for (let count = 1; count <= WRONG_BEFORE_LOCK; count += 1) attempts = afterWrongPin(attempts, START_MS + yearMs)
  expect([mayTryPin(attempts, START_MS + yearMs), mayTryPin(attempts, START_MS)]).toEqual([false, true])
  for (let count = 1; count <= WRONG_BEFORE_LOCK; count += 1) attempts = afterWrongPin(attempts, START_MS)
  expect({ attempts, may: mayTryPin(attempts, START_MS) }).toEqual({ attempts: { wrong: 10, lockedUntilMs: START_MS + 2 * MINUTE_MS }, may: false })
})

test('the count survives being written down and read again', () => {
  fc.assert(
    fc.property(fc.nat(500), (wrong) => {
      const before: PinAttempts = { wrong, lockedUntilMs: START_MS }
      const after = afterWrongPin(before, START_MS)
      expect(JSON.parse(JSON.stringify(after))).toEqual(after)
    }),
  )
})

test('ten thousand wrong PINs later a lock is still an hour', () => {
  expect(afterWrongPin({ wrong: 9_999, lockedUntilMs: 0 }, START_MS)).toEqual({ wrong: 10_000, lockedUntilMs: START_MS + 60 * MINUTE_MS })
})

test('a PIN is six ASCII digits and nothing else', () => {
  const pins = ['123456', '000000', '12345', '1234567', '12345a', ' 123456', '123456\n', '１２３４５６', '']
  expect(pins.filter((pin) => PIN_PATTERN.test(pin))).toEqual(['123456', '000000'])
})
