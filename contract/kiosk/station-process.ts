// Between the station process and the process that started it (the Electron window, `npm start`): messages over Node's
// child-process channel. The starter relays frames as text and does not look into them.

import { z } from 'zod'
import { FRAME_BYTES_MAX } from './kiosk-frames.ts'

const screen = z.int().min(1)
/** Frames to the screen hold the whole shelf, so they may be larger than what a screen may send. */
export const FRAME_TO_SCREEN_BYTES_MAX = 1024 * 1024

/** To the station. A new `screen` number is a new page: the one before it is gone and its session with it. */
export const toStation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('screen_opened'), screen }),
  z.strictObject({ type: z.literal('screen_closed'), screen }),
  z.strictObject({ type: z.literal('frame'), screen, text: z.string().max(FRAME_BYTES_MAX) }),
  z.strictObject({ type: z.literal('stop') }),
])
export type ToStation = z.infer<typeof toStation>

/** From the station. `failed` is its last word: why it will not run (see docs/runbook.md), then it exits with 1. */
export const fromStation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), kioskUrl: z.string().nullable() }),
  z.strictObject({ type: z.literal('frame'), screen, text: z.string().max(FRAME_TO_SCREEN_BYTES_MAX) }),
  z.strictObject({ type: z.literal('failed'), code: z.string(), message: z.string() }),
])
export type FromStation = z.infer<typeof fromStation>
