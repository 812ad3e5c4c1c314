// Owns the USB cable: the one file that loads node-hid, lazily, finds a HID-POS scanner, reads it, and finds it again after an unplug.
// It refuses to know what bytes mean (hid-framing) and never throws into the process: a missing libusb or permission is a state
// that the health screen shows. Invariants: at most one open device, one pending timer; after `close` nothing is said any more.

import { createHidFraming } from './hid-framing.ts'
import type { HidFramingCounts } from './hid-framing.ts'
import { announceHidOutcome } from './scanner-port.ts'
import type { MonotonicClock, OnText } from './scanner-port.ts'

export type HidScannerState =
  | { readonly kind: 'searching' }
  | { readonly kind: 'connected'; readonly product: string }
  | { readonly kind: 'unavailable'; readonly reason: HidUnavailableReason; readonly detail: string }

/** `library_not_loaded`: no libusb or no build for this machine. `device_not_opened`: it is there, mostly without permission (udev). */
export type HidUnavailableReason = 'library_not_loaded' | 'device_not_opened'

export type HidScannerOptions = {
  readonly onText: OnText
  readonly nowMs: MonotonicClock
  readonly after: RunAfter
  readonly onStateChanged?: (state: HidScannerState) => void
  readonly loadLibrary?: () => Promise<HidLibrary>
}

/** Runs once after a delay; the returned function calls it off. */
export type RunAfter = (delayMs: number, run: () => void) => () => void

export type HidScanner = {
  state(): HidScannerState
  counts(): HidFramingCounts
  /** Resolves when the device is closed: a read still running in node-hid would crash a process that exits. */
  close(): Promise<void>
}

/** What is used of node-hid. */
export type HidLibrary = {
  devicesAsync(): Promise<readonly HidDeviceInfo[]>
  readonly HIDAsync: { open(path: string): Promise<HidDevice> }
}

export type HidDeviceInfo = {
  readonly path?: string | undefined
  readonly product?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}

export type HidDevice = {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  close(): Promise<void>
}

const barcodeScannerUsagePage = 0x8c
const barcodeScannerUsage = 0x02
export const searchDelaysMs: readonly number[] = [1_000, 2_000, 5_000, 15_000]

export function startHidScanner(options: HidScannerOptions): HidScanner {
  const { onText, nowMs, after, loadLibrary = loadNodeHid } = options
  const framing = createHidFraming()
  let state: HidScannerState = { kind: 'searching' }
  let device: HidDevice | undefined
  let failedSearches = 0
  let cancelTimer: (() => void) | undefined
  let closed = false
  let work: Promise<void> = Promise.resolve()

  function become(next: HidScannerState): void {
    if (closed || isSameState(state, next)) return
    state = next
    options.onStateChanged?.(next)
  }

  function searchAgain(): void {
    if (closed) return
    const delayMs = searchDelaysMs[Math.min(failedSearches, searchDelaysMs.length - 1)] ?? 15_000
    failedSearches += 1
    cancelTimer = after(delayMs, () => {
      cancelTimer = undefined
      work = search()
    })
  }

  async function search(): Promise<void> {
    const found = await findScanner(loadLibrary)
    if (closed) {
      if (found.kind === 'opened') await closeQuietly(found.device)
      return
    }
    if (found.kind === 'opened') {
      listen(found.device)
      failedSearches = 0
      become({ kind: 'connected', product: found.product })
      return
    }
    become(found.kind === 'absent' ? { kind: 'searching' } : { kind: 'unavailable', reason: found.reason, detail: found.detail })
    searchAgain()
  }

  function listen(opened: HidDevice): void {
    device = opened
    opened.on('error', () => {
      if (device === opened) work = lose(opened)
    })
    opened.on('data', (report) => {
      if (device !== opened || closed) return
      const atMs = nowMs()
      const outcome = framing.push(report, atMs)
      // In its own turn: node-hid catches what a listener throws and would call a bug behind the port an unplug.
      if (outcome !== undefined) queueMicrotask(() => announceHidOutcome(outcome, atMs, 'hid', onText))
    })
  }

  async function lose(lost: HidDevice): Promise<void> {
    device = undefined
    framing.drop()
    become({ kind: 'searching' })
    await closeQuietly(lost)
    searchAgain()
  }

  work = search()

  return {
    state: () => state,
    counts: () => framing.counts(),
    async close() {
      closed = true
      cancelTimer?.()
      cancelTimer = undefined
      await work
      const open = device
      device = undefined
      framing.drop()
      if (open !== undefined) await closeQuietly(open)
    },
  }
}

type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'opened'; readonly device: HidDevice; readonly product: string }
  | { readonly kind: 'failed'; readonly reason: HidUnavailableReason; readonly detail: string }

async function findScanner(loadLibrary: () => Promise<HidLibrary>): Promise<Found> {
  let library: HidLibrary
  let devices: readonly HidDeviceInfo[]
  try {
    library = await loadLibrary()
    // The native part, and with it libusb, is loaded by the first call and not by the import.
    devices = await library.devicesAsync()
  } catch (error) {
    return { kind: 'failed', reason: 'library_not_loaded', detail: describeError(error) }
  }
  const scanner = devices.find((info) => info.usagePage === barcodeScannerUsagePage && info.usage === barcodeScannerUsage)
  if (scanner?.path === undefined) return { kind: 'absent' }
  try {
    const device = await library.HIDAsync.open(scanner.path)
    return { kind: 'opened', device, product: scanner.product ?? '' }
  } catch (error) {
    return { kind: 'failed', reason: 'device_not_opened', detail: describeError(error) }
  }
}

async function loadNodeHid(): Promise<HidLibrary> {
  return import('node-hid')
}

/** Closing a device that is gone fails; there is nothing left to close then, and the search starts over either way. */
async function closeQuietly(device: HidDevice): Promise<boolean> {
  return device.close().then(
    () => true,
    () => false,
  )
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isSameState(one: HidScannerState, other: HidScannerState): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
