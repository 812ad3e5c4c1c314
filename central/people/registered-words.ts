// The words of somebody who registered at a station are here: his row gets its name, and his stations hear of it.

import { registeredWords } from '../../contract/sync/person-events.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { HeldWords, HeldMoment } from '../sync/words-held.ts'
import { personRow } from './person-words.ts'

export async function nameRegistered(transaction: StoreTransaction, held: readonly HeldWords[], { index, nowMs }: HeldMoment): Promise<ChangedRow[]> {
  const persons = held.flatMap(({ rider, personKey, text }) => {
    const words = readWords(text)
    // The station's own screen asks for the same; whoever wrote something else stays without a name.
    return words === null ? [] : [personRow({ rider, site: words.site, personKey, index }, { name: words.name, phone: words.phone })]
  })
  await transaction.writePersons(persons)
  const riders = persons.map(({ rider }) => rider)
  await transaction.noteSamePhones(riders, nowMs)
  const readers = await transaction.stationsThatMirror(riders)
  return riders.flatMap((rider) => (readers.get(rider) ?? []).map(({ station, district }): ChangedRow => ({ district, scope: ridersScope(station), kind: 'rider', key: rider })))
}

function readWords(text: string) {
  try {
    return registeredWords.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
