// When to speak to central, and in what order: send what happened, ask for what the person at the counter needs, fetch what
// changed. One request at a time; always one timer alive; backs off with full jitter when there is no answer; never stops
// for a clock. The counter does not wait for any of it.

import type { Counter } from '../acts/act.ts'
import { PUSH_BYTES_MAX, PUSH_EVENTS_MAX } from '../../contract/sync/sync-protocol.ts'
import { eventsAfter } from '../store/outbox.ts'
import { riderRow } from '../store/rider-points.ts'
import { closeRequest, markSent, openRequests } from './allowance-requests.ts'
import { acknowledgedSeq, applyChanges, applyPullAnswer, applyPushAnswer, currentCursor, markSynced } from './apply-answers.ts'
import type { CentralAnswer, CentralClient } from './central-client.ts'

export interface SyncTimers {
  /** Runs once after so many milliseconds; returns how to cancel. */
  after(delayMs: number, run: () => void): () => void
  /** In [0, 1). */
  random(): number
}

export interface SyncLoop {
  /** Something happened here, or somebody waits: go soon. */
  nudge(): void
  /** A rider this station has no row for. */
  wantRider(rider: string): void
  /** That rider is being asked for. */
  isWanted(rider: string): boolean
  isOnline(): boolean
  /** No round begins after it; resolves when the one under way has ended. */
  stop(): Promise<void>
}

export interface SyncLoopOptions {
  counter: Counter
  central: CentralClient
  timers: SyncTimers
  onChange: () => void
  onProblem: (problem: string) => void
  pullEveryMs?: number
}

const PULL_EVERY_MS = 5_000
const NUDGE_MS = 50
const BACKOFF_FIRST_MS = 1_000
const BACKOFF_LONGEST_MS = 300_000
/** One lost answer does not make the screen say "offline": two in a row do. */
const FAILURES_BEFORE_OFFLINE = 2
const ROUND_PAGES_MAX = 200
const WANTED_RIDERS_MAX = 32

export function startSyncLoop(options: SyncLoopOptions): SyncLoop {
  const { counter, central, timers } = options
  const { database, identity } = counter
  const wantedRiders = new Set<string>()
  let failures = FAILURES_BEFORE_OFFLINE
  let cancelTimer: () => void = () => undefined
  let round: Promise<void> | null = null
  let again = false
  let stopped = false
  /** Monotonic: central asked for quiet until then, whoever nudges. */
  let quietUntilMs = 0
  /** In quarantine central keeps what comes and its `lastSeq` stays: how far it has been told all the same. */
  let sentRawSeq = 0
  /** One person whom central can not answer for must not keep the facts of all others waiting. */
  let peopleLast = false

  function announce(): void {
    try {
      options.onChange()
    } catch (error) {
      options.onProblem(wordsOf(error))
    }
  }

  async function pushAll(): Promise<void> {
    for (let page = 0; page < ROUND_PAGES_MAX && !stopped; page += 1) {
      const before = Math.max(acknowledgedSeq(database.read), sentRawSeq)
      const events = eventsAfter(database.read, before, { countMax: PUSH_EVENTS_MAX, bytesMax: PUSH_BYTES_MAX })
      if (events.length === 0) return
      const answer = bodyOf(await central.push(identity.incarnation, events))
      applyPushAnswer(counter, answer)
      announce()
      if (answer.result === 'quarantined') {
        if (sentRawSeq === 0) options.onProblem('central has this database in quarantine')
        sentRawSeq = events.at(-1)?.seq ?? 0
        continue
      }
      sentRawSeq = 0
      if (answer.lastSeq === before) throw new NoAnswer(`central does not get past event ${before}`, null)
    }
  }

  async function askForPeople(): Promise<void> {
    for (const rider of wantedRiders) {
      const answer = await central.askRider({ rider, incarnation: identity.incarnation })
      if (!isRefusedForGood(answer)) applyChanges(counter, bodyOf(answer).changes)
      wantedRiders.delete(rider)
      announce()
    }
    for (const request of openRequests(database.read, WANTED_RIDERS_MAX)) {
      markSent(counter, request)
      const answer = await central.askAllowance({ requestId: request.id, rider: request.rider, incarnation: identity.incarnation })
      closeRequest(counter, request, isRefusedForGood(answer) ? null : bodyOf(answer).grant)
      announce()
    }
  }

  async function pullAll(): Promise<void> {
    for (let page = 0; page < ROUND_PAGES_MAX && !stopped; page += 1) {
      const answer = bodyOf(await central.pull({ cursor: currentCursor(database.read), incarnation: identity.incarnation }))
      applyPullAnswer(counter, answer)
      if (answer.result === 'page' && answer.changes.length > 0) announce()
      if (answer.result === 'page' && !answer.more) return
    }
  }

  async function askPeople(): Promise<void> {
    peopleLast = true
    await askForPeople()
    peopleLast = false
  }

  const soonMs = (): number => Math.max(NUDGE_MS, quietUntilMs - counter.clock.monotonicMs())

  async function runRound(): Promise<number> {
    try {
      const peopleNow = !peopleLast
      if (peopleNow) await askPeople()
      await pushAll()
      await pullAll()
      if (!peopleNow) await askPeople()
      // A grant that came by the pull is a fact to be sent.
      await pushAll()
      const wasOffline = failures >= FAILURES_BEFORE_OFFLINE
      failures = 0
      markSynced(counter)
      if (wasOffline) announce()
      return options.pullEveryMs ?? PULL_EVERY_MS
    } catch (error) {
      if (!(error instanceof NoAnswer)) options.onProblem(wordsOf(error))
      else if (failures === 0) options.onProblem(error.message)
      failures += 1
      if (failures === FAILURES_BEFORE_OFFLINE) announce()
      if (error instanceof NoAnswer && error.retryAfterMs !== null) {
        quietUntilMs = counter.clock.monotonicMs() + error.retryAfterMs
        return error.retryAfterMs
      }
      return timers.random() * Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(failures, 16), BACKOFF_LONGEST_MS)
    }
  }

  function begin(): void {
    if (stopped) return
    if (round !== null) {
      again = true
      return
    }
    cancelTimer()
    again = false
    round = runRound().then((delayMs) => {
      round = null
      if (!stopped) cancelTimer = timers.after(again ? soonMs() : delayMs, begin)
    })
  }

  begin()
  return {
    nudge() {
      if (stopped) return
      if (round !== null) {
        again = true
        return
      }
      cancelTimer()
      cancelTimer = timers.after(soonMs(), begin)
    },
    wantRider(rider) {
      if (wantedRiders.size < WANTED_RIDERS_MAX && riderRow(database.read, rider) === null) wantedRiders.add(rider)
      this.nudge()
    },
    isWanted: (rider) => wantedRiders.has(rider),
    isOnline: () => failures < FAILURES_BEFORE_OFFLINE,
    async stop() {
      stopped = true
      cancelTimer()
      central.abandon()
      await round
    },
  }
}

/** Ends a round: central gave nothing to go on with. */
class NoAnswer extends Error {
  readonly retryAfterMs: number | null
  constructor(reason: string, retryAfterMs: number | null) {
    super(reason)
    this.retryAfterMs = retryAfterMs
  }
}

/** Asked again it would be refused again: this person is none for central, or the request can not be granted. */
function isRefusedForGood(answer: CentralAnswer<unknown>): boolean {
  return answer.kind === 'refused' && (answer.error === 'rider_unknown' || answer.error === 'bad_request')
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function bodyOf<Body>(answer: CentralAnswer<Body>): Body {
  switch (answer.kind) {
    case 'answered':
      return answer.body
    case 'refused':
      throw new NoAnswer(`central refuses: ${answer.error}`, answer.retryAfterMs)
    case 'unreachable':
      throw new NoAnswer(answer.reason, null)
  }
}
