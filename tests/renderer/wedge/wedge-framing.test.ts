import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readScannedCode, scannedTextLengthMax } from '../../../contract/scan/scanned-code.ts'
import { createWedgeFraming, longSilenceMs, shortSilenceMs } from '../../../renderer/wedge/wedge-framing.ts'
import type { WedgeKey, WedgeOptions } from '../../../renderer/wedge/wedge-framing.ts'
import { recordedPass } from '../../fixtures/scanner/recording.ts'
import { strokesOf, typableCharacters } from './key-strokes.ts'

/** Plays keys in order, with the silences between them, as the listener's timer would find them. */
function play(keys: readonly WedgeKey[], options?: WedgeOptions): { texts: string[]; letThrough: string[] } {
  const framing = createWedgeFraming(options)
  const texts: string[] = []
  const letThrough: string[] = []
  let lastAtMs = 0
  for (const key of keys) {
    if (key.atMs - lastAtMs > shortSilenceMs) texts.push(...[framing.rest('short')].flatMap((text) => text ?? []))
    if (key.atMs - lastAtMs > longSilenceMs) texts.push(...[framing.rest('long')].flatMap((text) => text ?? []))
    lastAtMs = key.atMs
    const step = framing.press(key)
    if (step.text !== undefined) texts.push(step.text)
    if (!step.swallow && key.code !== 'ShiftLeft') letThrough.push(key.code)
  }
  texts.push(...[framing.rest('short'), framing.rest('long')].flatMap((text) => text ?? []))
  return { texts, letThrough }
}

function key(code: string, atMs: number, more: Partial<WedgeKey> = {}): WedgeKey {
  return { code, shift: false, chord: false, repeat: false, inField: true, atMs, ...more }
}

test('a pass scanned at machine speed is heard once, its ending key swallowed', () => {
  const { texts, letThrough } = play(strokesOf(recordedPass, 0, 5, 'Enter'))
  expect(texts).toEqual([recordedPass])
  expect(letThrough.length).toBe(4)
})

test.each(['Enter', 'NumpadEnter', 'Tab', undefined])('a pass and an item are heard with the ending key %s', (suffixCode) => {
  const keys = [
    ...strokesOf(recordedPass, 0, 3, suffixCode),
    ...strokesOf('6901234567892', 2000, 20, suffixCode),
    ...strokesOf('96385074', 4000, 20, suffixCode),
  ]
  expect(play(keys).texts).toEqual([recordedPass, '6901234567892', '96385074'])
})

test('any text a scanner can type is heard as it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...typableCharacters), { minLength: 4, maxLength: 200 }),
      fc.integer({ min: 0, max: 30 }),
      (characters, gapMs) => {
        const text = characters.join('')
        expect(play(strokesOf(text, 0, gapMs, 'Enter')).texts).toEqual([text])
      },
    ),
  )
})

test('a person typing is let through: slow text, a short word at speed, a field ended by Enter', () => {
  const typed = [
    ...strokesOf('BOAI Station 42', 0, 90, 'Enter'),
    ...strokesOf('abc', 5000, 40, 'Enter'),
    ...strokesOf('13800138000', 9000, 70, 'Enter'),
  ]
  const { texts, letThrough } = play(typed)
  expect(texts).toEqual([])
  expect(letThrough.length).toBe(typed.filter((stroke) => stroke.code !== 'ShiftLeft').length)
})

test('a person is never heard as a scanner, however the keys roll', () => {
  const gaps = fc.array(fc.integer({ min: 45, max: 400 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(gaps, fc.constantFrom('hello', '123456', '000000', 'wode xinyuan shi yi shuang shoutao'), (gapsMs, text) => {
      let atMs = 0
      const keys = strokesOf(text, 0, 0, 'Enter').map((stroke, index) => ({ ...stroke, atMs: (atMs += gapsMs[index % gapsMs.length] ?? 45) }))
      expect(play(keys).texts).toEqual([])
    }),
  )
})

test('a slow scanner is known by the shape of a pass and by the check digit of an item', () => {
  expect(play(strokesOf(recordedPass, 0, 60, 'Enter')).texts).toEqual([recordedPass])
  expect(play(strokesOf('6901234567892', 0, 60, 'Enter')).texts).toEqual(['6901234567892'])
  expect(play(strokesOf('6901234567890', 0, 60, 'Enter')).texts).toEqual([])
})

test('a code that comes in two chunks stays one, every key starting the wait anew', () => {
  const keys = [...strokesOf(recordedPass.slice(0, 60), 0, 4), ...strokesOf(recordedPass.slice(60), 60 * 4 + 100, 4, 'Enter')]
  expect(play(keys).texts).toEqual([recordedPass])
})

test('a key pressed just before a pass is no part of it, and two passes in one burst are no pass', () => {
  expect(play([...strokesOf('ab', 0, 40), ...strokesOf(recordedPass, 100, 4, 'Enter')]).texts).toEqual([recordedPass])
  expect(play(strokesOf(recordedPass + recordedPass, 0, 4, 'Enter')).texts).toEqual([recordedPass + recordedPass])
})

test('a pass broken off is heard as a damaged one, so that the screen asks again', () => {
  const keys = [...strokesOf(recordedPass.slice(0, 60), 0, 4), ...strokesOf(recordedPass, 1000, 4, 'Enter')]
  expect(play(keys).texts.map((text) => readScannedCode(text).kind)).toEqual(['malformed', 'pass'])
})

test('a code without an ending key is taken after a short silence when it is complete, else after a long one', () => {
  const framing = createWedgeFraming()
  for (const stroke of strokesOf('6901234567892', 0, 4)) framing.press(stroke)
  expect([framing.rest('short'), framing.rest('long')]).toEqual(['6901234567892', undefined])
  for (const stroke of strokesOf('BOAI-0042', 1000, 4)) framing.press(stroke)
  expect([framing.rest('short'), framing.rest('long')]).toEqual([undefined, 'BOAI-0042'])
})

test('a code broken off is announced with the next key even before the silence is noticed', () => {
  const framing = createWedgeFraming()
  for (const stroke of strokesOf('6901234567892', 0, 4)) framing.press(stroke)
  expect(framing.press(key('KeyB', 500))).toEqual({ swallow: false, burst: 'began', text: '6901234567892' })
})

test('ending keys that trail behind a scan are swallowed, a later Enter is a person’s', () => {
  const keys = [...strokesOf('6901234567892', 0, 4, 'Enter'), key('Enter', 60), key('Tab', 70), key('Enter', 2000)]
  const { texts, letThrough } = play(keys)
  expect(texts).toEqual(['6901234567892'])
  expect(letThrough).toEqual(['Digit6', 'Digit9', 'Digit0', 'Digit1', 'Enter'])
})

test('shortcuts and control keys never reach the page', () => {
  const chords = ['KeyO', 'KeyR', 'KeyT', 'KeyW', 'Tab', 'Enter', 'Delete', 'Digit1'].map((code, index) => key(code, index * 1000, { chord: true }))
  const keys = ['F1', 'F5', 'F11', 'F12', 'Escape', 'ContextMenu', 'BrowserBack', 'PrintScreen', 'MetaLeft', 'AltLeft', 'ControlLeft', 'LaunchApp1']
  expect(play([...chords, ...keys.map((code, index) => key(code, 20_000 + index * 1000))])).toEqual({ texts: [], letThrough: [] })
})

test('a hostile code is heard with its control characters, which the reading refuses', () => {
  const { texts } = play(strokesOf('CMD\u000f\u0012EXE', 0, 5, 'Enter'))
  expect(texts).toEqual(['CMD\u000f\u0012EXE'])
  expect(texts.map((text) => readScannedCode(text))).toEqual([{ kind: 'malformed', reason: 'control_characters' }])
})

test('a short code presses nothing: neither its spaces nor its ending key reach what is focused', () => {
  const keys = strokesOf('1 2', 0, 10, 'Enter').map((stroke) => ({ ...stroke, inField: false }))
  expect(play(keys)).toEqual({ texts: [], letThrough: ['Digit1', 'Digit2'] })
  expect(play([key('Space', 0, { inField: false }), key('Enter', 1000, { inField: false })]).letThrough).toEqual(['Space', 'Enter'])
})

test('function and cursor keys within a scan spoil it', () => {
  for (const code of ['F5', 'Escape', 'ArrowUp', 'Backspace']) {
    const keys = [...strokesOf('BXZ10', 0, 5), key(code, 25), ...strokesOf('12345', 30, 5, 'Enter')]
    expect(play(keys).texts).toEqual(['BXZ10\u001a12345'])
  }
})

test('a held key is a person: it makes no scan and a held shortcut is dropped', () => {
  const held = Array.from({ length: 40 }, (_, index) => key('KeyA', 500 + index * 30, { repeat: true }))
  expect(play([key('KeyA', 0), ...held, key('Enter', 1800)]).texts).toEqual([])
  expect(play(held.map((stroke) => ({ ...stroke, chord: true }))).letThrough).toEqual([])
})

test('a prefix and an ending key of the scanner’s own setting are taken off, and a burst without the prefix is no scan', () => {
  const options = { prefix: '~~', suffixCodes: ['Tab'] }
  expect(play(strokesOf('~~6901234567892', 0, 5, 'Tab'), options).texts).toEqual(['6901234567892'])
  expect(play(strokesOf('6901234567892', 0, 5, 'Tab'), options).texts).toEqual([])
})

test('a code of 7,000 characters is heard as one that is too long, and no more of it is kept', () => {
  const { texts } = play(strokesOf('7'.repeat(7000), 0, 2, 'Enter'))
  expect(texts.map((text) => [text.length, readScannedCode(text)])).toEqual([[scannedTextLengthMax + 1, { kind: 'malformed', reason: 'too_long' }]])
})

test('no keys whatever make it throw, and it never lets a shortcut through', () => {
  const anyKey = fc.record({
    code: fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('KeyA', 'Digit1', 'Enter', 'Tab', 'Escape', 'F5', 'Backspace', 'ShiftLeft', 'Space'),
    ),
    shift: fc.boolean(),
    chord: fc.boolean(),
    repeat: fc.boolean(),
    inField: fc.boolean(),
    gapMs: fc.nat({ max: 400 }),
  })
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 300 }), (keys) => {
      const framing = createWedgeFraming()
      let atMs = 0
      for (const { gapMs, ...pressed } of keys) {
        const step = framing.press({ ...pressed, atMs: (atMs += gapMs) })
        const isShortcut = (pressed.chord && /^(?:Key|Digit)/.test(pressed.code)) || pressed.code === 'F5' || pressed.code === 'Escape'
        if (isShortcut && !step.swallow) throw new Error(`${pressed.code} was let through`)
      }
    }),
  )
})
