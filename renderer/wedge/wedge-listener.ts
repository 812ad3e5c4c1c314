// Owns the window's ear for a keyboard-wedge scanner: every key of the window before anything else sees it, whatever has the focus.
// It reads physical keys (`KeyboardEvent.code`), so an input method cannot garble a scan. It refuses to decide what is a scan
// (wedge-framing) or what a scan means. Invariant: shortcuts and control keys never reach the page or the browser.

import { isFieldFocused, takeFieldSnapshot } from './field-snapshot.ts'
import type { FieldSnapshot } from './field-snapshot.ts'
import { createWedgeFraming, longSilenceMs, shortSilenceMs } from './wedge-framing.ts'
import type { WedgeKey, WedgeOptions } from './wedge-framing.ts'

/** Listens until the returned function is called. `onText` gets each scanned text once; timing is the port's business. */
export function listenForWedge(target: Window, onText: (text: string) => void, options?: WedgeOptions): () => void {
  const framing = createWedgeFraming(options)
  const swallowedCodes = new Set<string>()
  let snapshot: FieldSnapshot | undefined
  let silenceTimer: number | undefined

  function announce(text: string | undefined): void {
    if (text === undefined) return
    takeBack()
    onText(text)
  }

  function takeBack(): void {
    snapshot?.restore()
    snapshot = undefined
  }

  function awaitSilence(): void {
    target.clearTimeout(silenceTimer)
    silenceTimer = target.setTimeout(() => {
      announce(framing.rest('short'))
      silenceTimer = target.setTimeout(() => {
        announce(framing.rest('long'))
        snapshot = undefined
      }, longSilenceMs - shortSilenceMs)
    }, shortSilenceMs)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = framing.press(readKey(event, isFieldFocused(target)))
    if (step.swallow) {
      swallowedCodes.add(event.code)
      stop(event)
    }
    awaitSilence()
    announce(step.text)
    // The key itself has not reached the field yet: this is the field as it was before the burst.
    if (step.burst === 'began') snapshot = takeFieldSnapshot(target)
    if (step.burst === 'certain') takeBack()
  }

  function onKeyUp(event: KeyboardEvent): void {
    // The release belongs to its press: a button acts on the release of the space bar.
    if (swallowedCodes.delete(event.code)) stop(event)
  }

  function onBlur(): void {
    framing.reset()
    swallowedCodes.clear()
    snapshot = undefined
  }

  target.addEventListener('keydown', onKeyDown, { capture: true })
  target.addEventListener('keyup', onKeyUp, { capture: true })
  target.addEventListener('blur', onBlur)
  return () => {
    target.clearTimeout(silenceTimer)
    target.removeEventListener('keydown', onKeyDown, { capture: true })
    target.removeEventListener('keyup', onKeyUp, { capture: true })
    target.removeEventListener('blur', onBlur)
  }
}

function readKey(event: KeyboardEvent, inField: boolean): WedgeKey {
  return {
    code: event.code,
    shift: event.shiftKey,
    chord: event.ctrlKey || event.altKey || event.metaKey,
    repeat: event.repeat,
    inField,
    // The time of the key itself, not of its handling: a busy page must not turn a scan into typing.
    atMs: event.timeStamp,
  }
}

function stop(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}
