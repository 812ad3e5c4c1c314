// Where a rider's points are, as far as he should hear of it: what is here, what is elsewhere and why he cannot spend it at
// once, what is not booked yet. Pure; it chooses the case, the catalogue has the words. A hidden balance gives no number away.

import type { Bilingual, RiderSession } from '../../contract/kiosk/kiosk-view.ts'
import type { Rider } from './flow-state.ts'

export type Points = NonNullable<RiderSession['points']>

/** A station that central heard so lately answers a recall by itself. */
export const HEARD_LATELY_MS = 10 * 60_000

/** Why some points cannot be spent here now. `points` is null where the balance is hidden. */
export type PointsAway =
  | { kind: 'asking'; points: number | null }
  /** At stations that answer: on its way. `more`: other such stations besides the one named. */
  | { kind: 'coming'; points: number | null; place: Bilingual; more: number }
  /** At stations that have not been heard for a while; `silentMs` null: not known for how long. */
  | { kind: 'silent'; points: number | null; place: Bilingual; more: number; silentMs: number | null }
  | { kind: 'cut_off'; points: number | null }
  /** At central itself: more than one top-up may bring, or central lends nothing just now. */
  | { kind: 'at_central'; points: number | null }

export interface RestOfPoints {
  here: number | null
  /** The nearest first; empty: all that is booked is here. */
  away: readonly PointsAway[]
  /** Earned, and spendable nowhere before central has recorded it; nought is null too. */
  pending: number | null
  hasPending: boolean
}

export const ALL_HERE: RestOfPoints = { here: null, away: [], pending: null, hasPending: false }

export function restOfPoints(rider: Rider, nowMs: number): RestOfPoints {
  const { points } = rider.session
  if (points === null) return ALL_HERE
  const shown = (number: number): number | null => (rider.balanceShown ? number : null)
  return {
    here: shown(points.here),
    away: pointsAway(points, nowMs).map((away) => ({ ...away, points: away.points === null ? null : shown(away.points) })),
    pending: points.pending === 0 ? null : shown(points.pending),
    hasPending: points.pending > 0,
  }
}

function pointsAway(points: Points, nowMs: number): PointsAway[] {
  const rest = points.balance - points.pending - points.here
  if (rest <= 0) return []
  const { reach, places } = points.elsewhere
  if (reach !== 'known') return [{ kind: reach, points: rest }]
  const away: PointsAway[] = []
  const coming = places.filter((place) => isLately(place.heardAtMs, nowMs)).toSorted((a, b) => b.points - a.points)
  const silent = places.filter((place) => !isLately(place.heardAtMs, nowMs)).toSorted((a, b) => b.points - a.points)
  if (coming[0] !== undefined) away.push({ kind: 'coming', points: sumOf(coming), place: coming[0].name, more: coming.length - 1 })
  if (silent[0] !== undefined) away.push({ kind: 'silent', points: sumOf(silent), place: silent[0].name, more: silent.length - 1, silentMs: silentFor(silent[0].heardAtMs, nowMs) })
  const atCentral = rest - sumOf(places)
  if (atCentral > 0) away.push({ kind: 'at_central', points: atCentral })
  return away
}

function isLately(heardAtMs: number | null, nowMs: number): boolean {
  return heardAtMs !== null && nowMs - heardAtMs <= HEARD_LATELY_MS
}

function silentFor(heardAtMs: number | null, nowMs: number): number | null {
  return heardAtMs === null ? null : Math.max(0, nowMs - heardAtMs)
}

function sumOf(places: Points['elsewhere']['places']): number {
  return places.reduce((sum, place) => sum + place.points, 0)
}

// ── what is missing for a cart ──

/** Why the points do not suffice here: `too_few`: not even all of them together would; `not_booked`: what is not booked yet would. */
export type ShortFor =
  | { kind: 'too_few'; missing: number | null; balance: number | null }
  | { kind: 'not_booked'; missing: number | null; pending: number | null }
  | { kind: 'away'; missing: number | null; here: number | null; away: PointsAway }

export function shortFor(rider: Rider, costPoints: number, nowMs: number): ShortFor | null {
  const { points } = rider.session
  if (points === null || costPoints <= points.here) return null
  const shown = (number: number): number | null => (rider.balanceShown ? number : null)
  const most = Math.max(points.balance, points.here)
  if (costPoints > most) return { kind: 'too_few', missing: shown(costPoints - most), balance: shown(points.balance) }
  const missing = shown(costPoints - points.here)
  const away = whatWouldDo(points, costPoints, nowMs)
  if (away === null) return { kind: 'not_booked', missing, pending: shown(points.pending) }
  return { kind: 'away', missing, here: shown(points.here), away: { ...away, points: away.points === null ? null : shown(away.points) } }
}

/** The nearest first, the one with which it would be enough; null: only with what is not booked yet. */
function whatWouldDo(points: Points, costPoints: number, nowMs: number): PointsAway | null {
  let sum = points.here
  for (const away of pointsAway(points, nowMs)) {
    sum += away.points ?? 0
    if (sum >= costPoints) return away
  }
  return null
}

// ── no flicker ──

/** While central is asked once more, what it said last stands: the words do not come and go with every question. */
export function keepWhereabouts(before: RiderSession, now: RiderSession): RiderSession {
  if (before.session !== now.session || before.points === null || now.points === null) return now
  if (now.points.elsewhere.reach !== 'asking' || before.points.elsewhere.reach !== 'known') return now
  return { ...now, points: { ...now.points, elsewhere: before.points.elsewhere } }
}
