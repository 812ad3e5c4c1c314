// Whether a station's file may spend, judged from how far it has got itself, how far central has got with it, and what
// central thinks of it (docs/decisions/0005). A fence is kept until there is a reason to lift it: quarantine never is, a file
// that is behind must first reach the place where it is known to have been.

export type Fence = 'quarantined' | 'behind' | 'waiting' | 'banned'

export interface FenceQuestion {
  /** The fence so far. */
  fence: Fence | null
  ownLastSeq: number
  /** Where this file is known to have been; null: nothing is known beyond what it holds. */
  mustReachSeq: number | null
  central: {
    state: 'active' | 'superseded' | 'waiting' | 'quarantined' | 'banned'
    lastSeq: number
    /** Its hash of its last event is the one here; null: not compared, or not here to compare. */
    hashAgrees: boolean | null
  }
}

export interface FenceAnswer {
  fence: Fence | null
  mustReachSeq: number | null
}

export function judgeFence({ fence, ownLastSeq, mustReachSeq, central }: FenceQuestion): FenceAnswer {
  const furthest = Math.max(mustReachSeq ?? 0, central.lastSeq)
  const mustReach = furthest > ownLastSeq ? furthest : null
  return { fence: fenceOf(), mustReachSeq: mustReach }

  function fenceOf(): Fence | null {
    if (central.state === 'banned') return 'banned'
    if (fence === 'quarantined' || central.state === 'quarantined' || central.hashAgrees === false) return 'quarantined'
    if (mustReach !== null) return 'behind'
    return central.state === 'waiting' ? 'waiting' : null
  }
}
