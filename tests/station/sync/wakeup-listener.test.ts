// Hearing central say "pull": over a stream that is cut, silent, torn into pieces, or no stream at all.

import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { type OpenStream, startWakeupListener } from '../../../station/sync/wakeup-listener.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { STATION } from '../../support/counter.ts'

/** Timers that fire when the test says so, the earliest first. */
function handTimers() {
  const waiting = new Map<number, { atMs: number; run: () => void }>()
  let number = 0
  let nowMs = 0
  return {
    timers: {
      after: (delayMs: number, run: () => void) => {
        number += 1
        const own = number
        waiting.set(own, { atMs: nowMs + delayMs, run })
        return () => waiting.delete(own)
      },
      random: () => 0.5,
    },
    delays: () => [...waiting.values()].map(({ atMs }) => atMs - nowMs).toSorted((one, other) => one - other),
    async pass(ms: number) {
      nowMs += ms
      const due = [...waiting].filter(([, { atMs }]) => atMs <= nowMs)
      for (const [own, { run }] of due) {
        waiting.delete(own)
        run()
      }
      await settled()
    },
  }
}

/** Streams that the test feeds; each opening is one. */
function fedStreams() {
  const opened: { feed: (text: string) => void; end: () => void; headers: Readonly<Record<string, string>> }[] = []
  const openStream: OpenStream = ({ headers, signal }) => {
    const pieces: Uint8Array[] = []
    let isOver = false
    let tell: () => void = () => undefined
    signal.addEventListener('abort', () => {
      isOver = true
      tell()
    })
    opened.push({
      headers,
      feed: (text) => {
        pieces.push(Buffer.from(text))
        tell()
      },
      end: () => {
        isOver = true
        tell()
      },
    })
    return Promise.resolve(
      (async function* () {
        for (;;) {
          const piece = pieces.shift()
          if (piece !== undefined) yield piece
          else if (signal.aborted) throw new Error('given up')
          else if (isOver) return
          else await new Promise<void>((resolve) => (tell = resolve))
        }
      })(),
    )
  }
  return { opened, openStream }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

function listening(openStream: OpenStream) {
  const hand = handTimers()
  let wakeups = 0
  const listener = startWakeupListener({
    station: STATION, privateKey: generateKeyPairSync('ed25519').privateKey, ids: machineIds, openStream, timers: hand.timers,
    onWakeup: () => (wakeups += 1),
    onProblem: () => undefined,
  })
  return { hand, listener, wakeups: () => wakeups }
}

test('each piece that says "pull" is one wake-up, a beat is none, and a word torn in two is one word', async () => {
  const { opened, openStream } = fedStreams()
  const { listener, wakeups } = listening(openStream)
  await settled()
  expect(listener.isHearing()).toBe(false)
  for (const text of ['event: pull\ndata:\n\n', ':\n\n', 'event: pu', 'll\ndata:\n\n', 'event: pull\ndata:\n\nevent: pull\ndata:\n\n']) {
    opened[0]?.feed(text)
    await settled()
  }
  expect({ wakeups: wakeups(), hearing: listener.isHearing() }).toEqual({ wakeups: 3, hearing: true })
  await listener.stop()
  expect(listener.isHearing()).toBe(false)
})

test('a stream that ends is opened again, later each time it fails, and soon once one has spoken', async () => {
  const { opened, openStream } = fedStreams()
  const { hand, listener } = listening(openStream)
  const waits: number[] = []
  for (let time = 0; time < 5; time += 1) {
    await settled()
    if (time === 3) opened.at(-1)?.feed(':\n\n')
    await settled()
    opened.at(-1)?.end()
    await settled()
    waits.push(hand.delays()[0] ?? Number.NaN)
    await hand.pass(60_000)
  }
  expect(opened.length).toBe(6)
  expect(waits).toEqual([1_000, 2_000, 4_000, 1_000, 2_000])
  await listener.stop()
})

test('where no stream can be opened it is tried again with full jitter, at most a minute apart, and stopping ends it', async () => {
  let tries = 0
  const { hand, listener } = listening(() => {
    tries += 1
    return Promise.reject(new Error('no network'))
  })
  const waits: number[] = []
  for (let time = 0; time < 9; time += 1) {
    await settled()
    waits.push(hand.delays()[0] ?? Number.NaN)
    await hand.pass(60_000)
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000])
  const before = tries
  await listener.stop()
  await hand.pass(600_000)
  expect(tries).toBe(before)
})

test('a stream that has said nothing for too long is given up and opened again', async () => {
  const { opened, openStream } = fedStreams()
  const { hand, listener, wakeups } = listening(openStream)
  await settled()
  opened[0]?.feed(':\n\n')
  await settled()
  await hand.pass(69_000)
  expect({ hearing: listener.isHearing(), opened: opened.length }).toEqual({ hearing: true, opened: 1 })
  await hand.pass(2_000)
  // It is gone: a round is asked for, to see whether central is too.
  expect({ hearing: listener.isHearing(), wakeups: wakeups() }).toEqual({ hearing: false, wakeups: 1 })
  await hand.pass(2_000)
  expect(opened.length).toBe(2)
  await listener.stop()
})
