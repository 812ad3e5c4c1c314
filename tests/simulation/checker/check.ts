// All properties of sync.md's table, in its order. `at any moment` needs no quiet; the others hold after everything has healed
// and the queues had time to empty. The balances alone cost so little that they are looked at after every commit.

import { belowZero, unbalanced } from './balances.ts'
import { checkClaims, checkWishesEverywhere } from './claims.ts'
import { checkConservation } from './conservation.ts'
import { checkConvergence } from './convergence.ts'
import { checkCursorWithRows } from './cursor-with-rows.ts'
import { checkDurability } from './durability.ts'
import type { Evidence, Row, Violation } from './evidence.ts'
import { checkExactlyOnce } from './exactly-once.ts'
import { checkNoOverspend } from './no-overspend.ts'
import { checkNothingLeftBehind, checkNoZombie } from './no-zombie.ts'
import { checkNothingLentInRecovery } from './nothing-lent-in-recovery.ts'
import { checkSeats, checkSeatsEverywhere } from './seats.ts'
import { checkStock } from './stock.ts'
import { checkUsefulness } from './usefulness.ts'
import { checkVisits } from './visits.ts'

const AT_ANY_MOMENT = [checkConservation, checkNoOverspend, checkNoZombie, checkUsefulness, checkNothingLentInRecovery, checkCursorWithRows, checkClaims, checkSeats]
const AFTER_QUIET = [...AT_ANY_MOMENT, checkStock, checkExactlyOnce, checkDurability, checkConvergence, checkNothingLeftBehind, checkVisits, checkWishesEverywhere, checkSeatsEverywhere]

export function checkAtAnyMoment(evidence: Evidence): Violation[] {
  return AT_ANY_MOMENT.flatMap((check) => check(evidence))
}

export function checkAfterQuiet(evidence: Evidence): Violation[] {
  return AFTER_QUIET.flatMap((check) => check(evidence))
}

export function checkBalances(accounts: readonly Row[]): Violation[] {
  return [...belowZero(accounts).map((what) => ({ property: 'no overspend', what })), ...unbalanced(accounts).map((what) => ({ property: 'conservation', what }))]
}
