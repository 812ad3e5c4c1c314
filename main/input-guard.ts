// Owns which keys reach the page. Nothing that a window system, a browser or a hostile barcode could act on gets through:
// Alt, Meta, function and launcher keys, Ctrl with anything. The one exception is Ctrl with the keys that spell a control
// character: the page must see those to refuse the whole scan, and without a menu they do nothing else. Pure.

import type { Input } from 'electron'

export type PressedKey = Pick<Input, 'code' | 'control' | 'alt' | 'meta' | 'shift'>

const spellsControlCharacter = /^(Key[A-Z]|BracketLeft|BracketRight|Backslash)$/
const spellsControlCharacterShifted = /^(Digit2|Digit6|Minus)$/
const leadsOutside = /^(F([1-9]|1[0-9]|2[0-4])|Browser.*|Launch.*|Media.*|App.*|Alt(Left|Right)|(Meta|OS)(Left|Right)?|ContextMenu|Help|Power|Sleep|WakeUp|Eject|PrintScreen)$/

export function isKeyLetThrough(key: PressedKey): boolean {
  if (key.alt || key.meta || leadsOutside.test(key.code)) return false
  if (!key.control || key.code === 'ControlLeft' || key.code === 'ControlRight') return true
  return spellsControlCharacter.test(key.code) || (key.shift && spellsControlCharacterShifted.test(key.code))
}
