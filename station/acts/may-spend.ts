// Whether this file may spend: one answer for every act that gives out points or goods, and for the view that says why not.

import type { Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { Reader } from '../store/database.ts'
import { fenceOf } from '../store/fence.ts'
import { rulesRow } from '../store/mirror.ts'
import { outboxState } from '../store/outbox.ts'
import type { Counter } from './act.ts'

export type SpendingStop = Extract<Trouble['code'], 'outbox_full' | 'quarantined' | 'behind' | 'banned' | 'waiting_for_staff' | 'hello_needed'>

/** null: it may. */
export function spendingStop(counter: Counter, reader: Reader): SpendingStop | null {
  const fence = fenceOf(reader)
  if (fence !== null) return fence === 'waiting' ? 'waiting_for_staff' : fence
  const rules = rulesRow(reader)
  if (outboxState(reader).depth >= rules.outboxEventsMax) return 'outbox_full'
  if (rules.spendBeforeHello || counter.witness?.vouches() === true) return null
  const { helloBoot } = reader.get<{ helloBoot: number | null }>('SELECT hello_boot AS helloBoot FROM sync_state') ?? { helloBoot: null }
  return helloBoot === counter.identity.boot ? null : 'hello_needed'
}
