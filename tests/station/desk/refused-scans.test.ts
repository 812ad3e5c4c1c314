import { expect, test } from 'vitest'
import type { ScanOutcome } from '../../../contract/kiosk/kiosk-view.ts'
import { tooLongText, undecodableText } from '../../../station/scanner/scanner-port.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { signPass, strangersKey, TODAY, ZHANG } from '../../support/counter.ts'
import { factsOf, openWorkingDesk } from './working-desk.ts'

const genuine = signPass({ holderId: ZHANG })
const REVOKED_CARD = 7

type Refused = ScanOutcome & { kind: 'refused' }

test.each([
  ['signed by somebody else', signPass({ holderId: ZHANG }, strangersKey()), 'forged', null],
  ['signed by a key this station has not', signPass({ holderId: ZHANG, keyId: 9 }), 'unknown_key', null],
  ['past its days', signPass({ holderId: ZHANG, issueDay: TODAY - 1095 }), 'expired', null],
  ['of a lost card', signPass({ holderId: ZHANG, card: REVOKED_CARD }), 'revoked', null],
  ['worn in one place', `${genuine.slice(0, 60)}${genuine[60] === 'A' ? 'B' : 'A'}${genuine.slice(61)}`, 'malformed', 'pass_damaged'],
  ['cut off', genuine.slice(0, 90), 'malformed', 'pass_damaged'],
  ['of a newer scheme', genuine.replace('BXZ1', 'BXZ2'), 'malformed', 'newer_scheme'],
  ['of a payment', '134567890123456789', 'foreign', 'payment'],
  ['of a web page', 'https://example.com/', 'foreign', 'url'],
  ['of a wireless network', 'WIFI:T:WPA;S:home;P:secret;;', 'foreign', 'wifi'],
  ['of a poem', '床前明月光', 'foreign', 'text'],
  ['of nothing', '   ', 'malformed', 'empty'],
  ['of 7,000 signs', 'A'.repeat(7_000), 'malformed', 'too_long'],
  ['that the scanner could not read to its end', tooLongText, 'malformed', 'too_long'],
  ['of other bytes than text', undecodableText, 'malformed', 'undecodable'],
  ['with a control character', `${genuine.slice(0, 80)}\u0000${genuine.slice(81)}`, 'malformed', 'control_characters'],
  ['of goods with a wrong check digit', '6990000010015', 'malformed', 'check_digit'],
] satisfies [string, string, Refused['verdict'], Refused['detail']][])('a code %s is refused with its reason, recorded without what it said, and opens nothing', (_name, text, verdict, detail) => {
  const at = openWorkingDesk()
  applyChanges(at.counter, [{ kind: 'revoked_card', scope: 'riders', number: 1, key: `${ZHANG}/${REVOKED_CARD}`, row: { holder: ZHANG, card: REVOKED_CARD } }])
  const before = factsOf(at.counter).length
  expect(at.scan(text)).toEqual([{ kind: 'refused', verdict, detail }])
  const whose = verdict === 'expired' ? { holder: ZHANG, card: 1 } : verdict === 'revoked' ? { holder: ZHANG, card: REVOKED_CARD } : {}
  expect(factsOf(at.counter).slice(before)).toEqual([{ kind: 'scan.refused', body: { verdict, count: 1, ...whose } }])
  expect(at.view().session).toBeNull()
  expect(at.nudges).toEqual([null])
})

test('a refused code in the middle of somebody’s session leaves the session alone', () => {
  const at = openWorkingDesk()
  at.scan(genuine)
  const { session } = at.session()
  expect(at.scan(signPass({ holderId: ZHANG }, strangersKey()))).toEqual([{ kind: 'refused', verdict: 'forged', detail: null }])
  expect([at.session().session, at.view().knock]).toEqual([session, null])
})

test('a pass held before the scanner is one scan, and one refusal', () => {
  const at = openWorkingDesk()
  const before = factsOf(at.counter).length
  const forged = signPass({ holderId: ZHANG }, strangersKey())
  at.scan(forged)
  for (let reports = 0; reports < 20; reports += 1) {
    at.counter.clock.advance(100)
    at.desk.onText(forged, at.counter.clock.monotonicMs(), 'hid')
  }
  expect(factsOf(at.counter).length - before).toBe(1)
})
