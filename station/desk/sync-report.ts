// What staff should know of the line to central, from what lies in this file. No rider is named: sums only.

import type { SyncReport } from '../../contract/kiosk/kiosk-view.ts'
import type { Reader } from '../store/database.ts'

export function syncReport(reader: Reader): SyncReport {
  const held = reader.get<{ riders: number; points: number }>('SELECT count(*) AS riders, coalesce(sum(points), 0) AS points FROM allowances WHERE points > 0') ?? { riders: 0, points: 0 }
  return {
    alarms: [],
    lastHelloAtMs: null,
    clockOffsetMs: null,
    held,
    earningSliceLeft: 0,
    rules: { standingPoints: 0, topUpPointsMax: 0, earningSlicePoints: 0, spendBeforeHello: true },
    worst: { strandedPoints: held.points, clonedDiskPoints: held.points },
  }
}
