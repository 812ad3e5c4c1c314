// The text that people agree to when they register: numbered, never rewritten, told to every station of the district.

import { CONSENT_KEY } from '../../contract/sync/person-rows.ts'
import { type ConsentText, FIRST_CONSENT } from '../../domain/first-consent.ts'
import type { CentralStore, StoreTransaction } from '../store/central-store.ts'
import { DISTRICT_SCOPE } from '../store/change-scopes.ts'

/** Answers its number. Whoever registered agreed to the one before, and that is what is recorded of him. */
export async function publishConsent(transaction: StoreTransaction, district: string, text: ConsentText, nowMs: number): Promise<number> {
  const version = await transaction.writeConsent(district, text, nowMs)
  await transaction.appendChanges([{ district, scope: DISTRICT_SCOPE, kind: 'consent', key: CONSENT_KEY }])
  return version
}

/** At each start: districts that have no text yet. */
export async function tellFirstConsent(store: CentralStore, nowMs: number): Promise<void> {
  await store.transaction('write', async (transaction) => {
    for (const district of await transaction.readDistricts()) {
      if ((await transaction.readConsentVersion(district)) === 0) await publishConsent(transaction, district, FIRST_CONSENT, nowMs)
    }
  })
}
