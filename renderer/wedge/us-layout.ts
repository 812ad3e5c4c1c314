// Owns what a physical key means on the US layout that keyboard-wedge scanners speak, whatever layout or input method the machine has.
// It refuses to look at the character the browser made of the key (an input method may already have eaten it).

const shiftedDigits = ')!@#$%^&*('

const symbols: Readonly<Record<string, readonly [string, string]>> = {
  Space: [' ', ' '],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
}

/** The character of a physical key (`KeyboardEvent.code`), undefined where it has none. */
export function readPhysicalKey(code: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^Digit([0-9])$/.exec(code)?.[1]
  if (digit !== undefined) return shift ? shiftedDigits[Number(digit)] : digit
  const numpadDigit = /^Numpad([0-9])$/.exec(code)?.[1]
  if (numpadDigit !== undefined) return numpadDigit
  return symbols[code]?.[shift ? 1 : 0]
}

const editingKeys = new Set([
  'Backspace',
  'Delete',
  'Insert',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'CapsLock',
  'NumLock',
])

/** Keys that a person may use to edit a field or move, and that a scanner may only send as part of a hostile code. */
export function isEditingKey(code: string): boolean {
  return editingKeys.has(code)
}

/** The control character that Ctrl and a key stand for: a scanner sends Ctrl+O for 0x0F. Other combinations read as SUB. */
export function readControlKey(code: string): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return letter === undefined ? '\u001a' : String.fromCharCode(letter.charCodeAt(0) & 0x1f)
}
