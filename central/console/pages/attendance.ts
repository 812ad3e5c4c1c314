// Attendance at the door with a phone: whose pass it is, and then the one act by which somebody was there.

import { scanAttendanceDoor } from '../../../contract/console/attendance.ts'
import { readMaskedNames } from '../../store/rider-names.ts'
import { acts, answered, type ServedDoor } from '../office-moment.ts'
import { readRiderPass } from '../passes/read-pass.ts'
import { enterAttendance } from './training-acts.ts'

export const ATTENDANCE_DOORS: readonly ServedDoor[] = [
  acts(scanAttendanceDoor, async (moment, { training, pass }) => {
    const read = await readRiderPass(moment, pass)
    if (!read.ok) return read
    // Who stands there with a good card is let in wherever he is at home.
    const entered = await enterAttendance(moment, { training, rider: read.rider, isPresent: true })
    if (!entered.ok) return entered
    return answered({ rider: read.rider, maskedName: (await readMaskedNames(moment.sql, [read.rider])).get(read.rider) ?? '*', ...entered.answer })
  }),
]
