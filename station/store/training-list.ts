// Who is on the list of a training, as far as this file knows them: who was there, who is expected, who waits.

import { isActiveStanding } from '../../domain/training/own-standing.ts'
import type { Reader } from './database.ts'
import { signupsOf } from './trainings.ts'

export interface ListedRider {
  rider: string
  state: 'expected' | 'waiting' | 'attended' | 'walk_in'
  late: boolean
  /** A place is kept for him until then: he was offered it. */
  offerEndsAtMs: number | null
}

/** Who was there, in the order of arrival; then who is expected, and who waits, as far as this machine knows them. */
export function ridersOnList(reader: Reader, training: string): ListedRider[] {
  const there = reader.all<{ rider: string; late: number; walkIn: number }>('SELECT rider, late, walk_in AS walkIn FROM attendances WHERE training = ? ORDER BY seq', training)
  const known = reader.all<{ rider: string }>('SELECT rider FROM signups WHERE training = ? UNION SELECT rider FROM signup_acts WHERE training = ? ORDER BY rider', training, training)
  const seen = new Set(there.map(({ rider }) => rider))
  const others = known.flatMap(({ rider }): (ListedRider & { number: number })[] => {
    const [signup] = seen.has(rider) ? [] : signupsOf(reader, rider, training)
    if (signup === undefined || !isActiveStanding(signup)) return []
    const state = signup.standing === 'attended' ? 'attended' : signup.standing === 'seated' ? 'expected' : 'waiting'
    return [{ rider, state, late: false, offerEndsAtMs: signup.standing === 'offered' ? signup.offerEndsAtMs : null, number: signup.number ?? 0 }]
  })
  const rank = { attended: 0, walk_in: 0, expected: 1, waiting: 2 } as const
  const rest = others.toSorted((one, other) => rank[one.state] - rank[other.state] || one.number - other.number)
  return [
    ...there.map(({ rider, late, walkIn }): ListedRider => ({ rider, state: walkIn === 1 ? 'walk_in' : 'attended', late: late === 1, offerEndsAtMs: null })),
    ...rest.map(({ number: _number, ...listed }) => listed),
  ]
}
