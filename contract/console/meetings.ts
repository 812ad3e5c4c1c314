// Talks at which needs are gathered (群众恳谈会, 百姓说事点, 书记茶话会): when, where, what was said, which wishes came of it, and
// the answer, which everybody in the office and every partner may read once it is published.

import { z } from 'zod'
import { cleanLines, cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { atMs, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

export const MEETING_KINDS = ['talk', 'listening_point', 'secretary_tea'] as const
const day = z.int().min(0).max(200_000)
export const MEETING_TITLE_MAX = 80
export const MEETING_WORDS_MAX = 2_000
/** A family of emoji is one character of eleven units. */
const UNITS_A_CHARACTER = 12

/** What nobody sees is taken out; length is counted as people count. */
function typed(clean: (text: string) => string, charactersMax: number): z.ZodType<string> {
  return z.string().max(charactersMax * UNITS_A_CHARACTER).overwrite(clean).refine((text) => text !== '' && countCharacters(text) <= charactersMax)
}
const title = typed(cleanText, MEETING_TITLE_MAX)
const words = typed(cleanLines, MEETING_WORDS_MAX)

const meetingRow = z.strictObject({
  id: rowId, kind: z.enum(MEETING_KINDS), title: z.string(), heldDay: day, station: bilingual.nullable(), notes: z.string(), wishes: z.int().min(0),
  answer: z.string().nullable(), answeredAtMs: atMs.nullable(),
})
export type MeetingRow = z.infer<typeof meetingRow>

export const meetingsDoor = tableDoor('meetings', { sorts: ['held'], filters: { kind: MEETING_KINDS }, row: meetingRow })
export const addMeetingDoor = consoleDoor('add-meeting', z.strictObject({ id: rowId, kind: z.enum(MEETING_KINDS), title, heldDay: day, station: rowId.nullable(), notes: words }), nothing)
/** Publishes it; a second time it replaces the first. */
export const answerMeetingDoor = consoleDoor('answer-meeting', z.strictObject({ meeting: rowId, answer: words }), nothing)
