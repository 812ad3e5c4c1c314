// Owns telling a keyboard-wedge scanner's burst from a person's typing, and the text of the burst. Pure: keys and times in, steps out.
// It refuses to know the DOM and what a code is for. Speed alone never decides: it takes speed and an ending key, or a shape with a
// check digit. Invariants: memory is bounded whatever is scanned; control keys and shortcuts are never let through to the page.

import { passTextLength, readScannedCode, scannedTextLengthMax } from '../../contract/scan/scanned-code.ts'
import { isEditingKey, readControlKey, readPhysicalKey } from './us-layout.ts'

export type WedgeKey = {
  /** `KeyboardEvent.code`: the physical key. */
  readonly code: string
  readonly shift: boolean
  /** Ctrl, Alt or Meta is held. */
  readonly chord: boolean
  /** The keyboard's own repetition of a held key: a person, never a scanner. */
  readonly repeat: boolean
  /** A text field has the focus; elsewhere the space bar is no letter, it presses what is focused. */
  readonly inField: boolean
  readonly atMs: number
}

/** What to do with a key, and the scan it ended. `began` says that this key opened a burst, `certain` that a burst is now known. */
export type WedgeStep = {
  readonly swallow: boolean
  readonly burst: 'none' | 'began' | 'possible' | 'certain'
  readonly text?: string
}

export type WedgeOptions = {
  /** Characters the scanner is set to send first; a burst without them is typing. */
  readonly prefix?: string
  readonly suffixCodes?: readonly string[]
}

export type WedgeFraming = {
  press(key: WedgeKey): WedgeStep
  /**
   * Nothing came for a while: the end of a burst that has no ending key. After a `short` silence only a code that is complete in
   * itself is taken, for the rest of another may be held up on its way; after a `long` one the burst is over.
   */
  rest(silence: 'short' | 'long'): string | undefined
  reset(): void
}

/** A mean gap up to this is a machine: people reach 60 ms between keys, scanners send one every 1 to 30. */
export const machineGapMs = 35
/** A gap above this ends a burst. Every key starts it anew, so a code that comes in two chunks stays one. */
export const burstGapMs = 120
export const shortSilenceMs = 150
export const longSilenceMs = 700
/** After a scan, ending keys that trail behind (CR and LF, Tab and Enter) still belong to it. */
export const trailingKeysMs = 300
/** From here on a burst at machine speed is known: nobody rolls five keys at that pace. */
export const certainLength = 5
const scanLengthMin = 4
const forerunnerLengthMax = 8

type Burst = { text: string; keyCount: number; firstAtMs: number; lastAtMs: number }

const ignoredKeys = new Set(['ShiftLeft', 'ShiftRight'])
const modifierKeys = new Set(['ControlLeft', 'ControlRight', 'AltLeft', 'AltRight', 'MetaLeft', 'MetaRight'])

export function createWedgeFraming(options: WedgeOptions = {}): WedgeFraming {
  const prefix = options.prefix ?? ''
  const suffixCodes = new Set(options.suffixCodes ?? ['Enter', 'NumpadEnter', 'Tab'])
  let burst: Burst | undefined
  let scannedAtMs = Number.NEGATIVE_INFINITY

  function append(character: string, atMs: number): 'began' | 'possible' | 'certain' {
    if (burst === undefined) {
      burst = { text: character, keyCount: 1, firstAtMs: atMs, lastAtMs: atMs }
      return 'began'
    }
    burst.keyCount += 1
    burst.lastAtMs = atMs
    // One character over the limit is kept, so that the reading says `too_long`; the rest is only counted.
    if (burst.text.length <= scannedTextLengthMax) burst.text += character
    return isCertain(burst) ? 'certain' : 'possible'
  }

  function finish(hasSuffix: boolean): string | undefined {
    const ended = burst
    burst = undefined
    if (ended === undefined || !ended.text.startsWith(prefix)) return undefined
    const text = dropForerunner(ended.text.slice(prefix.length))
    const isScan = isMachine(ended) && hasSuffix && ended.keyCount >= scanLengthMin
    if (!isScan && !provesItself(text, isMachine(ended))) return undefined
    scannedAtMs = ended.lastAtMs
    return text
  }

  function endBurst(key: WedgeKey): WedgeStep {
    const inBurst = burst !== undefined
    // An ending key this close behind another key is a scanner's, even where the code before it is too short to be one.
    const wasMachine = burst !== undefined && (isCertain(burst) || key.atMs - burst.lastAtMs <= machineGapMs)
    const text = finish(true)
    if (text !== undefined) {
      scannedAtMs = key.atMs
      return { swallow: true, burst: 'certain', text }
    }
    const trailing = !inBurst && key.atMs - scannedAtMs <= trailingKeysMs
    return { swallow: wasMachine || trailing, burst: 'none' }
  }

  function refuseControl(key: WedgeKey): WedgeStep {
    // Kept in the text as a control character: the reading then refuses the whole code, with words for the person.
    return { swallow: true, burst: key.repeat ? 'none' : append(readControlKey(key.code), key.atMs) }
  }

  return {
    press(key) {
      if (ignoredKeys.has(key.code)) {
        if (burst !== undefined && key.atMs - burst.lastAtMs <= burstGapMs) burst.lastAtMs = key.atMs
        return { swallow: false, burst: 'none' }
      }
      // A key without a place on a keyboard comes from no scanner: an emulated keyboard of the system, dictation.
      if (key.code === '' || key.code === 'Unidentified') return { swallow: false, burst: 'none' }
      if (modifierKeys.has(key.code)) return { swallow: true, burst: 'none' }
      const late = burst !== undefined && key.atMs - burst.lastAtMs > burstGapMs
      const split = late ? finish(false) : undefined
      const step = pressInTime(key)
      // The burst that just ended is announced with the key that showed its end; that key itself can end nothing more.
      return split === undefined ? step : { ...step, text: split }
    },
    rest(silence) {
      if (silence === 'short' && !isCompleteInItself(burst?.text.slice(prefix.length) ?? '')) return undefined
      return finish(false)
    },
    reset() {
      burst = undefined
    },
  }

  function pressInTime(key: WedgeKey): WedgeStep {
    const character = readPhysicalKey(key.code, key.shift)
    const isSuffix = suffixCodes.has(key.code)
    if (key.chord || (character === undefined && !isSuffix && !isEditingKey(key.code))) return refuseControl(key)
    const inCertainBurst = burst !== undefined && isCertain(burst)
    if (key.repeat) return { swallow: inCertainBurst, burst: 'none' }
    if (isSuffix) return endBurst(key)
    if (character !== undefined) {
      const kind = append(character, key.atMs)
      const pressesFocus = character === ' ' && !key.inField && kind === 'possible'
      return { swallow: kind === 'certain' || pressesFocus, burst: kind }
    }
    if (inCertainBurst) return refuseControl(key)
    burst = undefined
    return { swallow: false, burst: 'none' }
  }
}

/** A key that somebody pressed just before a pass was scanned is not part of it. */
function dropForerunner(text: string): string {
  if (text.length <= passTextLength || text.length > passTextLength + forerunnerLengthMax) return text
  const tail = text.slice(-passTextLength)
  return readScannedCode(tail).kind === 'pass' ? tail : text
}

function isMachine(burst: Burst): boolean {
  return burst.keyCount > 1 && (burst.lastAtMs - burst.firstAtMs) / (burst.keyCount - 1) <= machineGapMs
}

function isCertain(burst: Burst): boolean {
  return burst.keyCount >= certainLength && isMachine(burst)
}

/** A pass has a length and an item code a check digit: nothing is missing at their end. */
function isCompleteInItself(text: string): boolean {
  const code = readScannedCode(text)
  return code.kind === 'pass' || (code.kind === 'item' && code.symbology !== 'code128')
}

/** Without an ending key, or slower than a machine, a text must show by its own shape or check digit that it was scanned. */
function provesItself(text: string, fast: boolean): boolean {
  const code = readScannedCode(text)
  if (code.kind === 'pass') return true
  if (!fast) return isCompleteInItself(text) && text.length >= 12
  if (code.kind === 'item') return isCompleteInItself(text) || text.length >= 8
  return text.length >= 16 || (code.kind === 'malformed' && code.reason === 'pass_damaged')
}
