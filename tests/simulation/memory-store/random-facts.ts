// What a station of the differential test records, well or badly: facts of every kind, with names that central knows and others.

import type { EventName } from '../../../contract/sync/event-bodies.ts'
import type { WordsReference } from '../../../contract/sync/sealed-words.ts'
import type { SmallTown } from './small-town.ts'

export interface Story {
  town: SmallTown
  rider: string
  points: number
  /** Decides what else there is to choose. */
  pick: number
  /** Now and then what the screen asked for before. */
  request(): string
  grant: { id: string; rider: string; points: number } | undefined
  earningSlice: { id: string; points: number } | undefined
  redemption: { event: string; rider: string; points: number } | undefined
  /** Seals what somebody typed, well or badly, and keeps the box for later. */
  typed(): WordsReference
}

type Fact = readonly [name: EventName | 'poem.recited/1', body: Record<string, unknown>]

const itemOf = ({ town, pick }: Story): string => town.items[pick % 5] ?? 'nothing'
const wishOf = ({ town, rider, pick }: Story): string => town.id('wish', town.riders.indexOf(rider) * 2 + (pick % 2) + 2)
const wordsOf = ({ town, pick }: Story) => ({ ref: town.id('nobody', 20 + (pick % 9)), commitment: 'ab'.repeat(32) })
const staffOf = ({ town, pick }: Story): string => town.staff[pick % 3] ?? town.id('nobody', 1)

export const FACTS = {
  redeem: (story) => [
    [
      'redemption.recorded/1',
      {
        request: story.request(), rider: story.rider, points: story.points, receipt: '1-00001-0',
        lines: [{ item: itemOf(story), quantity: 1, points: story.points, lots: story.pick % 7 === 0 ? [[1, 2]] : [[1 + (story.pick % 2), 1]] }],
      },
    ],
  ],
  restock: (story) => [
    [
      'restock.recorded/1',
      {
        request: story.request(), staff: staffOf(story),
        lines: [itemOf(story), 'soap-a'].map((item, index) => ({
          item, lot: 1 + (story.pick % 2), quantity: story.points, expiryDay: story.pick % 3 === 0 ? null : 20_500 + index, donor: story.town.donors[story.pick % 3] ?? null,
        })),
      },
    ],
  ],
  check_in: ({ rider }) => [['checkin.recorded/1', { rider, card: 1, known: true }]],
  sign_in: (story) => [['staff.signed_in/1', { staff: staffOf(story) }]],
  refuse_scan: () => [['scan.refused/1', { verdict: 'expired', count: 1 }]],
  receive: ({ grant, pick, town, rider, points }) =>
    grant === undefined || pick % 9 === 0
      ? [['allowance.received/1', { grant: town.id('grant', 900 + (pick % 3)), rider, points }]]
      : [['allowance.received/1', { grant: grant.id, rider: grant.rider, points: grant.points }]],
  receive_slice: ({ earningSlice, pick, town, points }) => [
    ['earning_slice.received/1', earningSlice === undefined || pick % 9 === 0 ? { grant: town.id('grant', 910), points } : { grant: earningSlice.id, points: earningSlice.points }],
  ],
  give_back: ({ rider, points }) => [['allowance.returned/1', { rider, points, reason: 'visit_over' }]],
  earn: (story) => [
    [
      'points.earned/1',
      {
        request: story.request(), rider: story.rider, points: story.points, service: story.pick % 5 === 0 ? 'nothing' : 'help', staff: staffOf(story),
        inSlice: story.pick % 3 !== 0,
      },
    ],
  ],
  undo(story) {
    const { redemption, pick, town } = story
    if (redemption === undefined) return []
    const event = pick % 7 === 0 ? town.id('nobody', 3) : redemption.event
    const once = (): Fact => ['redemption.undone/1', { request: story.request(), redemption: event, rider: redemption.rider, points: redemption.points, staff: staffOf(story) }]
    return pick % 5 === 0 ? [once(), once()] : [once()]
  },
  register: (story) => [
    [
      'rider.registered/1',
      {
        request: story.request(), rider: story.pick % 4 === 0 ? story.rider : story.town.id('registered', story.pick % 12), consentVersion: 1, platform: 'eleme', redCross: 'none',
        volunteerTeam: story.pick % 2 === 0, words: story.typed(),
      },
    ],
  ],
  post_wish: (story) => [
    [
      'wish.posted/1',
      { request: story.request(), wish: wishOf(story), rider: story.rider, category: 'small_need', shown: 'named', reach: 'station', words: wordsOf(story) },
    ],
  ],
  edit_wish: (story) => [['wish.edited/1', { request: story.request(), wish: wishOf(story), rider: story.rider, claim: story.pick % 2, words: wordsOf(story) }]],
  withdraw_wish: (story) => [['wish.withdrawn/1', { request: story.request(), wish: wishOf(story), rider: story.rider, claim: story.pick % 2 }]],
  confirm_wish: (story) => [['wish.confirmed/1', { request: story.request(), wish: wishOf(story), rider: story.rider, claim: story.pick % 2, reached: story.pick % 3 !== 0 }]],
  fulfil_wish: (story) => [['wish.fulfilled/1', { request: story.request(), wish: wishOf(story), staff: staffOf(story), claim: story.pick % 2 }]],
  say_unknown: () => [['poem.recited/1', { a: 1 }]],
  say_unreadable: () => [['checkin.recorded/1', { rider: '字' }]],
} as const satisfies Record<string, (story: Story) => readonly Fact[]>

export type FactAct = keyof typeof FACTS
