import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import { openBox } from '../../../central/words/open-box.ts'
import { registerRider, REGISTRATIONS_WAITING_MAX } from '../../../station/acts/register-rider.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { openStockedCounter, STATION, type TestCounter } from '../../support/counter.ts'
import { factsOf } from '../desk/working-desk.ts'

const keys = makeSealingKeys()

function openCounter(): TestCounter {
  const counter = openStockedCounter()
  applyChanges(counter, [
    { kind: 'sealing_key', scope: 'district', number: 1, key: 'current', row: keys.current },
    { kind: 'consent', scope: 'district', number: 2, key: 'current', row: { version: 3, text: { zh: '说明', en: 'What is kept' } } },
  ])
  return counter
}

const register = (counter: TestCounter, more: Partial<Parameters<typeof registerRider>[1]> = {}) =>
  registerRider(counter, {
    request: randomUUID(), consentVersion: 3, name: '张伟', phone: '13912345678', platform: 'meituan', site: '南湖片区', redCross: 'volunteer', volunteerTeam: true, ...more,
  })

test('registering is one fact without a name, a phone or a site, and a box that only central can open', () => {
  const counter = openCounter()
  const result = register(counter)
  if (!result.ok) throw new Error(result.refusal.code)
  const fact = factsOf(counter).at(-1)
  expect(fact).toMatchObject({ kind: 'rider.registered', body: { rider: result.rider, consentVersion: 3, platform: 'meituan', redCross: 'volunteer', volunteerTeam: true } })
  expect(JSON.stringify(fact)).not.toMatch(/张|13912|南湖/)
  const [row] = counter.database.read.all<{ ref: string; keyId: string; box: Uint8Array }>('SELECT ref, key_id AS keyId, box FROM sealed_words')
  const opened = row === undefined ? null : openBox(keys, STATION, { ref: row.ref, keyId: row.keyId, box: Buffer.from(row.box).toString('base64url') })
  expect(opened).toMatchObject({ text: JSON.stringify({ name: '张伟', phone: '13912345678', site: '南湖片区' }) })
  expect(JSON.stringify(fact)).toContain(typeof opened === 'object' && opened !== null ? opened.commitment : 'nothing was opened')
})

test('the same request is the same rider', () => {
  const counter = openCounter()
  const request = randomUUID()
  const first = register(counter, { request })
  expect(register(counter, { request, name: '李雷' })).toEqual(first)
  expect(factsOf(counter).filter(({ kind }) => kind === 'rider.registered')).toHaveLength(1)
})

test('an older text, what can be no name, a fenced file and a machine without central’s key are refused, and leave nothing', () => {
  const counter = openCounter()
  const codeOf = (result: ReturnType<typeof registerRider>): string => (result.ok ? 'ok' : result.refusal.code)
  expect([codeOf(register(counter, { consentVersion: 2 })), codeOf(register(counter, { name: '<script>alert(1)</script>' })), codeOf(register(openStockedCounter()))]).toEqual([
    'consent_outdated', 'name_unusable', 'words_not_sealable',
  ])
  counter.database.write((writer) => raiseFence(writer, 'quarantined'))
  expect(codeOf(register(counter))).toBe('out_of_order')
  expect(counter.database.read.all('SELECT ref FROM sealed_words')).toEqual([])
})

test('without a network a machine takes a bounded number of people', () => {
  const counter = openCounter()
  for (let made = 0; made < REGISTRATIONS_WAITING_MAX; made += 1) expect(register(counter).ok).toBe(true)
  expect(register(counter)).toEqual({ ok: false, refusal: { code: 'registering_full', waitingMax: REGISTRATIONS_WAITING_MAX } })
})
