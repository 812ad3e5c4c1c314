// What staff should know of the line to central: alarms, what lies here, what it costs at worst. No rider is named: sums only.

import type { SyncReport } from '../../contract/kiosk/kiosk-view.ts'
import { worstCaseOf } from '../../domain/worst-case.ts'
import type { Counter, Moment } from '../acts/act.ts'
import { outboxState } from '../store/outbox.ts'
import { isBackupMissing } from '../store/prune.ts'
import { earningSliceLeft, heldPoints } from '../store/rider-points.ts'
import { type SyncState, syncState } from '../store/sync-state.ts'

export type SyncAlarm = SyncReport['alarms'][number]

const CLOCK_OFF_MS = 120_000
const HOUR_MS = 3_600_000

export function syncReport(counter: Counter, { rules, wallMs }: Moment, heard: readonly SyncAlarm[]): SyncReport {
  const reader = counter.database.read
  const state = syncState(reader)
  const { oldestWallMs } = outboxState(reader)
  const held = heldPoints(reader)
  const sliceLeft = earningSliceLeft(reader)
  const { standingPoints, topUpPointsMax, earningSlicePoints, spendBeforeHello } = rules
  const isOutboxOld = oldestWallMs !== null && wallMs - oldestWallMs >= rules.outboxAlarmHours * HOUR_MS
  const aged: SyncAlarm[] = [...(isOutboxOld ? (['outbox_old'] as const) : []), ...(isBackupMissing(reader, wallMs) ? (['not_backed_up'] as const) : [])]
  return {
    alarms: [...new Set<SyncAlarm>([...heard, ...alarmsOf(state), ...aged])],
    lastHelloAtMs: state.helloAtMs,
    clockOffsetMs: state.clockOffsetMs,
    held,
    earningSliceLeft: sliceLeft,
    rules: { standingPoints, topUpPointsMax, earningSlicePoints, spendBeforeHello },
    worst: worstCaseOf({ heldPoints: held.points, earningSliceLeft: sliceLeft }),
  }
}

function alarmsOf(state: SyncState): SyncAlarm[] {
  const alarms: SyncAlarm[] = []
  // Under one history nothing that was acknowledged is ever lost, but by a restore that nobody declared.
  if (state.acknowledgedSeq < state.highestAcknowledgedSeq) alarms.push('central_restored')
  if (state.recovering === 1) alarms.push('central_recovering')
  if (state.clockOffsetMs !== null && Math.abs(state.clockOffsetMs) > CLOCK_OFF_MS) alarms.push('clock_off')
  if (state.incarnationState === 'superseded') alarms.push('superseded')
  return alarms
}
