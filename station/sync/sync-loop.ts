// When to speak to central (what is said is sync/round's). One request at a time; always one timer alive; backs off with full
// jitter when there is no answer; never stops for a clock. The counter does not wait for any of it.

import { markSynced } from '../store/sync-state.ts'
import { isRiderKnown } from '../store/rider-points.ts'
import { NoAnswer } from './no-answer.ts'
import { type HeardAlarm, openRounds, type RoundOptions } from './round.ts'

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
  /** What staff should know and no file remembers. */
  alarms(): HeardAlarm[]
  /** No round begins after it; resolves when the one under way has ended. */
  stop(): Promise<void>
}

export interface SyncLoopOptions extends RoundOptions {
  timers: SyncTimers
  pullEveryMs?: number
  /** Central says itself when there is something: then the timer only makes sure. */
  isWoken?: () => boolean
  /** How long central has owed an answer; absent: only requests that have failed tell of it. */
  silentMs?: () => number
}

const PULL_EVERY_MS = 5_000
/** Also how long a central that is gone may go unnoticed where nobody stands at the counter. */
const PULL_WHEN_WOKEN_MS = 30_000
const NUDGE_MS = 50
const BACKOFF_FIRST_MS = 1_000
const BACKOFF_LONGEST_MS = 300_000
/** One lost answer does not make the screen say "offline": two in a row do. */
const FAILURES_BEFORE_OFFLINE = 2
/** Nor does a slow answer; one that has not come for so long, or for half of it after another was lost. */
const SILENT_MS_MAX = 8_000

export function startSyncLoop(options: SyncLoopOptions): SyncLoop {
  const { counter, timers } = options
  let failures = FAILURES_BEFORE_OFFLINE
  let isOutageTold = false
  let cancelTimer: () => void = () => undefined
  let round: Promise<void> | null = null
  let again = false
  let stopped = false
  /** Monotonic: central asked for quiet until then, whoever nudges. */
  let quietUntilMs = 0
  const rounds = openRounds({ ...options, onChange: announce })

  function announce(): void {
    try {
      options.onChange()
    } catch (error) {
      options.onProblem(wordsOf(error))
    }
  }

  const soonMs = (): number => Math.max(NUDGE_MS, quietUntilMs - counter.clock.monotonicMs())

  async function runRound(isNudged: boolean): Promise<number> {
    try {
      const { again: soon } = await rounds.run(() => stopped, isNudged)
      const wasOffline = failures >= FAILURES_BEFORE_OFFLINE
      failures = 0
      isOutageTold = false
      markSynced(counter.database, counter.clock.wallMs())
      if (wasOffline) announce()
      if (soon) return NUDGE_MS
      return options.pullEveryMs ?? (options.isWoken?.() === true ? PULL_WHEN_WOKEN_MS : PULL_EVERY_MS)
    } catch (error) {
      if (!(error instanceof NoAnswer)) options.onProblem(wordsOf(error))
      else if (!isOutageTold) {
        options.onProblem(error.message)
        isOutageTold = true
      }
      failures += 1
      if (failures === FAILURES_BEFORE_OFFLINE) announce()
      if (error instanceof NoAnswer && error.retryAfterMs !== null) {
        quietUntilMs = counter.clock.monotonicMs() + error.retryAfterMs
        return error.retryAfterMs
      }
      return timers.random() * Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(failures, 16), BACKOFF_LONGEST_MS)
    }
  }

  function begin(isNudged: boolean): void {
    if (stopped) return
    if (round !== null) {
      again = true
      return
    }
    cancelTimer()
    again = false
    round = runRound(isNudged).then((delayMs) => {
      round = null
      const isNudgedNext = again
      if (!stopped) cancelTimer = timers.after(isNudgedNext ? soonMs() : delayMs, () => begin(isNudgedNext))
    })
  }

  begin(false)
  return {
    nudge() {
      if (stopped) return
      if (round !== null) {
        again = true
        return
      }
      cancelTimer()
      cancelTimer = timers.after(soonMs(), () => begin(true))
    },
    wantRider(rider) {
      if (!isRiderKnown(counter.database.read, rider)) rounds.wantRider(rider)
      this.nudge()
    },
    isWanted: (rider) => rounds.isWanted(rider),
    alarms: () => rounds.alarms(),
    isOnline: () => failures < FAILURES_BEFORE_OFFLINE && (options.silentMs?.() ?? 0) < (failures === 0 ? SILENT_MS_MAX : SILENT_MS_MAX / 2),
    async stop() {
      stopped = true
      cancelTimer()
      options.central.abandon()
      await round
    },
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
