import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FRAME_BYTES_MAX } from '../../contract/kiosk/kiosk-frames.ts'
import type { ToStation } from '../../contract/kiosk/station-process.ts'
import { createScreenRelay, type ScreenPort, type ScreenRelay, WAITING_FRAMES_MAX } from '../../main/screen-relay.ts'

type Page = { send(message: unknown): void; seen: unknown[]; leave(): void }

function open(): { relay: ScreenRelay; told: ToStation[]; page: () => Page } {
  const told: ToStation[] = []
  const relay = createScreenRelay((message) => told.push(message), () => undefined)
  return {
    relay,
    told,
    page() {
      const { port1, port2 } = new MessageChannel()
      const seen: unknown[] = []
      port1.on('message', (message: unknown) => seen.push(message))
      relay.openScreen(asScreenPort(port2))
      return { send: (message) => port1.postMessage(message), seen, leave: () => port1.close() }
    },
  }
}

function asScreenPort(port: MessagePort): ScreenPort {
  return {
    post: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.on('message', onMessage)
      port.on('close', onClose)
    },
    close: () => port.close(),
  }
}

/** Ports of one thread deliver within a few turns of the event loop. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn()
}

test('what a page sends before the station runs waits for it, behind the screen’s own opening', async () => {
  const { relay, told, page } = open()
  const first = page()
  first.send('hello')
  await settle()
  expect([told, first.seen]).toEqual([[], [false]])
  relay.stationRuns()
  first.send('next')
  await settle()
  expect(told).toEqual([
    { type: 'screen_opened', screen: 1 },
    { type: 'frame', screen: 1, text: 'hello' },
    { type: 'frame', screen: 1, text: 'next' },
  ])
  expect(first.seen).toEqual([false, true])
})

test('what waits for the first start is bounded', async () => {
  const { relay, told, page } = open()
  const first = page()
  for (let count = 0; count < WAITING_FRAMES_MAX + 10; count += 1) first.send(`frame ${count}`)
  await settle()
  relay.stationRuns()
  expect([told.length, relay.framesDropped()]).toEqual([1 + WAITING_FRAMES_MAX, 10])
})

test('a page learns that the station died and that it is back; what it sent meanwhile never acts later', async () => {
  const { relay, told, page } = open()
  const first = page()
  relay.stationRuns()
  relay.stationGone()
  first.send('a scan into a dead machine')
  await settle()
  relay.stationRuns()
  await settle()
  expect(first.seen).toEqual([false, true, false, true])
  expect(told).toEqual([{ type: 'screen_opened', screen: 1 }, { type: 'screen_opened', screen: 1 }])
  expect(relay.framesDropped()).toBe(1)
})

test('a new page is a new screen: the one before it is closed and hears no more', async () => {
  const { relay, told, page } = open()
  relay.stationRuns()
  const first = page()
  const second = page()
  first.send('late')
  relay.stationSaid(1, 'for the first')
  relay.stationSaid(2, 'for the second')
  await settle()
  expect(told).toEqual([{ type: 'screen_opened', screen: 1 }, { type: 'screen_closed', screen: 1 }, { type: 'screen_opened', screen: 2 }])
  expect([first.seen, second.seen]).toEqual([[true], [true, 'for the second']])
})

test('a page that is gone is told to the station once', async () => {
  const { relay, told, page } = open()
  relay.stationRuns()
  page().leave()
  await settle()
  relay.closeScreen()
  expect(told).toEqual([{ type: 'screen_opened', screen: 1 }, { type: 'screen_closed', screen: 1 }])
})

test('what is no text or larger than a frame does not reach the station', async () => {
  const { relay, told, page } = open()
  relay.stationRuns()
  const first = page()
  const fits = 'a'.repeat(FRAME_BYTES_MAX)
  for (const message of [{ type: 'stop' }, 7, null, `${fits}a`, '博'.repeat(FRAME_BYTES_MAX / 2), fits]) first.send(message)
  await settle()
  expect(told).toEqual([{ type: 'screen_opened', screen: 1 }, { type: 'frame', screen: 1, text: fits }])
  expect(relay.framesDropped()).toBe(5)
})
