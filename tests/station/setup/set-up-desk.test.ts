// The desk of a machine that is no station yet: what it takes for a code, what it says of each try.

import { expect, test } from 'vitest'
import type { KioskView, ScanOutcome } from '../../../contract/kiosk/kiosk-view.ts'
import { kioskView } from '../../../contract/kiosk/kiosk-view.ts'
import type { Joined } from '../../../station/setup/join-central.ts'
import { openSetUpDesk, type SetUpDesk } from '../../../station/setup/set-up-desk.ts'

const CODE = '0123456789AB'
const LINK = `BXE1 ${CODE} https://central.example`

interface Opened {
  desk: SetUpDesk
  tried: string[]
  kept: string[]
  scanned: ScanOutcome[]
  /** Ends the try that is under way. */
  settle(result: Joined): Promise<void>
  setUp(): KioskView['setUp']
}

function open(centralUrl: string | null = null): Opened {
  const [tried, kept, scanned]: [string[], string[], ScanOutcome[]] = [[], [], []]
  let resolve: (result: Joined) => void = () => undefined
  const desk = openSetUpDesk({
    centralUrl,
    join: (code, url) => {
      tried.push(`${code} ${url}`)
      return new Promise((next) => (resolve = next))
    },
    keep: (config) => void kept.push(config),
    joined: () => void kept.push('restart'),
    nowMs: () => 1_795_000_000_000,
    onChange: () => undefined,
    onScanned: (outcome) => void scanned.push(outcome),
    onProblem: (problem) => {
      throw new Error(problem)
    },
  })
  return {
    desk, tried, kept, scanned,
    setUp: () => kioskView.parse(desk.view()).setUp,
    settle: async (result) => {
      resolve(result)
      await new Promise((next) => setImmediate(next))
    },
  }
}

test('a scanned link joins; when it is joined the configuration is kept before the machine begins anew', async () => {
  const { desk, tried, kept, settle, setUp } = open()
  expect(setUp()).toEqual({ state: 'waiting', problem: null, centralUrl: null })
  desk.onText(LINK, 1, 'hid')
  expect({ tried, setUp: setUp() }).toEqual({ tried: [`${CODE} https://central.example`], setUp: { state: 'joining', problem: null, centralUrl: null } })
  // Held in front of the scanner it is one try.
  desk.onText(LINK, 2, 'hid')
  await settle({ ok: true, config: '{}' })
  expect({ tried: tried.length, kept, setUp: setUp() }).toEqual({ tried: 1, kept: ['{}', 'restart'], setUp: { state: 'joined', problem: null, centralUrl: null } })
})

test('a code as a person types it, with the address that was typed or that the installer told', async () => {
  const typed = open()
  expect(await typed.desk.answer('enrol', { code: '0i23-4567 89ab', centralUrl: 'central.example/' })).toEqual({ ok: true, output: {} })
  expect(typed.tried).toEqual(['0123456789AB https://central.example'])
  const told = open('http://10.0.0.5:4811')
  expect(await told.desk.answer('enrol', { code: CODE, centralUrl: null })).toEqual({ ok: true, output: {} })
  expect(told.tried).toEqual([`${CODE} http://10.0.0.5:4811`])
})

test('what is no code, or has no address, is refused and tried nowhere', async () => {
  const { desk, tried, scanned } = open()
  const refused = { ok: false, refusal: { code: 'bad_request' } }
  expect([
    await desk.answer('enrol', { code: CODE, centralUrl: null }), await desk.answer('enrol', { code: '0123', centralUrl: 'https://central.example' }),
    await desk.answer('enrol', { code: CODE, centralUrl: 'https://somebody@central.example' }), await desk.answer('enrol', { code: CODE, centralUrl: 'http://' }),
    await desk.answer('list_demo_codes', {}),
  ]).toEqual([refused, refused, refused, refused, refused])
  desk.onText('6901234567892', 1, 'hid')
  expect({ tried, scanned }).toEqual({ tried: [], scanned: [{ kind: 'refused', verdict: 'foreign', detail: 'text' }] })
})

test('after a try that failed it says why and takes the next one', async () => {
  const { desk, tried, settle, setUp } = open()
  desk.onText(LINK, 1, 'hid')
  await settle({ ok: false, problem: 'code_expired' })
  expect(setUp()).toEqual({ state: 'waiting', problem: 'code_expired', centralUrl: null })
  desk.onText(LINK, 5_000, 'hid')
  expect({ tries: tried.length, setUp: setUp() }).toEqual({ tries: 2, setUp: { state: 'joining', problem: null, centralUrl: null } })
})
