// The frames between screen and station, JSON text each, the same over every transport. The screen speaks first with
// `hello`; from then on the station sends the view whenever it changed and a `beat` every half second, so that a screen
// knows within two seconds that its station is gone.

import { z } from 'zod'
import { KIOSK_REQUESTS, type KioskRequestName, refusal } from './kiosk-requests.ts'
import { kioskView, scanOutcome } from './kiosk-view.ts'

export const KIOSK_PROTOCOL_VERSION = 4
export const FRAME_BYTES_MAX = 64 * 1024
export const BEAT_EVERY_MS = 500
/** No frame for so long: the station is gone. */
export const SILENCE_MS_MAX = 1500

const requestNames = Object.keys(KIOSK_REQUESTS) as [KioskRequestName, ...KioskRequestName[]]

export const screenFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), protocol: z.int() }),
  z.strictObject({ type: z.literal('request'), id: z.int().min(1), name: z.enum(requestNames), input: z.unknown() }),
])
export type ScreenFrame = z.infer<typeof screenFrame>

export const stationFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('welcome'), protocol: z.int() }),
  z.strictObject({ type: z.literal('view'), view: kioskView }),
  z.strictObject({ type: z.literal('scanned'), number: z.int().min(1), outcome: scanOutcome }),
  z.strictObject({ type: z.literal('answer'), id: z.int().min(1), ok: z.literal(true), output: z.unknown() }),
  z.strictObject({ type: z.literal('refusal'), id: z.int().min(1), refusal }),
  z.strictObject({ type: z.literal('beat'), nowMs: z.int() }),
  /** Another screen took over: there is one at a time. */
  z.strictObject({ type: z.literal('replaced') }),
])
export type StationFrame = z.infer<typeof stationFrame>
