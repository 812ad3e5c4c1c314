// A store whose transactions are changed on the way; everything that is not named goes through.

import type { CentralStore, StoreTransaction } from '../../../central/store/central-store.ts'

export function storeWith(store: CentralStore, change: (transaction: StoreTransaction) => Partial<StoreTransaction>): CentralStore {
  return {
    findStation: (station) => store.findStation(station),
    findIncarnation: (station, incarnation) => store.findIncarnation(station, incarnation),
    readPullHead: (question) => store.readPullHead(question),
    transaction: (mode, work) => store.transaction(mode, (transaction) => work(overlay(transaction, change(transaction)))),
  }
}

function overlay(transaction: StoreTransaction, changed: Partial<StoreTransaction>): StoreTransaction {
  return new Proxy(transaction, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(Object.hasOwn(changed, name) ? changed : target, name, receiver)
      return typeof member === 'function' ? (...given: unknown[]): unknown => Reflect.apply(member, target, given) : member
    },
  })
}
