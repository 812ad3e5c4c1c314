// Central as a machine: its doors over a store in memory. It may die in the middle of a transaction or right after a commit, be
// away for a while, and come back from an older copy. A failure that its rules did not foresee is kept and fails the run.

import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { OutsideLog } from '../../../central/keys/outside-log.ts'
import type { SealingKeys } from '../../../central/keys/sealing-keys.ts'
import type { Signer } from '../../../central/keys/signer.ts'
import type { ChangedRow } from '../../../central/store/changes.ts'
import { wakingScopes } from '../../../central/store/wakeups.ts'
import { isDatabaseBusy } from '../../../central/store/database-errors.ts'
import type { CentralStore } from '../../../central/store/central-store.ts'
import type { BodyPacking } from '../../../central/sync/body-packing.ts'
import { createProcessMemory } from '../../../central/sync/process-memory.ts'
import { answerStation, type DoorContext, refusal } from '../../../central/sync/sync-doors.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../../../station/sync/http-exchange.ts'
import type { SyncNotice } from '../../../central/sync/sync-context.ts'
import type { SyncCount } from '../../../central/sync/sync-counters.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { type CentralDoor, NobodyAnswers } from './station-link.ts'

/** What a fault does to the next transaction: dies before that call of the store, or right after the commit. */
export interface CentralDeath {
  beforeCall: number
  after: () => void
}

export interface CentralParts {
  scheduler: Scheduler
  store: CentralStore
  signer: Signer
  outside: OutsideLog
  sealing: SealingKeys
  newPersonKey: () => Uint8Array
  onProblem: (problem: string) => void
  onNotice: (notice: SyncNotice) => void
  onCount: (count: SyncCount) => void
  /** After a commit: which logs have something new. */
  onChanged: (scopes: ReadonlySet<string>) => void
  onRequest: (request: Pick<ExchangeRequest, 'path' | 'headers' | 'body'>) => void
  /** After each answer that was given. */
  onAnswered: (request: Pick<ExchangeRequest, 'path' | 'headers' | 'body'>, answer: ExchangeAnswer) => void
}

/** Stations of a run send their batches unpacked; parts of a snapshot are packed at once, not on another thread. */
const packing: BodyPacking = {
  gunzip: (bytes, bytesMax) => (bytes.length > bytesMax ? Promise.reject(new RangeError('too large')) : Promise.resolve(bytes)),
  gzip: (bytes) => Promise.resolve(gzipSync(bytes, { level: 1 })),
}

/** A station of a run never sends hundreds at once: so what little it sends is read and written an event at a time too. */
const PORTION_EVENTS = 1

class CentralDied extends Error {}

export class CentralNode implements CentralDoor {
  isUp = true
  /** The database answers that too much is asked at once. */
  isBusy = false
  readonly #parts: CentralParts
  readonly #context: DoorContext
  #death: CentralDeath | null = null

  constructor(parts: CentralParts) {
    this.#parts = parts
    this.#context = {
      store: this.#mortal(parts.store), nowMs: () => parts.scheduler.nowMs(), notice: parts.onNotice, packing, signer: parts.signer, outside: parts.outside,
      counters: { count: parts.onCount }, memory: createProcessMemory({ portionEvents: PORTION_EVENTS }), sealing: parts.sealing, newPersonKey: parts.newPersonKey,
      index: (words) => createHash('sha256').update(words).digest(), signPass: ({ holderId, card }) => `${holderId} ${card}`,
    }
  }

  planDeath(death: CentralDeath): void {
    this.#death = death
  }

  async answer(request: Pick<ExchangeRequest, 'path' | 'headers' | 'body'>): Promise<ExchangeAnswer> {
    if (!this.isUp) throw new NobodyAnswers('central is away')
    if (this.isBusy) return refusal('busy')
    this.#parts.onRequest(request)
    try {
      const answer = await answerStation(this.#context, request)
      this.#parts.onAnswered(request, answer)
      return answer
    } catch (error) {
      if (error instanceof CentralDied) throw new NobodyAnswers('central died over it')
      if (isDatabaseBusy(error)) return refusal('busy')
      this.#parts.onProblem(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return refusal('internal')
    }
  }

  /** The same store, but the process may die over it, and it is told what changed. */
  #mortal(store: CentralStore): CentralStore {
    const transaction: CentralStore['transaction'] = async (mode, work) => {
      const death = mode === 'write' ? this.#death : null
      if (death !== null) this.#death = null
      const scopes = new Set<string>()
      let calls = 0
      try {
        const result = await store.transaction(mode, (inner) => {
          scopes.clear()
          return work(
            new Proxy(inner, {
              get: (target, name, receiver) => {
                calls += 1
                const member: unknown = Reflect.get(target, name, receiver)
                if (typeof member !== 'function') return member
                // As a database that is gone answers: several questions may be under way at once.
                if (death !== null && calls > death.beforeCall) return () => Promise.reject(new CentralDied('killed in the middle of a transaction'))
                return (...given: unknown[]): unknown => {
                  if (name === 'appendChanges') for (const scope of wakingScopes(given[0] as readonly ChangedRow[])) scopes.add(scope)
                  return Reflect.apply(member, target, given)
                }
              },
            }),
          )
        })
        if (death !== null) throw new CentralDied('killed after the commit')
        if (scopes.size > 0) this.#parts.onChanged(scopes)
        return result
      } catch (error) {
        if (error instanceof CentralDied) death?.after()
        throw error
      }
    }
    return { ...store, transaction }
  }
}
