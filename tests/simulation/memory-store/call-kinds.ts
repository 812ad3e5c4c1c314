// Which calls of the store write or lock: a snapshot refuses those. Every call is decided here; a new one does not compile before.

import type { StoreTransaction } from '../../../central/store/central-store.ts'

const CALL_KINDS: Record<keyof StoreTransaction, 'reads' | 'writes'> = {
  findStation: 'reads',
  findIncarnation: 'reads',
  lockStation: 'writes',
  beginIncarnation: 'writes',
  advanceIncarnation: 'writes',
  quarantine: 'writes',
  readRecorded: 'reads',
  isAnyIdTaken: 'reads',
  insertEvents: 'writes',
  keepBatchProof: 'writes',
  lockBalances: 'writes',
  writePostings: 'writes',
  writeEntries: 'writes',
  appendChanges: 'writes',
  readChanges: 'reads',
  readNumbers: 'reads',
  readScopeSum: 'reads',
  readHistory: 'reads',
  readMirrorFacts: 'reads',
  // Locks the riders shared.
  readRidersKnown: 'writes',
  readItemsKnown: 'reads',
  readStaffKnown: 'reads',
  readGrants: 'reads',
  readRequestsKnown: 'reads',
  writeRedemptions: 'writes',
  writeStockMovements: 'writes',
  readRedemptions: 'reads',
  writeUndone: 'writes',
  writeEarnings: 'writes',
  readEarningRequestsKnown: 'reads',
  readServiceNames: 'reads',
  markGrantsReceived: 'writes',
  findRider: 'reads',
  lockRider: 'writes',
  beginToMirror: 'writes',
  stationsThatMirror: 'reads',
  readRevokedCards: 'reads',
  recentEntryKeys: 'reads',
  findGrant: 'reads',
  writeGrants: 'writes',
  findEarningSlice: 'reads',
  writeEarningSlice: 'writes',
  readEarningSlices: 'reads',
  markEarningSlicesReceived: 'writes',
  readSlicesElsewhere: 'reads',
  writeRecalls: 'writes',
  closeRecalls: 'writes',
  readStandingDue: 'reads',
  markStandingRenewed: 'writes',
  readRuleValues: 'reads',
  readRecovering: 'reads',
}

const WRITING: ReadonlySet<string> = new Set(Object.entries(CALL_KINDS).filter(([, kind]) => kind === 'writes').map(([name]) => name))

export function isWritingCall(name: string | symbol): boolean {
  return typeof name === 'string' && WRITING.has(name)
}
