// The way between one station and central: slow, lossy, cut in one direction or both, and at times it delivers a request a
// second time, minutes or days later. What central has committed stays committed, whether or not the answer comes back.

import type { Exchange, ExchangeAnswer, ExchangeRequest } from '../../../station/sync/http-exchange.ts'
import type { Counts } from '../engine/counts.ts'
import type { Random } from '../engine/random.ts'
import type { Scheduler } from '../engine/scheduler.ts'

export type Cut = 'none' | 'both' | 'requests' | 'answers'

/** How likely each mishap is for one request. */
export interface Weather {
  drop: number
  repeat: number
  delay: number
  reorder: number
  reply_lost: number
  torn_upload: number
}

export const CALM: Weather = { drop: 0, repeat: 0, delay: 0, reorder: 0, reply_lost: 0, torn_upload: 0 }

export interface CentralDoor {
  /** Rejects where nobody listens, or where central dies over it. */
  answer(request: Pick<ExchangeRequest, 'path' | 'headers' | 'body'>): Promise<ExchangeAnswer>
}

const LATENCY_MS = [15, 180] as const
const DELAY_MS = [3_000, 40_000] as const
const REPEAT_MS = [20, 4_000] as const
const REORDER_MS = [60_000, 3 * 86_400_000] as const
const REFUSED_MS = 40

export class StationLink {
  cut: Cut = 'none'
  weather: Weather = CALM
  /** Called once, right before the next answer is heard. */
  beforeNextAnswer: (() => void) | null = null
  readonly #scheduler: Scheduler
  readonly #random: Random
  readonly #central: CentralDoor
  readonly #counts: Counts
  readonly #faults: Counts

  constructor(parts: { scheduler: Scheduler; random: Random; central: CentralDoor; counts: Counts; faults: Counts }) {
    this.#scheduler = parts.scheduler
    this.#random = parts.random
    this.#central = parts.central
    this.#counts = parts.counts
    this.#faults = parts.faults
  }

  /** The way of one process life: nothing comes back to one that is gone. */
  exchangeOf(isAlive: () => boolean): Exchange {
    return (request) =>
      new Promise((resolve, reject) => {
        let settled = false
        const settle = (how: () => void): void => {
          if (settled) return
          settled = true
          cancelTimeout()
          if (isAlive()) how()
        }
        const fail = (reason: string): void => settle(() => reject(new Error(reason)))
        const cancelTimeout = this.#scheduler.after(request.withinMs, () => fail('no whole answer in time'))
        request.signal.addEventListener('abort', () => fail('given up'))
        // The line takes it, whatever becomes of it.
        request.onSent?.()
        if (this.#isLostOnTheWay()) {
          // Half of the networks say so at once, the others say nothing.
          if (this.#random.chance(0.5)) this.#scheduler.after(REFUSED_MS, () => fail('nobody is reached'))
          return
        }
        const sent = { path: request.path, headers: request.headers, body: this.#tear(request.body) }
        this.#scheduler.after(this.#latencyMs(), async () => {
          try {
            const answer = await this.#central.answer(sent)
            this.#bringBack(answer, (whole) => settle(() => resolve(whole)), () => settled)
          } catch (error) {
            if (!(error instanceof NobodyAnswers)) throw error
            this.#scheduler.after(REFUSED_MS, () => fail(error.message))
          }
        })
        this.#deliverAgain({ ...sent, body: request.body })
      })
  }

  /** A wake-up gets lost as easily as an answer. */
  isUnlucky(): boolean {
    return this.#random.chance(this.weather.reply_lost)
  }

  #isLostOnTheWay(): boolean {
    if (this.cut === 'both' || this.cut === 'requests') return true
    if (!this.#random.chance(this.weather.drop)) return false
    this.#faults.add('drop')
    return true
  }

  #latencyMs(): number {
    if (!this.#random.chance(this.weather.delay)) return this.#random.int(...LATENCY_MS)
    this.#faults.add('delay')
    return this.#random.int(...DELAY_MS)
  }

  #tear(body: Uint8Array): Uint8Array {
    if (!this.#random.chance(this.weather.torn_upload)) return body
    if (body.length > 0) this.#faults.add('torn_upload')
    return body.subarray(0, this.#random.int(0, Math.max(0, body.length - 1)))
  }

  #bringBack(answer: ExchangeAnswer, deliver: (answer: ExchangeAnswer) => void, isOver: () => boolean): void {
    if (this.cut === 'both' || this.cut === 'answers') return
    if (this.#random.chance(this.weather.reply_lost)) {
      this.#faults.add('reply_lost')
      return
    }
    this.#scheduler.after(this.#latencyMs(), () => {
      if (isOver()) this.#counts.add('late_answer')
      else this.#announce()
      deliver(answer)
    })
  }

  #announce(): void {
    const tell = this.beforeNextAnswer
    this.beforeNextAnswer = null
    tell?.()
  }

  /** The same bytes once more, soon, or long after newer ones; nobody waits for that answer. */
  #deliverAgain(request: Pick<ExchangeRequest, 'path' | 'headers' | 'body'>): void {
    const repeat = this.#random.chance(this.weather.repeat)
    const reorder = this.#random.chance(this.weather.reorder)
    const again = [...(repeat ? [['repeat', this.#random.int(...REPEAT_MS)] as const] : []), ...(reorder ? [['reorder', this.#random.int(...REORDER_MS)] as const] : [])]
    for (const [fault, delayMs] of again) {
      this.#scheduler.after(delayMs, async () => {
        try {
          await this.#central.answer(request)
          this.#faults.add(fault)
          this.#counts.add('duplicate_delivered')
        } catch (error) {
          if (!(error instanceof NobodyAnswers)) throw error
        }
      })
    }
  }
}

/** Central is not there, or went away in the middle. */
export class NobodyAnswers extends Error {}
