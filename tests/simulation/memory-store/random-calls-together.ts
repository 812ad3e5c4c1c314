// Random calls in one transaction of a store, which may give up in the end.

import fc from 'fast-check'
import type { CentralStore, StoreTransaction } from '../../../central/store/central-store.ts'
import { isWritingCall } from './call-kinds.ts'
import { type StoreCall, storeCalls, UNORDERED } from './random-calls.ts'
import { buildSmallTown, type SmallTown } from './small-town.ts'
import { comparable, sorted } from './twin-stores.ts'

export interface CallsTogether {
  mode: 'write' | 'snapshot'
  calls: readonly StoreCall[]
  givesUp: boolean
}

/** Calls are made for the town of number 0 and moved to another, so that one run can be told again. */
const TEMPLATE = buildSmallTown(0, [])

/** A change of a few calls, or a look around; now and then a snapshot that tries to write. */
export function callsTogether(): fc.Arbitrary<CallsTogether> {
  const looking = storeCalls(TEMPLATE, (name) => !isWritingCall(name))
  const writing = storeCalls(TEMPLATE, isWritingCall)
  const givesUp = fc.nat(11).map((chance) => chance === 11)
  return fc.oneof(
    { arbitrary: fc.record({ mode: fc.constant('write'), calls: fc.array(writing, { minLength: 1, maxLength: 3 }), givesUp }), weight: 6 },
    { arbitrary: fc.record({ mode: fc.constant('write'), calls: fc.array(looking, { minLength: 4, maxLength: 10, size: 'max' }), givesUp: fc.constant(false) }), weight: 3 },
    { arbitrary: fc.record({ mode: fc.constant('snapshot'), calls: fc.array(fc.oneof(looking, writing), { minLength: 1, maxLength: 2 }), givesUp }), weight: 1 },
  )
}

/** What each call answered; the transaction's own refusal ends it. */
export function runTogether(store: CentralStore, { mode, calls, givesUp }: CallsTogether, town: SmallTown): Promise<unknown> {
  return store.transaction(mode, async (transaction) => {
    const answers: unknown[] = []
    for (const { name, given } of calls) answers.push(inAnyOrder(name, comparable(await call(transaction, name, given.map((value) => movedTo(town, value))))))
    if (givesUp) throw new Error(`given up after ${JSON.stringify(answers)}`)
    return answers
  })
}

async function call(transaction: StoreTransaction, name: StoreCall['name'], given: readonly unknown[]): Promise<unknown> {
  const answer: unknown = await Reflect.apply(transaction[name], transaction, given)
  return answer
}

function inAnyOrder(name: StoreCall['name'], answer: unknown): unknown {
  return UNORDERED.has(name) && Array.isArray(answer) ? sorted(answer) : answer
}

function movedTo(town: SmallTown, value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/\b00000000-([\da-f]{4}-4000-8000-)/g, `${town.id('event', 0).slice(0, 8)}-$1`)
  if (Array.isArray(value)) return value.map((inner) => movedTo(town, inner))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, movedTo(town, inner)]))
}
