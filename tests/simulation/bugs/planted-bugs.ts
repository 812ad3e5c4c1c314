// The planted bugs by name, each with the faults under which it does harm. One more shows on PostgreSQL only: bare-sequence.ts.

import type { FaultName } from '../world/fault-names.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { cursorApart } from './cursor-apart.ts'
import { grantsDuringRecovery } from './grants-during-recovery.ts'
import { historyIgnored } from './history-ignored.ts'
import { lateFactPaidTwice } from './late-fact-paid-twice.ts'
import { noDuplicateCheck } from './no-duplicate-check.ts'
import { outboxOutside } from './outbox-outside.ts'
import { reclaimByClock } from './reclaim-by-clock.ts'
import { seatsByClock } from './seats-by-clock.ts'
import { sentEventsDropped } from './sent-events-dropped.ts'
import { waitsForNobody } from './waits-for-nobody.ts'

export interface BugOfTheList {
  make: () => PlantedBug
  faults: readonly FaultName[]
  /** So many times as often as usual. */
  faultFactor: number
  /** The property that has to find it; absent: any. */
  foundBy?: string
}

export const PLANTED_BUGS: Record<string, BugOfTheList> = {
  'no-duplicate-check': { make: noDuplicateCheck, faults: ['repeat', 'reply_lost'], faultFactor: 1 },
  'reclaim-by-clock': { make: reclaimByClock, faults: ['partition'], faultFactor: 4, foundBy: 'no overspend' },
  'seats-by-clock': { make: seatsByClock, faults: ['partition'], faultFactor: 6 },
  'sent-events-dropped': { make: sentEventsDropped, faults: ['central_restored'], faultFactor: 6 },
  'outbox-outside': { make: outboxOutside, faults: ['station_kill'], faultFactor: 10 },
  'cursor-apart': { make: cursorApart, faults: ['station_kill'], faultFactor: 20 },
  'grants-during-recovery': { make: grantsDuringRecovery, faults: ['central_restored', 'partition'], faultFactor: 6 },
  'waits-for-nobody': { make: waitsForNobody, faults: ['central_restored', 'partition'], faultFactor: 6, foundBy: 'no overspend' },
  'recall-during-session': { make: () => ({ name: 'recall-during-session', isNobodyEverThere: true }), faults: [], faultFactor: 1 },
  'aside-forgotten': { make: () => ({ name: 'aside-forgotten', isAsideForgotten: true }), faults: ['central_restored', 'cloned_disk'], faultFactor: 8 },
  'late-fact-paid-twice': { make: lateFactPaidTwice, faults: ['station_replaced', 'partition'], faultFactor: 12, foundBy: 'no overspend' },
  'history-ignored': { make: historyIgnored, faults: ['central_restored'], faultFactor: 6 },
  'normal-instead-of-full': { make: () => ({ name: 'normal-instead-of-full', synchronousMax: 1 }), faults: ['station_power_loss', 'partition'], faultFactor: 10 },
  'fsync-off': { make: () => ({ name: 'fsync-off', isFsyncOff: true }), faults: ['central_power_loss'], faultFactor: 6 },
}

export const BUG_NAMES: readonly string[] = Object.keys(PLANTED_BUGS)

/** null: there is none of that name. */
export function plantedBug(name: string): PlantedBug | null {
  return PLANTED_BUGS[name]?.make() ?? null
}
