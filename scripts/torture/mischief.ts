// Everything that goes wrong while people come and go, one thing after the other from a shuffled deck, so that each kind
// happens in every run that is long enough for one deck. Knows what it did: the checker is told which disk went back to when.

import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestPostgres } from '../../tests/support/postgres.ts'
import type { Centrals } from './centrals.ts'
import { copyDisk, hasMarker, replaceDisk, type SmallDisk } from './disks.ts'
import type { Draw } from './draw.ts'
import type { Life, Operator } from './operator.ts'
import type { RoughLine } from './rough-line.ts'
import type { StationPost } from './station-post.ts'

export const KILLS = ['station_kill', 'central_kill', 'postgres_kill'] as const
export type Kill = (typeof KILLS)[number]
export const DISK_FAULTS = ['disk_full', 'restored_database', 'restored_image', 'cloned_disk'] as const
export type DiskFault = (typeof DISK_FAULTS)[number]
export type LongFault = 'cut_off_for_a_while' | 'one_way_for_a_while' | 'rough_for_a_while' | 'all_cut_off'
type Card = Kill | DiskFault | LongFault | 'disk_copied' | 'central_backed_up' | 'written_off'

/** Acts of that post after `copiedAtMs` and before `replacedAtMs` were on a disk that is no more. */
export interface DiskReplaced {
  post: string
  station: string
  /** Of the file that was replaced. */
  incarnation: string
  kind: 'restored_database' | 'restored_image'
  copiedAtMs: number
  replacedAtMs: number
}

export interface Counter {
  post: StationPost
  line: RoughLine
}

export interface MischiefOptions {
  counters: readonly Counter[]
  centrals: Centrals
  postgres: TestPostgres
  operator: Operator
  /** The one station that has a small disk. */
  smallDisk: { disk: SmallDisk; post: StationPost }
  folder: string
  draw: Draw
  count: (fault: Card) => void
  /** Begins the life of a copied disk beside its original. */
  runClone: (original: StationPost, disk: string) => Promise<void>
  isOver: () => boolean
  onBroken: (error: unknown) => void
}

export interface Mischief {
  replaced: readonly DiskReplaced[]
  cloned: readonly { station: string; incarnation: string; atMs: number }[]
  /** Files that staff gave up while their machines were cut off and went on. */
  writtenOff: readonly (Life & { atMs: number })[]
  /** There is something that central can be restored from. */
  isBackedUp(): boolean
  /** All mischief is done and undone. */
  done: Promise<void>
}

const DECK: readonly (readonly [Card, number])[] = [
  ['station_kill', 7], ['central_kill', 4], ['postgres_kill', 1], ['cut_off_for_a_while', 3], ['one_way_for_a_while', 2], ['rough_for_a_while', 3], ['all_cut_off', 1],
  ['disk_copied', 3], ['disk_full', 1], ['restored_database', 1], ['restored_image', 1], ['cloned_disk', 1],
  ['central_backed_up', 1], ['written_off', 1],
]
const BETWEEN_MS_MAX = 1_500
const FIRST_AFTER_MS = 3_000
const CUT_MS_MAX = 6_000
const FULL_MS_MAX = 6_000
const ROUGH_SHARE = 0.12
const VERY_ROUGH_SHARE = 0.7
/** Of all stations, how many may get a disk that lies about its past: the rest must come through without a single doubt. */
const DOUBTFUL_MAX = 2
/** Somebody must stay whom nothing excuses. */
const WRITTEN_OFF_MAX = 1
const GIVEN_UP_AFTER_MS = 3_000
const FOUND_AGAIN_AFTER_MS = 1_500
/** Also in a run that is too short for a whole deck. */
const WRITTEN_OFF_WITHIN = 6

export function makeMischief(options: MischiefOptions): Mischief {
  const { counters, draw, count, isOver } = options
  const replaced: DiskReplaced[] = []
  const cloned: { station: string; incarnation: string; atMs: number }[] = []
  const writtenOff: (Life & { atMs: number })[] = []
  /** Stations whose disk went back with its marker, or runs twice: points of theirs may have been spent twice. */
  const doubtful = new Set<string>()
  const copies = new Map<string, { folder: string; atMs: number }>()
  let isBackedUp = false
  let isDiskFull = false
  const under = new Set<Promise<unknown>>()

  const during = (work: Promise<unknown>): void => {
    const kept = work.catch(options.onBroken).finally(() => under.delete(kept))
    under.add(kept)
  }
  const lasting = async (msMax: number): Promise<void> => {
    for (const endMs = Date.now() + draw.between(500, msMax); Date.now() < endMs && !isOver(); await pause(50));
  }

  async function copyOne(post: StationPost): Promise<void> {
    const folder = join(options.folder, `copy-of-${post.name}`)
    await post.whileDown(() => {
      copyDisk(post.dataFolder, folder)
      copies.set(post.name, { folder, atMs: Date.now() })
    })
    count('disk_copied')
  }

  async function putBack(post: StationPost, everything: boolean): Promise<void> {
    const copy = copies.get(post.name)
    if (copy === undefined) {
      // There is nothing old yet: it is made now and put back another time.
      await copyOne(post)
      return
    }
    await post.whileDown(() => {
      const kind = everything || !hasMarker(post.dataFolder) ? 'restored_image' : 'restored_database'
      replaceDisk(post.dataFolder, copy.folder, everything)
      replaced.push({ post: post.name, station: post.station.id, incarnation: post.incarnation(), kind, copiedAtMs: copy.atMs, replacedAtMs: Date.now() })
      if (kind === 'restored_image') doubtful.add(post.station.id)
      // What lies in the copy is older than what was replaced: a second time it would be the same disk twice.
      copies.delete(post.name)
      count(kind)
    })
  }

  /** Not the small disk, and none that was doubted or given up before. */
  function trusted(): StationPost[] {
    return counters.map(({ post }) => post).filter((post) => post !== options.smallDisk.post && !doubtful.has(post.station.id) && !writtenOff.some(({ station }) => station === post.station.id))
  }

  function pickTrusted(): StationPost | null {
    return trusted().length === 0 ? null : draw.pick(trusted())
  }

  function pickDoubtful(): StationPost | null {
    return doubtful.size >= DOUBTFUL_MAX ? null : pickTrusted()
  }

  async function withVictim(victim: StationPost | null, work: (victim: StationPost) => Promise<void>): Promise<void> {
    if (victim !== null) await work(victim)
  }

  async function play(card: Card): Promise<void> {
    const { post, line } = draw.pick(counters)
    switch (card) {
      case 'station_kill':
        if (await post.kill()) count(card)
        return
      case 'central_kill':
        if (await options.centrals.killOne()) count(card)
        return
      case 'postgres_kill':
        await options.postgres.kill()
        count(card)
        await pause(draw.below(1_000))
        await options.postgres.startAgain()
        return
      case 'central_backed_up':
        await options.postgres.halt()
        options.postgres.backUp()
        isBackedUp = true
        count(card)
        await options.postgres.startAgain()
        return
      case 'cut_off_for_a_while':
      case 'one_way_for_a_while':
        count(card)
        line.cut = card === 'one_way_for_a_while' ? 'one_way' : 'cut_off'
        during(lasting(CUT_MS_MAX).then(() => (line.cut = 'open')))
        return
      case 'all_cut_off':
        count(card)
        for (const counter of counters) counter.line.cut = 'cut_off'
        during(lasting(CUT_MS_MAX).then(() => counters.forEach((counter) => (counter.line.cut = 'open'))))
        return
      case 'rough_for_a_while':
        count(card)
        line.roughness = VERY_ROUGH_SHARE
        during(lasting(CUT_MS_MAX).then(() => (line.roughness = ROUGH_SHARE)))
        return
      case 'disk_copied':
        await copyOne(post)
        return
      case 'disk_full':
        if (isDiskFull) return
        count(card)
        isDiskFull = true
        during(fillDisk().finally(() => (isDiskFull = false)))
        return
      case 'restored_database':
        await withVictim(hasMarker(post.dataFolder) ? pickTrusted() : pickDoubtful(), (victim) => putBack(victim, false))
        return
      case 'restored_image':
        await withVictim(pickDoubtful(), (victim) => putBack(victim, true))
        return
      case 'cloned_disk':
        await withVictim(pickDoubtful(), cloneDisk)
        return
      case 'written_off':
        if (writtenOff.length < WRITTEN_OFF_MAX) await withVictim(pickTrusted(), giveUp)
    }
  }

  async function cloneDisk(victim: StationPost): Promise<void> {
    const folder = join(options.folder, `disk-of-${victim.name}-b`)
    await victim.whileDown(() => copyDisk(victim.dataFolder, folder))
    doubtful.add(victim.station.id)
    cloned.push({ station: victim.station.id, incarnation: victim.incarnation(), atMs: Date.now() })
    count('cloned_disk')
    await options.runClone(victim, folder)
  }

  /** Cut off, it goes on handing out goods; central is told that it is gone; then it is found again, and its facts come late. */
  async function giveUp(victim: StationPost): Promise<void> {
    const counter = counters.find(({ post }) => post === victim)
    const life = { station: victim.station.id, incarnation: victim.incarnation() }
    if (counter === undefined || life.incarnation === '') return
    writtenOff.push({ ...life, atMs: Date.now() })
    const cutAgain = (): void => {
      counter.line.cut = 'cut_off'
    }
    during((async () => {
      cutAgain()
      await lasting(GIVEN_UP_AFTER_MS)
      if (await options.operator.writeOff(life)) count('written_off')
      // Another's cut may have ended meanwhile and opened the line with it.
      cutAgain()
      await lasting(FOUND_AGAIN_AFTER_MS)
      counter.line.cut = 'open'
    })())
  }

  async function fillDisk(): Promise<void> {
    const { disk, post } = options.smallDisk
    disk.fill(draw.below(8), post.pid())
    await lasting(FULL_MS_MAX)
    if (draw.chance(0.5)) await post.kill()
    await lasting(FULL_MS_MAX / 2)
    disk.free(post.pid())
  }

  async function run(): Promise<void> {
    await pause(FIRST_AFTER_MS)
    for (const { line } of counters) line.roughness = ROUGH_SHARE
    for (const { post } of counters) await copyOne(post)
    await play('central_backed_up')
    for (let deck = soonWrittenOff(draw, shuffled(draw)); !isOver(); await pause(draw.below(BETWEEN_MS_MAX))) {
      if (deck.length === 0) deck = shuffled(draw)
      const card = deck.pop()
      if (card !== undefined) await play(card)
    }
    while (under.size > 0) await Promise.all(under)
  }
  return { replaced, cloned, writtenOff, isBackedUp: () => isBackedUp, done: run() }
}

/** Cards are taken from the end. */
function soonWrittenOff(draw: Draw, deck: readonly Card[]): Card[] {
  const others: Card[] = deck.filter((card) => card !== 'written_off')
  others.splice(others.length - draw.below(WRITTEN_OFF_WITHIN), 0, 'written_off')
  return others
}

function shuffled(draw: Draw): Card[] {
  const cards = DECK.flatMap(([card, times]) => Array.from({ length: times }, () => card))
  for (let index = cards.length - 1; index > 0; index -= 1) {
    const other = draw.below(index + 1)
    const [here, there] = [cards[index], cards[other]]
    if (here === undefined || there === undefined) throw new RangeError('a card beyond the deck')
    cards[index] = there
    cards[other] = here
  }
  return cards
}
