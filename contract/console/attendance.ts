// Attendance at the door with a phone: a pass is scanned, and its rider was there. Whoever is picked from the list instead goes
// through `record-attendance` (trainings.ts); it is the same act.

import { z } from 'zod'
import { PASS_LENGTH } from '../pass/pass-code.ts'
import { consoleDoor, rowId } from './console-door.ts'

/** Blanks and an end of line that a hand scanner or the clipboard brings along. */
const PASS_TEXT_MAX = PASS_LENGTH + 20

export const scanAttendanceDoor = consoleDoor(
  'scan-attendance',
  z.strictObject({ training: rowId, pass: z.string().min(1).max(PASS_TEXT_MAX) }),
  z.strictObject({ rider: rowId, maskedName: z.string(), late: z.boolean(), walkIn: z.boolean(), points: z.int().min(0), certificate: z.boolean() }),
)
