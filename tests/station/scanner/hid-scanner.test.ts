import { expect, test } from 'vitest'
import { searchDelaysMs, startHidScanner } from '../../../station/scanner/hid-scanner.ts'
import type { HidDevice, HidDeviceInfo, HidLibrary, HidScanner, HidScannerState } from '../../../station/scanner/hid-scanner.ts'
import { readRecording, recordedPass } from '../../fixtures/scanner/recording.ts'

const scannerInfo: HidDeviceInfo = { path: '/dev/hidraw3', product: 'Imager', usagePage: 0x8c, usage: 2 }
const keyboardInfo: HidDeviceInfo = { path: '/dev/hidraw0', product: 'Keyboard', usagePage: 1, usage: 6 }

/** A USB port that a test plugs and unplugs; node-hid itself runs in hid-umockdev.test.ts. */
class UsbPort {
  plugged: readonly HidDeviceInfo[] = []
  openFails = false
  loadFails = false
  opened: string[] = []
  closedCount = 0
  private readonly listeners = { data: (_report: Uint8Array): void => undefined, error: (_error: unknown): void => undefined }

  async load(): Promise<HidLibrary> {
    if (this.loadFails) throw new Error('libusb-1.0.so.0: cannot open shared object file')
    return { devicesAsync: async () => this.plugged, HIDAsync: { open: async (path) => this.open(path) } }
  }

  send(report: Uint8Array): void {
    this.listeners.data(report)
  }

  unplug(): void {
    this.plugged = []
    this.listeners.error(new Error('could not read from HID device'))
  }

  private open(path: string): HidDevice {
    if (this.openFails) throw new Error('cannot open device with path /dev/hidraw3')
    this.opened.push(path)
    return {
      on: (event: 'data' | 'error', listener: (argument: never) => void) => Object.assign(this.listeners, { [event]: listener }),
      close: async () => {
        this.closedCount += 1
        if (this.plugged.length === 0) throw new Error('device is gone')
      },
    }
  }
}

type Bench = {
  scanner: HidScanner
  heard: string[]
  states: HidScannerState[]
  delaysMs: number[]
  pendingTimers(): number
  /** Lets the pending timer run, and then everything that it set going. */
  elapse(): Promise<void>
}

async function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function startBench(port: UsbPort): Promise<Bench> {
  const heard: string[] = []
  const states: HidScannerState[] = []
  const delaysMs: number[] = []
  const pending = new Set<() => void>()
  let nowMs = 0
  const scanner = startHidScanner({
    onText: (text, _atMs, source, aimId) => heard.push(`${source} ${aimId} ${text}`),
    nowMs: () => (nowMs += 4),
    after(delayMs, run) {
      delaysMs.push(delayMs)
      pending.add(run)
      return () => pending.delete(run)
    },
    onStateChanged: (state) => states.push(state),
    loadLibrary: async () => port.load(),
  })
  await settle()
  return {
    scanner,
    heard,
    states,
    delaysMs,
    pendingTimers: () => pending.size,
    async elapse() {
      const [run] = pending
      if (run === undefined) throw new Error('no timer is pending')
      pending.delete(run)
      run()
      await settle()
    },
  }
}

function sendRecording(port: UsbPort, name: string): void {
  for (const event of readRecording(name)) {
    if (event.report === 'unplug') return
    port.send(event.report)
  }
}

test('the scanner is found by usage page and usage, and its reports reach the port', async () => {
  const port = new UsbPort()
  port.plugged = [keyboardInfo, { ...scannerInfo, path: '/dev/hidraw2', usage: 1 }, scannerInfo]
  const bench = await startBench(port)
  sendRecording(port, 'pass-in-three-reports')
  sendRecording(port, 'ean13')
  await settle()
  expect(port.opened).toEqual(['/dev/hidraw3'])
  expect(bench.heard).toEqual([`hid ]Q1 ${recordedPass}`, 'hid ]E0 6901234567892'])
  expect(bench.scanner.state()).toEqual({ kind: 'connected', product: 'Imager' })
  await bench.scanner.close()
  expect([port.closedCount, bench.pendingTimers()]).toEqual([1, 0])
})

test('a scanner that is not there is searched for after 1, 2, 5, 15 and 15 seconds', async () => {
  const bench = await startBench(new UsbPort())
  for (let round = 0; round < 4; round += 1) await bench.elapse()
  expect(bench.delaysMs).toEqual([...searchDelaysMs, 15_000])
  expect([bench.states, bench.scanner.state()]).toEqual([[], { kind: 'searching' }])
  await bench.scanner.close()
  expect(bench.pendingTimers()).toBe(0)
})

test('unplugged in the middle of a pass it says nothing, and plugged in again it reads the card whole', async () => {
  const port = new UsbPort()
  port.plugged = [scannerInfo]
  const bench = await startBench(port)
  sendRecording(port, 'unplug-in-the-middle')
  port.unplug()
  await settle()
  await bench.elapse()
  port.plugged = [scannerInfo]
  await bench.elapse()
  sendRecording(port, 'pass-in-three-reports')
  await settle()
  expect(bench.heard).toEqual([`hid ]Q1 ${recordedPass}`])
  expect(bench.delaysMs).toEqual([1_000, 2_000])
  expect(bench.states.map((state) => state.kind)).toEqual(['connected', 'searching', 'connected'])
  expect(bench.scanner.counts()).toEqual({ codes: 1, malformedReports: 0, expiredPartials: 0, droppedPartials: 1 })
  await bench.scanner.close()
})

test('a machine without libusb is a state with its reason, looked at again later', async () => {
  const port = new UsbPort()
  port.loadFails = true
  const bench = await startBench(port)
  expect(bench.scanner.state()).toEqual({
    kind: 'unavailable',
    reason: 'library_not_loaded',
    detail: 'libusb-1.0.so.0: cannot open shared object file',
  })
  port.loadFails = false
  port.plugged = [scannerInfo]
  await bench.elapse()
  expect(bench.scanner.state()).toEqual({ kind: 'connected', product: 'Imager' })
  await bench.scanner.close()
})

test('a scanner without permission is a state with its reason', async () => {
  const port = new UsbPort()
  port.plugged = [scannerInfo]
  port.openFails = true
  const bench = await startBench(port)
  expect(bench.states).toEqual([{ kind: 'unavailable', reason: 'device_not_opened', detail: 'cannot open device with path /dev/hidraw3' }])
  await bench.scanner.close()
})

test('closed while it searches, it lets go of what it then finds and says nothing', async () => {
  const port = new UsbPort()
  port.plugged = [scannerInfo]
  const states: HidScannerState[] = []
  const scanner = startHidScanner({
    onText: () => undefined,
    nowMs: () => 0,
    after: () => () => undefined,
    onStateChanged: (state) => states.push(state),
    loadLibrary: async () => port.load(),
  })
  await scanner.close()
  expect([port.opened.length, port.closedCount, states]).toEqual([1, 1, []])
})
