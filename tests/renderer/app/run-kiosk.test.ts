import { expect, onTestFinished, test } from 'vitest'
import { KIOSK_PROTOCOL_VERSION } from '../../../contract/kiosk/kiosk-frames.ts'
import { runKiosk } from '../../../renderer/app/run-kiosk.ts'
import type { TransportListener } from '../../../renderer/link/station-link.ts'

test.each([
  ['of its own version', KIOSK_PROTOCOL_VERSION, []],
  ['of a newer one', KIOSK_PROTOCOL_VERSION + 1, [`this page speaks version ${KIOSK_PROTOCOL_VERSION}, the station ${KIOSK_PROTOCOL_VERSION + 1}`, 'loads anew']],
  ['of an older one', KIOSK_PROTOCOL_VERSION - 1, [`this page speaks version ${KIOSK_PROTOCOL_VERSION}, the station ${KIOSK_PROTOCOL_VERSION - 1}`, 'loads anew']],
] as const)('a page that a station %s welcomes stays, or is loaded anew: after an update nobody stands at the kiosk to do it', (_name, protocol, expected) => {
  const did: string[] = []
  let station: TransportListener | undefined
  const kiosk = runKiosk({
    openTransport: (listener) => {
      station = listener
      return { send: () => undefined, reconnect: () => undefined, rest: () => undefined }
    },
    monotonicMs: () => 0,
    freshId: () => '00000000-0000-4000-8000-000000000001',
    tones: { play: () => undefined },
    listenForScans: () => () => undefined,
    loadDictionary: () => new Promise(() => undefined),
    loadPageAnew: () => did.push('loads anew'),
    onProblem: (problem) => did.push(problem),
  })
  onTestFinished(() => kiosk.stop())
  station?.onState(true)
  station?.onText(JSON.stringify({ type: 'welcome', protocol }))
  expect(did).toEqual(expected)
})
