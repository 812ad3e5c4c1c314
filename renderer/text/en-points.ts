// English words for where a rider's points are and why some of them cannot be spent here now. Every number may be hidden.

import type { PointsWords } from './catalogue-sync.ts'

const some = (points: number | null): string => (points === null ? 'some' : `${points}`)
/** Where it begins a line. */
const someFirst = (points: number | null): string => (points === null ? 'Some' : `${points}`)
const places = (place: string, more: number): string => (more === 0 ? place : `${place} and ${more} more`)
const what = (missing: number | null): string => (missing === null ? 'Not enough points here' : `${missing} more points needed here`)

export const enPoints: PointsWords = {
  here: (here) => (here === null ? 'Some of them are not here now' : `${here} can be used here now`),
  away: {
    asking: () => 'Asking where the rest is',
    coming: ({ points, more }, place) => `${someFirst(points)} more at ${places(place, more)}, on their way`,
    silent: ({ points, more }, place) => `${someFirst(points)} more at ${places(place, more)}, once it is online`,
    cut_off: ({ points }) => `Offline: ${points === null ? 'the rest' : `the other ${points}`} once the network is back`,
    at_central: ({ points }) => `${points === null ? 'The rest is' : `The other ${points} are`} at central, scan again later`,
  },
  heard: (ago) => (ago === null ? 'Not heard from it yet' : `It was last online ${ago}`),
  brief: {
    asking: () => null,
    coming: ({ points }) => `${some(points)} more on their way`,
    silent: ({ points }) => `${some(points)} more elsewhere`,
    cut_off: ({ points }) => `${some(points)} more once online`,
    at_central: ({ points }) => `${some(points)} more at central`,
  },
  hereBrief: (here) => (here === null ? 'Points hidden' : `${here} to use here`),
  pending: (pending, online) => `${pending === null ? 'Some' : pending} not booked yet, ${online ? 'usable in a moment' : 'usable once online'}`,
  pendingBrief: (pending) => (pending === null ? 'Some not booked yet' : `${pending} not booked yet`),
  leftHere: (points) => `${points} left here after`,
  short: {
    tooFew: ({ missing, balance }) => ({
      what: missing === null ? 'Not enough points' : `${missing} more points needed`,
      why: balance === null ? 'All your points together do not suffice.' : `You have ${balance} in all.`,
      next: 'Take some out, or come back later.',
    }),
    notBooked: ({ missing, pending }) => ({
      what: what(missing),
      why: pending === null ? 'Some just earned are not booked yet.' : `${pending} just earned are not booked yet.`,
      next: 'Take some out; use them once booked.',
    }),
    away: {
      asking: (_, __, missing) => ({ what: what(missing), why: 'The rest is being fetched from central.', next: 'Try again in seconds, or take some out.' }),
      coming: (away, place, missing) => ({ what: what(missing), why: `${someFirst(away.points)} at ${places(place, away.more)}, on their way.`, next: 'Wait a moment, or take some out.' }),
      silent: (away, place, missing) => ({ what: what(missing), why: `${someFirst(away.points)} at ${places(place, away.more)}, now offline.`, next: 'Take some out, or wait for that station.' }),
      cut_off: (away, _, missing) => ({ what: what(missing), why: `Offline, so ${away.points === null ? 'the rest' : `the other ${away.points}`} cannot come.`, next: 'Take some out, or come back once online.' }),
      at_central: (away, _, missing) => ({ what: what(missing), why: `${someFirst(away.points)} are at central, not fetched this time.`, next: 'Take some out; scan again for more.' }),
    },
  },
  shortLine: {
    asking: () => 'Enough points; the rest is coming, try in seconds.',
    coming: ({ points }, place) => `Enough; ${some(points)} at ${place}, coming`,
    silent: ({ points }, place) => `Enough; ${some(points)} at ${place}, offline`,
    cut_off: () => 'Enough points, but offline now.',
    at_central: () => 'Enough points, but some are still at central.',
  },
  notBookedLine: 'Enough points, but some are not booked yet.',
}
