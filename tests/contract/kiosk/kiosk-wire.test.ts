import { expect, test } from 'vitest'
import type { z } from 'zod'
import { BEAT_EVERY_MS, FRAME_BYTES_MAX, KIOSK_PROTOCOL_VERSION, screenFrame, SILENCE_MS_MAX, stationFrame } from '../../../contract/kiosk/kiosk-frames.ts'
import { KIOSK_REQUESTS } from '../../../contract/kiosk/kiosk-requests.ts'
import { schemaNodes, wireFingerprint } from '../schema-nodes.ts'

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  screenFrame,
  stationFrame,
  ...Object.fromEntries(Object.entries(KIOSK_REQUESTS).map(([name, { input }]) => [`${name} input`, input])),
  ...Object.fromEntries(Object.entries(KIOSK_REQUESTS).map(([name, { output }]) => [`${name} output`, output])),
}

test('the wire between screen and station is the one of its version', () => {
  const sha256 = wireFingerprint({ ...SCHEMAS, constants: { FRAME_BYTES_MAX, BEAT_EVERY_MS, SILENCE_MS_MAX } })
  expect(
    { version: KIOSK_PROTOCOL_VERSION, sha256 },
    'The kiosk wire has changed. A page from before an update may meet a station from after it: raise KIOSK_PROTOCOL_VERSION in '
      + 'contract/kiosk/kiosk-frames.ts and pin both here; or undo the change.',
  ).toEqual({ version: 4, sha256: 'e22e152648f15fabb2d73ff9d7caa4dc257ef74ec485559ce1db842f443be336' })
})

test('every object on the kiosk wire is closed', () => {
  const open = Object.entries(SCHEMAS).flatMap(([name, schema]) =>
    schemaNodes(schema).filter((node) => node.schema['type'] === 'object' && node.schema['additionalProperties'] !== false).map(({ path }) => name + path),
  )
  expect(open).toEqual([])
})

test('a silent station is noticed within two seconds, after more than two beats', () => {
  expect({ soon: SILENCE_MS_MAX + BEAT_EVERY_MS <= 2000, patient: SILENCE_MS_MAX > 2 * BEAT_EVERY_MS }).toEqual({ soon: true, patient: true })
})
