// A central that hangs: requests run to their limits, and the screen says long before that nobody answers.

import { expect, test } from 'vitest'
import { PULL_PATH } from '../../../contract/sync/sync-protocol.ts'
import { SNAPSHOT_PART_PATH } from '../../../contract/sync/snapshot.ts'
import type { Exchange, ExchangeAnswer } from '../../../station/sync/http-exchange.ts'
import { watchSilence } from '../../../station/sync/silence.ts'
import { openTalking, standIn } from './talking-station.ts'

const ask = (path: string): Parameters<Exchange>[0] => ({ path, body: Buffer.from('{}'), headers: {}, withinMs: 15_000, signal: new AbortController().signal })

test('the silence is that of the request that waits longest; a large part owes nothing, and what ends, however it ends, is over', async () => {
  let nowMs = 0
  const open: { answer: (answer: ExchangeAnswer) => void; fail: (error: Error) => void }[] = []
  const { exchange, silentMs } = watchSilence(() => new Promise((answer, fail) => open.push({ answer, fail })), () => nowMs)
  const first = exchange(ask(PULL_PATH))
  nowMs = 2_000
  const second = exchange(ask('/v1/push'))
  const part = exchange(ask(SNAPSHOT_PART_PATH))
  nowMs = 5_000
  const said = [silentMs()]
  open[0]?.answer({ status: 200, headers: {}, body: Buffer.alloc(0) })
  await first
  said.push(silentMs())
  open[1]?.fail(new Error('cut off'))
  await expect(second).rejects.toThrow('cut off')
  said.push(silentMs())
  open[2]?.answer({ status: 200, headers: {}, body: Buffer.alloc(0) })
  await part
  expect(said).toEqual([5_000, 3_000, 0])
})

test('the screen says offline after eight seconds without an answer, after four where one was lost before, and online with the next answer', async () => {
  let silentMs = 0
  const central = standIn()
  const station = await openTalking(central, undefined, { silentMs: () => silentMs })
  const online: boolean[] = []
  const after = (ms: number): void => {
    silentMs = ms
    online.push(station.sync.isOnline())
  }
  for (const ms of [7_999, 8_000, 0]) after(ms)
  central.cutOff = true
  await station.timers.round()
  for (const ms of [0, 3_999, 4_000]) after(ms)
  central.cutOff = false
  await station.timers.round()
  for (const ms of [0, 4_000]) after(ms)
  expect(online).toEqual([true, false, true, true, true, false, true, true])
})
