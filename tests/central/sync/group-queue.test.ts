// The queue before central's transactions: what waits goes together, nothing with one key twice at once, nobody pays for
// another's failure, nobody waits without bound, and nothing is lost on the way.

import { expect, test } from 'vitest'
import { createGroupQueue, type GroupQueueOptions } from '../../../central/sync/group-queue.ts'

interface Item {
  key: string
  text: string
  weight?: number
}

class Passing extends Error {}

function openQueue(change: Partial<GroupQueueOptions<Item>> = {}, tickMs = 0) {
  const groups: string[][] = []
  const ends: (() => void)[] = []
  let nowMs = 0
  const queue = createGroupQueue<Item, string>({
    groupsAtOnce: 1, itemsMax: 3, weightMax: 10, waitingMax: 4, bytesMax: 100, waitMsMax: 1_000, keyOf: ({ key }) => key, weightOf: ({ weight = 1 }) => weight,
    bytesOf: ({ weight = 1 }) => weight, isPassing: (error) => error instanceof Passing, ...change,
  })
  const ways = {
    nowMs: () => (nowMs += tickMs),
    async run(items: readonly Item[]) {
      groups.push(items.map(({ text }) => text))
      await new Promise<void>((resolve) => ends.push(resolve))
      if (items.some(({ text }) => text === 'poison')) throw new Error('poison')
      if (items.some(({ text }) => text === 'passing')) throw new Passing('later')
      return items.map(({ text }) => `took ${text}`)
    },
  }
  return {
    groups,
    take: (text: string, key = text, weight = 1) => queue.take({ text, key, weight }, ways),
    /** The group under way ends, and what follows from it happens. */
    async end() {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

test('the first goes at once, those that came meanwhile go together', async () => {
  const queue = openQueue()
  const taken = ['a', 'b', 'c', 'd'].map((text) => queue.take(text))
  expect(queue.groups).toEqual([['a']])
  await queue.end()
  await queue.end()
  expect(queue.groups).toEqual([['a'], ['b', 'c', 'd']])
  expect(await Promise.all(taken)).toEqual(['took a', 'took b', 'took c', 'took d'])
})

test('two of one key are never under way at once, and stay in their order', async () => {
  const queue = openQueue({ groupsAtOnce: 2 })
  const taken = [queue.take('a1', 'a'), queue.take('a2', 'a'), queue.take('a3', 'a'), queue.take('b1', 'b')]
  expect(queue.groups).toEqual([['a1'], ['b1']])
  for (let turn = 0; turn < 4; turn += 1) await queue.end()
  expect(queue.groups).toEqual([['a1'], ['b1'], ['a2'], ['a3']])
  expect(await Promise.all(taken)).toEqual(['took a1', 'took a2', 'took a3', 'took b1'])
})

test('a group ends where it is heavy enough, and what is heavier than a group goes alone', async () => {
  const queue = openQueue()
  const taken = [queue.take('a'), queue.take('heavy', 'h', 30), queue.take('c', 'c', 9), queue.take('d', 'd', 2)]
  for (let turn = 0; turn < 4; turn += 1) await queue.end()
  expect(queue.groups).toEqual([['a'], ['heavy'], ['c'], ['d']])
  expect(await Promise.all(taken)).toHaveLength(4)
})

test('a bad one costs nobody else: its group is tried again one by one', async () => {
  const queue = openQueue()
  const taken = Promise.allSettled([queue.take('a'), queue.take('b'), queue.take('poison'), queue.take('c')])
  for (let turn = 0; turn < 5; turn += 1) await queue.end()
  expect(queue.groups).toEqual([['a'], ['b', 'poison', 'c'], ['b'], ['poison'], ['c']])
  expect((await taken).map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual(['took a', 'took b', 'refused', 'took c'])
})

test('what passes by itself is told to all of the group, and is not tried again here', async () => {
  const queue = openQueue()
  const taken = Promise.allSettled([queue.take('a'), queue.take('passing'), queue.take('b')])
  for (let turn = 0; turn < 3; turn += 1) await queue.end()
  expect(queue.groups).toEqual([['a'], ['passing', 'b']])
  expect((await taken).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
})

test('beyond what may wait, in number or in bytes, or for too long, the answer is that there is no room; afterwards there is', async () => {
  const queue = openQueue({ waitingMax: 2, bytesMax: 10 })
  const taken = [queue.take('a'), queue.take('b'), queue.take('c', 'c', 5)]
  expect(await queue.take('d')).toBeNull()
  queue.pass(2_000)
  await queue.end()
  expect(await Promise.all(taken)).toEqual(['took a', null, null])
  const heavy = queue.take('heavy', 'h', 10)
  expect(await queue.take('e')).toBeNull()
  await queue.end()
  expect(await heavy).toBe('took heavy')
  const last = queue.take('f', 'f', 10)
  await queue.end()
  expect(await last).toBe('took f')
})

test('whoever waits just as long as one may gets an answer, though the clock goes on while it is looked at', async () => {
  const queue = openQueue({ waitMsMax: 60, waitingMax: 40 }, 1)
  const texts = Array.from({ length: 40 }, (_, index) => `item ${index}`)
  const taken = texts.map((text) => queue.take(text))
  for (let turn = 0; turn < 40; turn += 1) await queue.end()
  const answers = await Promise.race([Promise.all(taken), new Promise((resolve) => setTimeout(() => resolve('nobody answers'), 1_000))])
  expect(answers).toEqual(texts.map((text) => expect.toSatisfy((answer: unknown) => answer === null || answer === `took ${text}`)))
})
