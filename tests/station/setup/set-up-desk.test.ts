// The desk of a machine that is no station yet: what it takes for a code, what it says of each try.

import { expect, test } from 'vitest'
import type { KioskView, ScanOutcome } from '../../../contract/kiosk/kiosk-view.ts'
import { kioskView } from '../../../contract/kiosk/kiosk-view.ts'
import type { Introduced, Joined } from '../../../station/setup/join-central.ts'
import { openSetUpDesk, type SetUpDesk } from '../../../station/setup/set-up-desk.ts'

const CODE = '0123456789AB'
const PRINT = '0123456789ABCDEF'
const OTHER_PRINT = 'ZZZZ456789ABCDEF'
const LINK = `BXE2 ${CODE} ${PRINT} https://central.example`

interface Opened {
  desk: SetUpDesk
  met: string[]
  tried: string[]
  kept: string[]
  scanned: ScanOutcome[]
  /** Ends the try that is under way. */
  settle(result: Joined): Promise<void>
  setUp(): KioskView['setUp']
}

function open(centralUrl: string | null = null, introduced: Introduced = { ok: true, keyPrint: PRINT }): Opened {
  const [met, tried, kept, scanned]: [string[], string[], string[], ScanOutcome[]] = [[], [], [], []]
  let resolve: (result: Joined) => void = () => undefined
  const desk = openSetUpDesk({
    centralUrl,
    meet: (url) => {
      met.push(url)
      return Promise.resolve(introduced)
    },
    join: (invitation) => {
      tried.push(`${invitation.code} ${invitation.keyPrint} ${invitation.centralUrl}`)
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
    desk, met, tried, kept, scanned,
    setUp: () => kioskView.parse(desk.view()).setUp,
    settle: async (result) => {
      resolve(result)
      await turn()
    },
  }
}

/** Lets what waits for an answer go on. */
function turn(): Promise<void> {
  return new Promise((next) => setImmediate(next))
}

test('a scanned link joins; when it is joined the configuration is kept before the machine begins anew', async () => {
  const { desk, met, tried, kept, settle, setUp } = open()
  expect(setUp()).toEqual({ state: 'waiting', problem: null, keyPrint: null, centralUrl: null })
  desk.onText(LINK, 1, 'hid')
  await turn()
  expect({ met, tried, setUp: setUp() }).toEqual({
    met: ['https://central.example'], tried: [`${CODE} ${PRINT} https://central.example`], setUp: { state: 'joining', problem: null, keyPrint: null, centralUrl: null },
  })
  // Held in front of the scanner it is one try.
  desk.onText(LINK, 2, 'hid')
  await turn()
  await settle({ ok: true, config: '{}' })
  expect({ tried: tried.length, kept, setUp: setUp() }).toEqual({ tried: 1, kept: ['{}', 'restart'], setUp: { state: 'joined', problem: null, keyPrint: null, centralUrl: null } })
})

test('a code as a person types it goes nowhere before he has compared the print, at the address that was typed or that the installer told', async () => {
  const typed = open()
  expect(await typed.desk.answer('enrol', { code: '0i23-4567 89ab', centralUrl: 'central.example/' })).toEqual({ ok: true, output: {} })
  await turn()
  expect({ met: typed.met, tried: typed.tried, setUp: typed.setUp() }).toEqual({
    met: ['https://central.example'], tried: [], setUp: { state: 'comparing', problem: null, keyPrint: PRINT, centralUrl: null },
  })
  expect(await typed.desk.answer('confirm_central', { keyPrint: PRINT, said: 'same' })).toEqual({ ok: true, output: {} })
  expect({ tried: typed.tried, state: typed.setUp()?.state }).toEqual({ tried: [`${CODE} ${PRINT} https://central.example`], state: 'joining' })
  const told = open('http://10.0.0.5:4811')
  expect(await told.desk.answer('enrol', { code: CODE, centralUrl: null })).toEqual({ ok: true, output: {} })
  expect(told.met).toEqual(['http://10.0.0.5:4811'])
})

test('a print that is another one: the code stays here, and the screen says what that means; one that nobody compared says nothing', async () => {
  const { desk, tried, setUp } = open('https://central.example')
  const type = async (): Promise<void> => {
    await desk.answer('enrol', { code: CODE, centralUrl: null })
    await turn()
  }
  await type()
  const late = await desk.answer('confirm_central', { keyPrint: OTHER_PRINT, said: 'same' })
  const other = await desk.answer('confirm_central', { keyPrint: PRINT, said: 'other' })
  const said = setUp()
  const again = await desk.answer('confirm_central', { keyPrint: PRINT, said: 'same' })
  await type()
  await desk.answer('confirm_central', { keyPrint: PRINT, said: 'nobody' })
  expect({ late: late.ok, other: other.ok, said, again: again.ok, after: setUp(), tried }).toEqual({
    late: false, other: true, said: { state: 'waiting', problem: 'other_central', keyPrint: null, centralUrl: 'https://central.example' }, again: false,
    after: { state: 'waiting', problem: null, keyPrint: null, centralUrl: 'https://central.example' }, tried: [],
  })
})

test('a link joins no central but its own: where another key answers, the code is not told', async () => {
  const { desk, met, tried, setUp } = open(null, { ok: true, keyPrint: OTHER_PRINT })
  desk.onText(LINK, 1, 'hid')
  await turn()
  expect({ met, tried, setUp: setUp() }).toEqual({ met: ['https://central.example'], tried: [], setUp: { state: 'waiting', problem: 'other_central', keyPrint: null, centralUrl: null } })
})

test('a link that is scanned while a typed code is compared goes before it; nobody there is no print to compare', async () => {
  const { desk, tried } = open('https://central.example')
  await desk.answer('enrol', { code: 'ZZZZ456789AB', centralUrl: null })
  await turn()
  desk.onText(LINK, 1, 'hid')
  await turn()
  const silent = open('https://central.example', { ok: false, problem: 'no_answer' })
  await silent.desk.answer('enrol', { code: CODE, centralUrl: null })
  await turn()
  expect({ tried, silent: silent.setUp()?.problem }).toEqual({ tried: [`${CODE} ${PRINT} https://central.example`], silent: 'no_answer' })
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
  await turn()
  await settle({ ok: false, problem: 'code_expired' })
  expect(setUp()).toEqual({ state: 'waiting', problem: 'code_expired', keyPrint: null, centralUrl: null })
  desk.onText(LINK, 5_000, 'hid')
  await turn()
  expect({ tries: tried.length, setUp: setUp() }).toEqual({ tries: 2, setUp: { state: 'joining', problem: null, keyPrint: null, centralUrl: null } })
})
