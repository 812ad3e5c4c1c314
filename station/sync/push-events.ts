// Sends what happened here to central, oldest first: one request at a time, of as many batches as central takes at once and the
// line carries in a few seconds. While central has it, what central said of the one before is noted and the next one is made ready.

import { PUSH_BATCHES_MAX } from '../../contract/sync/push-request.ts'
import { PUSH_BYTES_MAX, PUSH_EVENTS_MAX, type PushAnswer } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../acts/act.ts'
import { eventsAfter, hasUnsent } from '../store/outbox.ts'
import { sentSeq } from '../store/sync-state.ts'
import { applyPushAnswer } from './apply-answers.ts'
import type { CentralAnswer, CentralClient, PreparedBatch, PreparedPush } from './central-client.ts'
import { NoAnswer } from './no-answer.ts'

export interface Pushing {
  counter: Counter
  central: Pick<CentralClient, 'prepare' | 'pack' | 'push' | 'pushBatchesMax'>
  /** Throws NoAnswer where there is none. */
  bodyOf: <Body>(answer: CentralAnswer<Body>) => Body
  /** Central has less than it had acknowledged: only a hello tells it what it has lost. */
  onLess: () => Promise<void>
  /** Lets everything else that waits have its turn. */
  pause: () => Promise<void>
  onChange: () => void
  onProblem: (problem: string) => void
  /** Absent: as many as the contract allows. */
  batchEventsMax?: number
}

const REQUESTS_A_ROUND_MAX = 200
/** Well within what an answer may take (central-client): who was quicker than the first may try twice as much, who was slower than the second half of it. */
const QUICK_MS = 3_000
const SLOW_MS = 7_000

/** Answers how all that is unsent is sent, as far as nobody stops it. */
export function openPushing({ counter, central, bodyOf, onLess, pause, onChange, onProblem, batchEventsMax = PUSH_EVENTS_MAX }: Pushing): (isStopped: () => boolean) => Promise<void> {
  const { read } = counter.database
  const { incarnation } = counter.identity
  let isQuarantineTold = false
  /** One after a request that was not taken whole: what a bad line cuts in the middle is sent again from its beginning. Then as the line carries them. */
  let batchesAtOnce = PUSH_BATCHES_MAX

  async function prepareAfter(seq: number): Promise<PreparedPush | null> {
    const batches: PreparedBatch[] = []
    const most = Math.min(batchesAtOnce, central.pushBatchesMax())
    while (batches.length < most) {
      const events = eventsAfter(read, batches.at(-1)?.lastSeq ?? seq, { countMax: batchEventsMax, bytesMax: PUSH_BYTES_MAX })
      if (events.length === 0) break
      // A batch at a time: a whole request is longer than somebody at the screen should wait.
      if (batches.length > 0) await pause()
      batches.push(central.prepare(incarnation, events))
    }
    return batches.length === 0 ? null : central.pack(batches)
  }

  /** Whichever of the two fails, nothing follows before both have ended. */
  async function send(push: PreparedPush, taken: TakenPush | null, isStopped: () => boolean): Promise<{ said: PushAnswer; ahead: PreparedPush | null }> {
    let onSent = (): void => undefined
    const sent = new Promise<void>((resolve) => {
      onSent = resolve
    })
    const answering = central.push(push, onSent)
    const meanwhile = async (): Promise<PreparedPush | null> => {
      await Promise.race([sent, answering.catch(() => undefined)])
      if (taken !== null) noteAnswer(taken)
      await pause()
      return isStopped() ? null : prepareAfter(push.lastSeq)
    }
    const [answered, prepared] = await Promise.allSettled([answering, meanwhile()])
    if (answered.status === 'rejected') throw answered.reason
    if (prepared.status === 'rejected') throw prepared.reason
    return { said: bodyOf(answered.value), ahead: prepared.value }
  }

  async function sendCarefully(push: PreparedPush, taken: TakenPush | null, isStopped: () => boolean): ReturnType<typeof send> {
    const beganAtMs = counter.clock.monotonicMs()
    let isWhole = false
    try {
      const answer = await send(push, taken, isStopped)
      isWhole = isWholeYes(answer.said, push)
      return answer
    } finally {
      batchesAtOnce = isWhole ? batchesAfter(batchesAtOnce, counter.clock.monotonicMs() - beganAtMs) : 1
    }
  }

  function noteAnswer({ said, lastSeq }: TakenPush): boolean {
    const hasLess = applyPushAnswer(counter, said, lastSeq)
    onChange()
    return hasLess
  }

  return async (isStopped) => {
    if (!hasUnsent(read)) return
    let ahead = await prepareAfter(sentSeq(read))
    /** Central has all of it, and that is not noted yet. */
    let taken: TakenPush | null = null
    for (let request = 0; request < REQUESTS_A_ROUND_MAX && !isStopped(); request += 1) {
      if (request === 0 && ahead === null) return
      const before: number = taken?.lastSeq ?? sentSeq(read)
      // Central may have said since that it has less or more.
      const push: PreparedPush | null = ahead?.firstSeq === before + 1 ? ahead : await prepareAfter(before)
      if (push === null) return
      const { said, ahead: next } = await sendCarefully(push, taken, isStopped)
      ahead = next
      taken = isWholeYes(said, push) ? { said, lastSeq: push.lastSeq } : null
      // The next one goes first, if there is one: a kill in between repeats this one.
      if (taken !== null && ahead !== null) continue
      taken = null
      const hasLess = noteAnswer({ said, lastSeq: push.lastSeq })
      // Before anything is sent again.
      if (hasLess) await onLess()
      if (said.result === 'quarantined') {
        if (!isQuarantineTold) onProblem('central has this database in quarantine')
        isQuarantineTold = true
      } else if (!hasLess && sentSeq(read) === before) throw new NoAnswer(`central does not get past event ${before}`, null)
    }
    if (taken !== null) noteAnswer(taken)
  }
}

/** How many go in one request where the last one took so long. */
function batchesAfter(batches: number, tookMs: number): number {
  if (tookMs <= QUICK_MS) return Math.min(batches * 2, PUSH_BATCHES_MAX)
  return tookMs <= SLOW_MS ? batches : Math.max(1, Math.floor(batches / 2))
}

/** What was sent, and what central said to it. */
interface TakenPush {
  said: PushAnswer
  lastSeq: number
}

/** Nothing of it is to be sent again, and nothing else follows from it. */
function isWholeYes({ result, lastSeq }: PushAnswer, push: PreparedPush): boolean {
  return result === 'applied' && lastSeq === push.lastSeq
}
