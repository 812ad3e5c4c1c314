// Tells every district the key that stations seal words to: once, and again when it is another one.

import { SEALING_KEY } from '../../contract/sync/person-rows.ts'
import type { SealingKeys } from '../keys/sealing-keys.ts'
import type { CentralStore } from '../store/central-store.ts'
import { DISTRICT_SCOPE } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'

/** At each start, and where a district is new. Answers how many districts hear of it. */
export async function tellSealingKey(store: CentralStore, { current }: Pick<SealingKeys, 'current'>, nowMs: number): Promise<number> {
  return store.transaction('write', async (transaction) => {
    const isNew = await transaction.writeSealingKey(current, nowMs)
    const changes: ChangedRow[] = []
    for (const district of await transaction.readDistricts()) {
      const known = isNew ? [] : await transaction.readNumbers({ district, scope: DISTRICT_SCOPE, rows: [{ kind: 'sealing_key', key: SEALING_KEY }] })
      if (known.length === 0) changes.push({ district, scope: DISTRICT_SCOPE, kind: 'sealing_key', key: SEALING_KEY })
    }
    if (changes.length > 0) await transaction.appendChanges(changes)
    return changes.length
  })
}
