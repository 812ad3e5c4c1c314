// Types into a Chromium page as a keyboard-wedge scanner does: physical keys through the browser's input pipeline, each with its own
// time, so that a busy machine does not turn a scan into typing. For any test that scans by keystrokes.

import type { CDPSession } from 'playwright'
import type { WedgeKey } from '../../../renderer/wedge/wedge-framing.ts'
import { strokesOf } from './key-strokes.ts'

export type ScannerTyping = {
  readonly gapMs?: number
  readonly suffixCode?: string
  /** The keys look as they do while a Chinese input method is on: `Process`, code 229. */
  readonly inputMethod?: boolean
  /** Whether each key is released too; leaving it out halves the work for a very long code. */
  readonly releases?: boolean
}

const controlModifier = 2
const shiftModifier = 8
const sentAtOnce = 40

export async function typeAsScanner(devtools: CDPSession, text: string, typing: ScannerTyping = {}): Promise<void> {
  const { gapMs = 4, suffixCode, inputMethod = false, releases = true } = typing
  const startS = Date.now() / 1000
  let sent: Promise<unknown>[] = []
  for (const stroke of strokesOf(text, 0, gapMs, suffixCode)) {
    const event = { ...(inputMethod ? nameForInputMethod() : nameKey(stroke)), code: stroke.code, modifiers: modifiersOf(stroke) }
    const timestamp = startS + stroke.atMs / 1000
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, timestamp }))
    if (releases) sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event, timestamp: timestamp + 0.0005 }))
    if (sent.length >= sentAtOnce) {
      // In small lots, so that the keys of a long code keep arriving.
      await Promise.all(sent)
      sent = []
    }
  }
  await Promise.all(sent)
}

type KeyName = { key: string; text?: string; windowsVirtualKeyCode?: number }

function nameForInputMethod(): KeyName {
  return { key: 'Process', windowsVirtualKeyCode: 229 }
}

function nameKey(stroke: WedgeKey): KeyName {
  if (stroke.code === 'Enter') return { key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }
  if (stroke.code === 'Space') return { key: ' ', text: ' ', windowsVirtualKeyCode: 32 }
  const character = /^(?:Key|Digit)(.)$/.exec(stroke.code)?.[1]?.toLowerCase()
  return character === undefined || stroke.chord ? { key: stroke.code } : { key: character, text: character }
}

function modifiersOf(stroke: WedgeKey): number {
  return (stroke.chord ? controlModifier : 0) | (stroke.shift ? shiftModifier : 0)
}
