// Whether a rider may sign up at this station, and how: on a place of the block that the station holds, or by a request that
// central decides. The same online and cut off.

export interface SignupQuestion {
  nowMs: number
  riderKnown: boolean
  /** A file that is fenced may record a wish, not give a place away. */
  maySeat: boolean
  /** He is on the list of this training already. */
  isSignedUp: boolean
  /** How many trainings to come he is signed up for. */
  signups: number
  despiteClash: boolean
  training: {
    isCancelled: boolean
    startsAtMs: number
    endsAtMs: number
    closesAtMs: number
    blocksBackAtMs: number
    /** For some people only: who they are is known at central. */
    isForSome: boolean
  } | null
  /** Places of this station's block that nobody has, the next one first. */
  freeSeats: readonly number[]
  /** His other sign-ups to come. */
  others: readonly { training: string; startsAtMs: number; endsAtMs: number }[]
}

/** Of one rider, to come. */
export const SIGNUPS_MAX = 10

export type SignupDecision =
  | { decision: 'seat'; seat: number }
  | { decision: 'request' }
  | { decision: 'refuse'; refusal: SignupDecisionRefusal }

export type SignupDecisionRefusal =
  | { code: 'rider_unknown' | 'training_unknown' | 'training_cancelled' | 'training_over' | 'already_signed_up' }
  | { code: 'signups_full'; signupsMax: number }
  | { code: 'clash'; training: string }

export function decideSignup(question: SignupQuestion): SignupDecision {
  const { training, nowMs } = question
  if (!question.riderKnown) return refuse({ code: 'rider_unknown' })
  if (training === null) return refuse({ code: 'training_unknown' })
  if (training.isCancelled) return refuse({ code: 'training_cancelled' })
  if (nowMs >= training.closesAtMs) return refuse({ code: 'training_over' })
  if (question.isSignedUp) return refuse({ code: 'already_signed_up' })
  if (question.signups >= SIGNUPS_MAX) return refuse({ code: 'signups_full', signupsMax: SIGNUPS_MAX })
  const clash = question.others.find((other) => overlaps(other, training))
  if (clash !== undefined && !question.despiteClash) return refuse({ code: 'clash', training: clash.training })
  const [seat] = question.freeSeats
  const maySeat = question.maySeat && !training.isForSome && nowMs < training.blocksBackAtMs
  return maySeat && seat !== undefined ? { decision: 'seat', seat } : { decision: 'request' }
}

/** One that begins when the other ends is no clash. */
export function overlaps(one: { startsAtMs: number; endsAtMs: number }, other: { startsAtMs: number; endsAtMs: number }): boolean {
  return one.startsAtMs < other.endsAtMs && other.startsAtMs < one.endsAtMs
}

function refuse(refusal: SignupDecisionRefusal): SignupDecision {
  return { decision: 'refuse', refusal }
}

export const RIDER_GROUPS = ['volunteer_team', 'red_cross'] as const
export type RiderGroup = (typeof RIDER_GROUPS)[number]

/** Each narrows it; empty: no bound. */
export interface Audience {
  platforms: readonly string[]
  /** At home there. */
  stations: readonly string[]
  /** In one of them. */
  groups: readonly RiderGroup[]
}

export const EVERYBODY: Audience = { platforms: [], stations: [], groups: [] }

export function isForSome({ platforms, stations, groups }: Audience): boolean {
  return platforms.length > 0 || stations.length > 0 || groups.length > 0
}

export function isInvited({ platforms, stations, groups }: Audience, rider: { platform: string; homeStation: string; groups: readonly RiderGroup[] }): boolean {
  return (
    (platforms.length === 0 || platforms.includes(rider.platform)) && (stations.length === 0 || stations.includes(rider.homeStation)) &&
    (groups.length === 0 || groups.some((group) => rider.groups.includes(group)))
  )
}
