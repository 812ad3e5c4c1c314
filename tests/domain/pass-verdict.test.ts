import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgePass, type PassQuestion, type PassVerdict, SCAN_REFUSALS } from '../../domain/pass-verdict.ts'

const GENUINE: PassQuestion = { signatureValid: true, issueDay: 20_000, today: 20_100, validDays: 365, cardRevoked: false }
const judge = (more: Partial<PassQuestion>): PassVerdict => judgePass({ ...GENUINE, ...more })
const refused = (reason: Extract<PassVerdict, { verdict: 'refused' }>['reason']): PassVerdict => ({ verdict: 'refused', reason })

test('a genuine pass is accepted from the day of issue through its last valid day, and expired on the next', () => {
  expect([judge({ today: 20_000 }), judge({ today: 20_364 }), judge({ today: 20_365 })]).toEqual([
    { verdict: 'accepted' },
    { verdict: 'accepted' },
    refused('expired'),
  ])
})

test('a pass issued tomorrow is accepted: its signature outranks the clock of this machine', () => {
  expect(judge({ today: 10 })).toEqual({ verdict: 'accepted' })
})

test('where several things are wrong, the one that says most is told: unknown key, forged, revoked, expired', () => {
  const expired = { today: 30_000 }
  expect([
    judge({ ...expired, cardRevoked: true, signatureValid: null }),
    judge({ ...expired, cardRevoked: true, signatureValid: false }),
    judge({ ...expired, cardRevoked: true }),
    judge(expired),
  ]).toEqual([refused('unknown_key'), refused('forged'), refused('revoked'), refused('expired')])
})

test('no pass is accepted whose signature does not hold, and every refusal is in the closed list', () => {
  fc.assert(
    fc.property(
      fc.record({
        signatureValid: fc.constantFrom(true, false, null),
        issueDay: fc.nat(0xffff),
        today: fc.integer({ min: -10, max: 100_000 }),
        validDays: fc.integer({ min: 1, max: 4000 }),
        cardRevoked: fc.boolean(),
      }),
      (question) => {
        const verdict = judgePass(question)
        const isGood = question.signatureValid === true && !question.cardRevoked && question.today - question.issueDay < question.validDays
        expect({
          accepted: verdict.verdict === 'accepted',
          listed: verdict.verdict === 'accepted' || SCAN_REFUSALS.includes(verdict.reason),
        }).toEqual({ accepted: isGood, listed: true })
      },
    ),
  )
})
