// A training as a file for the calendar of a phone. Asked without a session, because inside WeChat the file can only be had by
// another browser: so it holds what hangs in every station, and nothing of who takes part.

import type { FastifyInstance } from 'fastify'
import { CALENDAR_PATH } from '../../contract/phone/phone-trainings.ts'
import { calendarFile } from '../../domain/training/calendar-file.ts'
import type { Database } from '../store/database.ts'
import { readTrainings } from '../store/trainings.ts'

const FILE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(zh|en)\.ics$/
const REMIND_MS = 2 * 3_600_000

export function addCalendarRoutes(app: FastifyInstance, { database, nowMs }: { database: Database; nowMs(): number }): void {
  app.get<{ Params: { file: string } }>(`${CALENDAR_PATH}:file`, async (request, reply) => {
    const [, training, language] = FILE.exec(request.params.file) ?? []
    if (training === undefined) return reply.callNotFound()
    const sheet = (await database.transaction('snapshot', (sql) => readTrainings(sql, [training]))).get(training)
    if (sheet === undefined) return reply.callNotFound()
    const { details, book } = sheet
    const said = language === 'en' ? 'en' : 'zh'
    const text = calendarFile({
      id: training, revision: details.revision, host: 'boai-station', title: details.title[said], place: details.place[said], notes: details.cancelReason ?? '', startsAtMs: book.terms.startsAtMs,
      endsAtMs: book.terms.endsAtMs, isCancelled: book.terms.state === 'cancelled', nowMs: nowMs(), remindMs: REMIND_MS,
    })
    // Shown by the phone itself, which then asks whether it should go into the calendar; a name for those that keep it as a file.
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', `inline; filename="${training}.ics"`).header('referrer-policy', 'no-referrer').send(text)
  })
}
