// Owns telling a keyboard-wedge scanner's burst from a person's typing, and the text of the burst. Pure: keys and times in, steps out.
// It refuses to know the DOM and what a code is for. Speed alone never decides: it takes speed and an ending key, or a shape with a
// check digit. Invariants: memory is bounded whatever is scanned; control keys and shortcuts are never let through to the page.

import { readScannedCode, scannedTextLengthMax } from '../../contract/scan/scanned-code.ts';
import { isEditingKey, readControlKey, readPhysicalKey } from './us-layout.ts';

export type WedgeKey = {
  /** `KeyboardEvent.code`: the physical key. */
  readonly code: string;
  readonly shift: boolean;
  /** Ctrl, Alt or Meta is held. */
  readonly chord: boolean;
  /** The keyboard's own repetition of a held key: a person, never a scanner. */
  readonly repeat: boolean;
  readonly atMs: number;
};

/** What to do with a key, and the scan it ended. `began` says that this key opened a burst, `certain` that a burst is now known. */
export type WedgeStep = {
  readonly swallow: boolean;
  readonly burst: 'none' | 'began' | 'possible' | 'certain';
  readonly text?: string;
};

export type WedgeOptions = {
  /** Characters the scanner is set to send first; a burst without them is typing. */
  readonly prefix?: string;
  readonly suffixCodes?: readonly string[];
};

export type WedgeFraming = {
  press(key: WedgeKey): WedgeStep;
  /** Nothing came for `silenceMs`: the end of a burst that has no ending key. */
  rest(): string | undefined;
  reset(): void;
};

/** A mean gap up to this is a machine: people reach 60 ms between keys, scanners send one every 1 to 30. */
export const machineGapMs = 35;
/** A gap above this ends a burst. Every key starts it anew, so a code that comes in two chunks stays one. */
export const burstGapMs = 120;
export const silenceMs = 150;
/** After a scan, ending keys that trail behind (CR and LF, Tab and Enter) still belong to it. */
export const trailingKeysMs = 300;
/** From here on a burst at machine speed is known: nobody rolls five keys at that pace. */
export const certainLength = 5;
const scanLengthMin = 4;

type Burst = { text: string; keyCount: number; firstAtMs: number; lastAtMs: number };

const ignoredKeys = new Set(['ShiftLeft', 'ShiftRight']);
const modifierKeys = new Set(['ControlLeft', 'ControlRight', 'AltLeft', 'AltRight', 'MetaLeft', 'MetaRight']);

export function createWedgeFraming(options: WedgeOptions = {}): WedgeFraming {
  const prefix = options.prefix ?? '';
  const suffixCodes = new Set(options.suffixCodes ?? ['Enter', 'NumpadEnter', 'Tab']);
  let burst: Burst | undefined;
  let scannedAtMs = Number.NEGATIVE_INFINITY;

  function append(character: string, atMs: number): 'began' | 'possible' | 'certain' {
    if (burst === undefined) {
      burst = { text: character, keyCount: 1, firstAtMs: atMs, lastAtMs: atMs };
      return 'began';
    }
    burst.keyCount += 1;
    burst.lastAtMs = atMs;
    // One character over the limit is kept, so that the reading says `too_long`; the rest is only counted.
    if (burst.text.length <= scannedTextLengthMax) burst.text += character;
    return isCertain(burst) ? 'certain' : 'possible';
  }

  function finish(hasSuffix: boolean): string | undefined {
    const ended = burst;
    burst = undefined;
    if (ended === undefined || !ended.text.startsWith(prefix)) return undefined;
    const text = ended.text.slice(prefix.length);
    const isScan = isMachine(ended) && hasSuffix && ended.keyCount >= scanLengthMin;
    if (!isScan && !provesItself(text, isMachine(ended))) return undefined;
    scannedAtMs = ended.lastAtMs;
    return text;
  }

  function endBurst(key: WedgeKey): WedgeStep {
    const inBurst = burst !== undefined;
    const wasCertain = burst !== undefined && isCertain(burst);
    const text = finish(true);
    if (text !== undefined) {
      scannedAtMs = key.atMs;
      return { swallow: true, burst: 'certain', text };
    }
    const trailing = !inBurst && key.atMs - scannedAtMs <= trailingKeysMs;
    return { swallow: wasCertain || trailing, burst: 'none' };
  }

  function refuseControl(key: WedgeKey): WedgeStep {
    // Kept in the text as a control character: the reading then refuses the whole code, with words for the person.
    return { swallow: true, burst: key.repeat ? 'none' : append(readControlKey(key.code), key.atMs) };
  }

  return {
    press(key) {
      if (ignoredKeys.has(key.code)) {
        if (burst !== undefined && key.atMs - burst.lastAtMs <= burstGapMs) burst.lastAtMs = key.atMs;
        return { swallow: false, burst: 'none' };
      }
      // A key without a place on a keyboard comes from no scanner: an emulated keyboard of the system, dictation.
      if (key.code === '' || key.code === 'Unidentified') return { swallow: false, burst: 'none' };
      if (modifierKeys.has(key.code)) return { swallow: true, burst: 'none' };
      const late = burst !== undefined && key.atMs - burst.lastAtMs > burstGapMs;
      const split = late ? finish(false) : undefined;
      const step = pressInTime(key);
      // The burst that just ended is announced with the key that showed its end; that key itself can end nothing more.
      return split === undefined ? step : { ...step, text: split };
    },
    rest: () => finish(false),
    reset() {
      burst = undefined;
    },
  };

  function pressInTime(key: WedgeKey): WedgeStep {
    if (key.repeat && !key.chord) return { swallow: burst !== undefined && isCertain(burst), burst: 'none' };
    if (!key.chord && suffixCodes.has(key.code)) return endBurst(key);
    const character = key.chord ? undefined : readPhysicalKey(key.code, key.shift);
    if (character !== undefined) {
      const kind = append(character, key.atMs);
      return { swallow: kind === 'certain', burst: kind };
    }
    if (key.chord || !isEditingKey(key.code)) return refuseControl(key);
    if (burst === undefined || !isCertain(burst)) {
      burst = undefined;
      return { swallow: false, burst: 'none' };
    }
    return refuseControl(key);
  }
}

function isMachine(burst: Burst): boolean {
  return burst.keyCount > 1 && (burst.lastAtMs - burst.firstAtMs) / (burst.keyCount - 1) <= machineGapMs;
}

function isCertain(burst: Burst): boolean {
  return burst.keyCount >= certainLength && isMachine(burst);
}

/** Without an ending key, or slower than a machine, a text must show by its own shape or check digit that it was scanned. */
function provesItself(text: string, fast: boolean): boolean {
  const code = readScannedCode(text);
  if (code.kind === 'pass') return true;
  if (!fast) return code.kind === 'item' && code.symbology !== 'code128' && text.length >= 12;
  if (code.kind === 'item') return code.symbology !== 'code128' || text.length >= 8;
  return text.length >= 16 || (code.kind === 'malformed' && code.reason === 'pass_damaged');
}
