// Stations as central knows them: when each was last heard, what it said of itself, and the lives of its file.

import { z } from 'zod'
import { atMs, bilingual, consoleDoor, rowId, tableDoor } from './console-door.ts'
import { STATION_HEALTH } from './overview.ts'

const count = z.int().min(0)

const stationRow = z.strictObject({
  id: rowId, number: z.int(), name: bilingual, health: z.enum(STATION_HEALTH), heardAtMs: atMs.nullable(), waitingEvents: count.nullable(), program: z.string().nullable(),
  clockOffsetMs: z.int().nullable(), riders: count, flagged: count,
})
export type StationRow = z.infer<typeof stationRow>
export const stationsDoor = tableDoor('stations', { sorts: ['number'], row: stationRow })

export const FILE_STATES = ['active', 'superseded', 'waiting', 'quarantined', 'banned'] as const

export const stationDoor = consoleDoor(
  'station',
  z.strictObject({ station: rowId }),
  z.strictObject({
    id: rowId, number: z.int(), name: bilingual, hotline: z.string(), health: z.enum(STATION_HEALTH), outboxAlarmHours: z.int(),
    files: z.array(
      z.strictObject({
        incarnation: rowId, state: z.enum(FILE_STATES), beganAtMs: atMs, heardAtMs: atMs, helloAtMs: atMs.nullable(), lastSeq: count, claimedSeq: count.nullable(), backedUpSeq: count,
        clockOffsetMs: z.int().nullable(), program: z.string().nullable(), points: z.int(), riders: count, flagged: count, parked: count,
      }),
    ),
  }),
)
