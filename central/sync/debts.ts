// What riders owe the programme since a restore: a slice was heard of that central had forgotten, before the points that it was
// lent from had come home, so the programme stood in for them. Asked for only while central recovers: then all that it has
// forgotten comes again.

import type { StoreTransaction } from '../store/central-store.ts'
import type { PortionRead } from './book-portions.ts'
import type { SharedBooks } from './books.ts'

/** Of riders whose points come home in this portion. Behind the locks on their accounts. */
export async function learnDebts(transaction: StoreTransaction, portion: readonly PortionRead[], { owed }: Pick<SharedBooks, 'owed'>): Promise<void> {
  const riders = new Set(portion.flatMap(({ read }) => read.flatMap((event) => (event.name === 'allowance.returned/1' && !owed.has(event.body.rider) ? [event.body.rider] : []))))
  if (riders.size === 0) return
  const debts = await transaction.readRelendingDebts([...riders])
  for (const rider of riders) owed.set(rider, debts.get(rider) ?? 0)
}
