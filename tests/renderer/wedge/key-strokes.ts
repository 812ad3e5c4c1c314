// Writes a text as the key strokes a keyboard-wedge scanner sends for it on the US layout: shift, control combinations, an ending key.

import { readPhysicalKey } from '../../../renderer/wedge/us-layout.ts'
import type { WedgeKey } from '../../../renderer/wedge/wedge-framing.ts'

const codes = [
  'Space',
  'Minus',
  'Equal',
  'BracketLeft',
  'BracketRight',
  'Backslash',
  'Semicolon',
  'Quote',
  'Backquote',
  'Comma',
  'Period',
  'Slash',
  ...Array.from({ length: 26 }, (_, index) => `Key${String.fromCharCode(65 + index)}`),
  ...Array.from({ length: 10 }, (_, index) => `Digit${index}`),
]

type Stroke = { readonly code: string; readonly shift: boolean }

const strokes = new Map<string, Stroke>()
for (const code of codes) {
  for (const shift of [true, false]) strokes.set(readPhysicalKey(code, shift) ?? '', { code, shift })
}

export const typableCharacters = [...strokes.keys()]

export function strokeOf(character: string): Stroke {
  const stroke = strokes.get(character)
  if (stroke === undefined) throw new Error(`no key for ${JSON.stringify(character)}`)
  return stroke
}

const plain = { shift: false, chord: false, repeat: false, inField: true }

/** Keys `gapMs` apart; capitals with the shift key's own press before them, control characters as Ctrl and a letter. */
export function strokesOf(text: string, startMs: number, gapMs: number, suffixCode?: string): WedgeKey[] {
  const keys: WedgeKey[] = []
  let atMs = startMs
  for (const character of text.split('')) {
    if (character < ' ') {
      const code = `Key${String.fromCharCode(character.charCodeAt(0) + 64)}`
      keys.push({ ...plain, code: 'ControlLeft', chord: true, atMs }, { ...plain, code, chord: true, atMs })
    } else {
      const stroke = strokeOf(character)
      if (stroke.shift) keys.push({ ...plain, code: 'ShiftLeft', shift: true, atMs })
      keys.push({ ...plain, ...stroke, atMs })
    }
    atMs += gapMs
  }
  if (suffixCode !== undefined) keys.push({ ...plain, code: suffixCode, atMs })
  return keys
}
