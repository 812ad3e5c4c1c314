import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Account, accountKey, bookRedemption, grantablePoints, mayGoBelowZero, standingAllowancePoints } from '../../domain/ledger.ts'

const RIDER = '0190b5a2-7c3e-7d10-8a55-3c1f2e4d5b6a'
const STATION = '0190b5a2-7c3e-7d10-8a55-3c1f2e4d5b6b'
const INCARNATION = '0190b5a2-7c3e-7d10-8a55-3c1f2e4d5b6c'

const ONE_OF_EACH: Account[] = [
  { kind: 'program' },
  { kind: 'rider_central', rider: RIDER },
  { kind: 'rider_station', rider: RIDER, station: STATION, incarnation: INCARNATION },
  { kind: 'redeemed_station', station: STATION },
  { kind: 'program_station', station: STATION, incarnation: INCARNATION },
  { kind: 'discrepancy' },
]

test('an account’s key is what it was from the first day: databases hold it', () => {
  expect(ONE_OF_EACH.map(accountKey)).toEqual([
    'program',
    `rider:${RIDER}`,
    `rider:${RIDER}@${STATION}#${INCARNATION}`,
    `redeemed@${STATION}`,
    `program@${STATION}#${INCARNATION}`,
    'discrepancy',
  ])
})

test('two accounts have one key only where they are the same account', () => {
  const anyAccount: fc.Arbitrary<Account> = fc.oneof(
    fc.constant<Account>({ kind: 'program' }),
    fc.constant<Account>({ kind: 'discrepancy' }),
    fc.record({ kind: fc.constant('rider_central' as const), rider: fc.uuid() }),
    fc.record({ kind: fc.constant('rider_station' as const), rider: fc.uuid(), station: fc.uuid(), incarnation: fc.uuid() }),
    fc.record({ kind: fc.constant('redeemed_station' as const), station: fc.uuid() }),
    fc.record({ kind: fc.constant('program_station' as const), station: fc.uuid(), incarnation: fc.uuid() }),
  )
  fc.assert(
    fc.property(fc.uniqueArray(anyAccount, { selector: (account) => JSON.stringify(account), maxLength: 20 }), (accounts) => {
      expect(new Set(accounts.map(accountKey)).size).toBe(accounts.length)
    }),
  )
})

test('only the source of points and the account of what went wrong may go below zero', () => {
  expect(ONE_OF_EACH.filter(mayGoBelowZero)).toEqual([{ kind: 'program' }, { kind: 'discrepancy' }])
})

test('a redemption is paid from the slice, and what the slice lacks from discrepancy', () => {
  const slice: Account = { kind: 'rider_station', rider: RIDER, station: STATION, incarnation: INCARNATION }
  const to: Account = { kind: 'redeemed_station', station: STATION }
  const book = (points: number, slicePoints: number): unknown => bookRedemption({ rider: RIDER, station: STATION, incarnation: INCARNATION, points, slicePoints })
  expect([book(50, 80), book(50, 20), book(50, 0), book(50, -7), book(0, 20)]).toEqual([
    { transfers: [{ from: slice, to, points: 50 }], overdrawnPoints: 0 },
    { transfers: [{ from: slice, to, points: 20 }, { from: { kind: 'discrepancy' }, to, points: 30 }], overdrawnPoints: 30 },
    { transfers: [{ from: { kind: 'discrepancy' }, to, points: 50 }], overdrawnPoints: 50 },
    { transfers: [{ from: { kind: 'discrepancy' }, to, points: 50 }], overdrawnPoints: 50 },
    { transfers: [], overdrawnPoints: 0 },
  ])
})

test('after any redemption all accounts still sum to zero, no slice is overdrawn by it, and the overdraw is exactly the lack', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: -1000, max: 1_000_000 }), (points, slicePoints) => {
      const booking = bookRedemption({ rider: RIDER, station: STATION, incarnation: INCARNATION, points, slicePoints })
      const sliceKey = `rider:${RIDER}@${STATION}#${INCARNATION}`
      const balances = new Map([[sliceKey, slicePoints], ['program', -slicePoints]])
      for (const { from, to, points } of booking.transfers) {
        balances.set(accountKey(from), (balances.get(accountKey(from)) ?? 0) - points)
        balances.set(accountKey(to), (balances.get(accountKey(to)) ?? 0) + points)
      }
      const lack = Math.max(0, points - Math.max(0, slicePoints))
      expect({
        sum: [...balances.values()].reduce((sum, balance) => sum + balance, 0),
        redeemed: balances.get(`redeemed@${STATION}`) ?? 0,
        slice: balances.get(sliceKey),
        overdrawn: booking.overdrawnPoints,
        empty: booking.transfers.filter((transfer) => transfer.points <= 0),
      }).toEqual({ sum: 0, redeemed: points, slice: slicePoints - (points - lack), overdrawn: lack, empty: [] })
    }),
  )
})

test('central lends what lies there and never more, and keeps at least half of a balance back from a standing allowance', () => {
  expect([grantablePoints(70), grantablePoints(0), grantablePoints(-3), grantablePoints(3_000_000)]).toEqual([70, 0, 0, 1_000_000])
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 10_000 }), fc.nat(500), (balance, standingMax) => {
      const allowance = standingAllowancePoints(balance, standingMax)
      const expected = balance < 2 ? 0 : Math.min(standingMax, (balance - (balance % 2)) / 2)
      expect(allowance).toBe(expected)
    }),
  )
})
