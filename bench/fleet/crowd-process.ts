// The process in which the stations of a fleet are: does what it is told, answers what it saw. Batches are made before they are
// timed, so that this process takes little from the machine while central is measured.

import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { BareStation, type Batch } from './bare-station.ts'
import type { CrowdOrder, CrowdWord, PushFigures } from './crowd.ts'

const JOINING_AT_ONCE = 32
const BUSY_PAUSE_MS = 1_000

interface Member {
  station: BareStation
  isPulling: boolean
  isWoken: boolean
  pulls: number
  seen: Set<string>
}

let privateKeys: KeyObject[] = []
let members: Member[] = []
let pullsWhenWoken = true
let watched: { text: string; waiting: Set<Member> } | null = null

function say(word: CrowdWord): void {
  process.send?.(word)
}

function makeKeys(count: number): void {
  const pairs = Array.from({ length: count }, () => generateKeyPairSync('ed25519'))
  privateKeys = pairs.map(({ privateKey }) => privateKey)
  say({ word: 'keys', keys: pairs.map(({ publicKey }) => publicKey.export({ format: 'jwk' }).x ?? '') })
}

async function pull(member: Member): Promise<void> {
  if (member.isPulling) {
    member.isWoken = true
    return
  }
  member.isPulling = true
  try {
    do {
      member.isWoken = false
      member.pulls += 1
      for (const change of await member.station.pull()) {
        if (change.kind === 'item' && change.row !== null) member.seen.add(`${change.key} ${change.row.tint}`)
      }
      if (watched !== null && member.seen.has(watched.text) && watched.waiting.delete(member) && watched.waiting.size === 0) {
        watched = null
        say({ word: 'all_pulled', atMs: Date.now() })
      }
    } while (member.isWoken)
  } finally {
    member.isPulling = false
  }
}

async function join(order: Extract<CrowdOrder, { order: 'join' }>): Promise<void> {
  members = order.members.map(({ station, riders, item }, index) => {
    const privateKey = privateKeys[index]
    if (privateKey === undefined) throw new Error('every station has a key')
    return { station: new BareStation({ url: order.url, station, privateKey, riders, item }), isPulling: false, isWoken: false, pulls: 0, seen: new Set() }
  })
  await some(members, JOINING_AT_ONCE, async (member) => {
    await member.station.hello()
    await member.station.openStream(() => {
      if (pullsWhenWoken) pull(member).catch(fail)
    })
    await member.station.borrow()
  })
  await some(members, JOINING_AT_ONCE, pull)
  say({ word: 'joined', listening: members.filter(({ station }) => station.isListening).length })
}

async function push({ shape, ms, batchesEach, pullsWhenWoken: pulls }: Extract<CrowdOrder, { order: 'push' }>): Promise<void> {
  pullsWhenWoken = pulls
  const ready = members.map(({ station }) => Array.from({ length: batchesEach }, () => station.makeBatch(shape)))
  say({ word: 'ready_to_push' })
  const tookMs: number[] = []
  const figures: PushFigures = {
    facts: 0, factsInTime: 0, seconds: 0, notRecorded: 0, busy: 0, failures: [], cut: 0, answerMs: { p50: 0, p99: 0 }, pulls: 0, stationsListening: 0,
  }
  const pullsBefore = members.reduce((sum, member) => sum + member.pulls, 0)
  const beganAtMs = performance.now()
  const isOver = (): boolean => performance.now() - beganAtMs >= ms
  const send = async (station: BareStation, batch: Batch): Promise<void> => {
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const askedAtMs = performance.now()
      const notRecorded = await station.push(batch).catch((error: unknown) => {
        if (!isCut(error)) throw error
        figures.cut += 1
        figures.busy -= 1
        return null
      })
      if (notRecorded !== null) {
        tookMs.push(performance.now() - askedAtMs)
        figures.facts += batch.facts
        if (!isOver()) figures.factsInTime += batch.facts
        figures.notRecorded += notRecorded
        return
      }
      figures.busy += 1
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS * (0.5 + Math.random())))
    }
    throw new Error('central stays busy')
  }
  await Promise.all(
    members.map(async ({ station }, index) => {
      try {
        // What was made is sent to its end only within the time; each station waits for its answer before the next.
        for (const batch of ready[index] ?? []) {
          if (isOver()) return
          await send(station, batch)
        }
        while (!isOver()) await send(station, station.makeBatch(shape))
      } catch (error) {
        figures.failures.push(String(error))
      }
    }),
  )
  for (const { station } of members) station.dropUnsent()
  tookMs.sort((left, right) => left - right)
  const at = (share: number): number => Math.round(tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? 0)
  figures.seconds = ms / 1000
  figures.answerMs = { p50: at(0.5), p99: at(0.99) }
  figures.pulls = members.reduce((sum, member) => sum + member.pulls, 0) - pullsBefore
  figures.stationsListening = members.filter(({ station }) => station.isListening).length
  pullsWhenWoken = true
  say({ word: 'pushed', figures })
}

/** Every request may be repeated. */
function isCut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** All of them, so many at a time. */
async function some<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of rest) await work(item)
    }),
  )
}

function fail(error: unknown): void {
  say({ word: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

process.on('message', (order: CrowdOrder) => {
  switch (order.order) {
    case 'make_keys':
      return makeKeys(order.stations)
    case 'join':
      return void join(order).catch(fail)
    case 'watch':
      watched = { text: `${order.itemKey} ${order.tint}`, waiting: new Set(members) }
      return say({ word: 'watching' })
    case 'push':
      return void push(order).catch(fail)
    case 'end':
      for (const { station } of members) station.close()
      process.disconnect()
  }
})
process.on('disconnect', () => process.exit(0))
