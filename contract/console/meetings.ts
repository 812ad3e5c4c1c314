// Talks at which needs are gathered (群众恳谈会, 百姓说事点, 书记茶话会): when, where, what was said, which wishes came of it, and
// the answer, which everybody in the office and every partner may read once it is published.

import { z } from 'zod'
import { atMs, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

export const MEETING_KINDS = ['talk', 'listening_point', 'secretary_tea'] as const
const day = z.int().min(0).max(200_000)
const title = z.string().trim().min(1).max(80)
const words = z.string().trim().min(1).max(2_000)

const meetingRow = z.strictObject({
  id: rowId, kind: z.enum(MEETING_KINDS), title: z.string(), heldDay: day, station: bilingual.nullable(), notes: z.string(), wishes: z.int().min(0),
  answer: z.string().nullable(), answeredAtMs: atMs.nullable(),
})
export type MeetingRow = z.infer<typeof meetingRow>

export const meetingsDoor = tableDoor('meetings', { sorts: ['held'], filters: { kind: MEETING_KINDS }, row: meetingRow })
export const addMeetingDoor = consoleDoor('add-meeting', z.strictObject({ id: rowId, kind: z.enum(MEETING_KINDS), title, heldDay: day, station: rowId.nullable(), notes: words }), nothing)
/** Publishes it; a second time it replaces the first. */
export const answerMeetingDoor = consoleDoor('answer-meeting', z.strictObject({ meeting: rowId, answer: words }), nothing)
