// What a rider is told of where his points are, as lines: on the greeting, over the shelf, beside the cart, among his points,
// and when they do not suffice. All here: nothing. While central is being asked: nothing for a moment, so that nothing flickers.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { Catalogue, Said } from '../text/catalogue.ts'
import { sayAway } from '../text/say-away.ts'
import { QUIET_ASKING_MS } from './flow-limits.ts'
import type { FlowState, Rider } from './flow-state.ts'
import { isStopped } from './goods.ts'
import { type PointsAway, type RestOfPoints, restOfPoints, shortFor } from './rest-of-points.ts'
import { cartSummary } from './selectors.ts'

const PLACES_TOLD_MAX = 2

export function restShown(state: FlowState, rider: Rider): RestOfPoints {
  const rest = restOfPoints(rider, state.wallMs)
  const shownMs = state.clock.atMs + state.wallMs - state.clock.wallMs - state.screenSinceMs
  return shownMs < QUIET_ASKING_MS ? { ...rest, away: rest.away.filter((away) => away.kind !== 'asking') } : rest
}

/** Why no goods are given out here now, and what to do; null: they are. */
export function stoppedSaid({ view }: FlowState, text: Catalogue): Said | null {
  return view === null || view.trouble === null || !isStopped(view) ? null : text.outOfOrder.trouble[view.trouble.code]
}

/** How much can be used here, then where the rest is and since when that place is silent, then what is not booked yet. */
export function pointsLines(state: FlowState, rider: Rider, text: Catalogue): readonly string[] {
  const stopped = stoppedSaid(state, text)
  if (stopped !== null) return [stopped.what, stopped.next]
  const rest = restShown(state, rider)
  const away = rest.away.slice(0, PLACES_TOLD_MAX)
  if (state.layout.compact || (state.layout.orientation === 'landscape' && away.length + (rest.hasPending ? 1 : 0) > 1)) return briefLines(rest, text, text.points.here(rest.here))
  const lines = away.length === 0 ? [] : [text.points.here(rest.here), ...away.flatMap((one) => awayLines(one, text))]
  return [...lines, ...(rest.hasPending ? [text.points.pending(rest.pending, state.view?.link.state === 'online')] : [])]
}

/** The same in one line; null: there is nothing to tell. */
export function briefPointsLine(state: FlowState, rider: Rider, text: Catalogue): string | null {
  const stopped = stoppedSaid(state, text)
  if (stopped !== null) return stopped.what
  const rest = restShown(state, rider)
  const brief = briefAway(rest, text)
  const pending = rest.hasPending ? [text.points.pendingBrief(rest.pending)] : []
  const parts = brief === null ? pending : [text.points.hereBrief(rest.here), brief]
  return parts.length === 0 ? null : parts.join(' · ')
}

/** What can be used now, and in few words that there is more; null: the machine does not know the rider's points. */
export function spendableLine(state: FlowState, rider: Rider, text: Catalogue): string | null {
  const { points } = rider.session
  if (points === null) return null
  return briefPointsLine(state, rider, text) ?? (rider.balanceShown ? text.shelf.spendable(points.here) : text.shelf.spendableHidden)
}

/** What is left after the cart: of everything, or, where part is elsewhere, of what is here. */
export function leftAfterLine(state: FlowState, rider: Rider, text: Catalogue, whole: (points: number) => string): string | null {
  const { points: cost, leftAfter } = cartSummary(state, rider)
  if (leftAfter === null || rider.session.points === null) return null
  const { here } = rider.session.points
  return restOfPoints(rider, state.wallMs).away.length === 0 ? whole(leftAfter) : text.points.leftHere(Math.max(0, here - cost))
}

export function pointsShortSaid(state: FlowState, rider: Rider, refusal: Extract<Refusal, { code: 'points_short' }>, text: Catalogue): Said {
  const short = shortFor(rider, refusal.points, state.wallMs)
  if (short === null) return text.refused.words.points_short(refusal, '')
  if (short.kind === 'too_few') return text.points.short.tooFew(short)
  if (short.kind === 'not_booked') return text.points.short.notBooked(short)
  return sayAway(text.points.short.away, short.away, text.of, short.missing)
}

function awayLines(away: PointsAway, text: Catalogue): readonly string[] {
  const said = sayAway(text.points.away, away, text.of)
  return away.kind === 'silent' ? [said, text.points.heard(away.silentMs === null ? null : text.ago(away.silentMs))] : [said]
}

function briefLines(rest: RestOfPoints, text: Catalogue, here: string): readonly string[] {
  const brief = rest.away.slice(0, PLACES_TOLD_MAX).flatMap((away) => sayAway(text.points.brief, away, text.of) ?? [])
  return [...(brief.length === 0 ? [] : [here, ...brief]), ...(rest.hasPending ? [text.points.pendingBrief(rest.pending)] : [])]
}

function briefAway(rest: RestOfPoints, text: Catalogue): string | null {
  const [first] = rest.away
  return first === undefined ? null : sayAway(text.points.brief, first, text.of)
}
