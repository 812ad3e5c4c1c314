// Certificates in the office: found by number, name and end; who of a station sees which; printed with the whole name, each with its
// line, and not for somebody who was erased. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { drawCertificateSheet, type PrintedCertificate } from '../../../central/console/certificates/certificate-sheet.ts'
import { seedDemoTrainings } from '../../../central/demo/demo-trainings.ts'
import { auditTrailDoor } from '../../../contract/console/audit-trail.ts'
import { type CertificateRow, certificatesDoor } from '../../../contract/console/certificates.ts'
import { consoleDoorPath, type OfficeAnswer } from '../../../contract/console/console-door.ts'
import { eraseRiderDoor } from '../../../contract/console/riders.ts'
import { dayOf } from '../../../domain/calendar.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type OfficePerson, ORIGIN, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson
  let head: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    await seedDemoTrainings(office.database, office.clock.nowMs)
    staff = await office.person('district_staff')
    head = await office.person('station_head')
  }, 120_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  const find = async (more: object = {}, by = staff): Promise<CertificateRow[]> => right(await by.ask(certificatesDoor, tableQuestion('expires', { limit: 100, ...more }))).rows
  const print = async (certificates: readonly string[], by = staff): Promise<{ status: number; type: string; bytes: Buffer }> => {
    const { statusCode, headers, rawPayload } = await office.app.inject({
      method: 'POST', url: consoleDoorPath('certificate-sheet'), headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', 'cookie': by.cookie }, payload: JSON.stringify({ certificates }),
    })
    return { status: statusCode, type: String(headers['content-type']), bytes: rawPayload }
  }

  test('a certificate is found by its number as it is read from paper, by a name, by its topic and by its end', async () => {
    const all = await find()
    const [first] = all
    if (first === undefined) throw new Error('the demo has certificates')
    expect((await find({ search: first.number })).map(({ id }) => id)).toEqual([first.id])
    expect((await find({ search: first.number.toLowerCase().replace('-', ' ') })).map(({ id }) => id)).toEqual([first.id])
    expect(new Set((await find({ search: first.maskedName.replace('*', '') })).map(({ maskedName }) => maskedName.startsWith(first.maskedName.replace('*', ''))))).toEqual(new Set([true]))
    expect(new Set((await find({ filters: { topic: first.topic } })).map(({ topic }) => topic))).toEqual(new Set([first.topic]))
    expect(all.map(({ expiresDay }) => expiresDay ?? 1_000_000)).toEqual(all.map(({ expiresDay }) => expiresDay ?? 1_000_000).toSorted((one, other) => one - other))
    const [{ count } = { count: 0 }] = await office.database.query<{ count: number }>('SELECT count(*) AS count FROM certificates')
    const inState = await Promise.all((['valid', 'ending', 'expired'] as const).map(async (state) => right(await staff.ask(certificatesDoor, tableQuestion('issued', { filters: { state } }))).count?.rows ?? 0))
    expect(inState.reduce((sum, rows) => sum + rows, 0)).toBe(count)
  })

  test('it holds on its last day, asks to be renewed sixty days before, and is over the day after', async () => {
    const [one] = await find()
    const today = dayOf(office.clock.nowMs, 480)
    const stateAt = async (expiresDay: number): Promise<string[]> => {
      await office.database.query('UPDATE certificates SET expires_day = $2 WHERE certificate_id = $1', [one?.id ?? '', expiresDay])
      const [shown] = await find({ search: one?.number ?? '' })
      const found = await Promise.all((['valid', 'ending', 'expired'] as const).map(async (state) => ((await find({ search: one?.number ?? '', filters: { state } })).length > 0 ? state : '')))
      return [shown?.state ?? '', found.join('')]
    }
    expect([await stateAt(today - 1), await stateAt(today), await stateAt(today + 60), await stateAt(today + 61)]).toEqual([['expired', 'expired'], ['ending', 'ending'], ['ending', 'ending'], ['valid', 'valid']])
  })

  test('somebody of a station sees what was held there and what its riders hold, and prints nothing else', async () => {
    const [mine, all] = [await find({}, head), await find()]
    const allowed = new Set((await office.database.query<{ id: string }>(
      `SELECT certificate_id AS id FROM certificates JOIN trainings USING (training_id) WHERE host_station_id = $1 OR rider_id IN (SELECT rider_id FROM station_riders WHERE station_id = $1)`, [STATION])).map(({ id }) => id))
    expect(mine.filter(({ id }) => !allowed.has(id))).toEqual([])
    expect([mine.length > 0, stations.length > 1]).toEqual([true, true])
    const foreign = all.find(({ id }) => !allowed.has(id))
    if (foreign === undefined) throw new Error('every certificate of the demo is of the first station')
    expect((await print([foreign.id], head)).status).toBe(404)
    expect((await print([randomUUID()])).status).toBe(404)
    expect((await print([])).status).toBe(400)
    expect((await print(Array.from({ length: 51 }, () => randomUUID()))).status).toBe(400)
    const helper = await office.person('volunteer')
    expect((await print([mine[0]?.id ?? ''], helper)).status).toBe(403)
  })

  test('three stand on two pages, in fonts of our own only, each with its line; one whose holder is erased is left out', async () => {
    const some = [...new Map((await find()).map((row) => [row.rider, row])).values()].slice(0, 4)
    const [gone, ...kept] = some.map(({ id }) => id)
    right(await staff.ask(eraseRiderDoor, { rider: some[0]?.rider ?? '' }))
    expect((await print([gone ?? ''])).status).toBe(404)
    const { status, type, bytes } = await print([gone ?? '', ...kept, ...kept])
    expect({ status, type, begins: bytes.subarray(0, 5).toString(), pages: pagesOf(bytes), standard: bytes.includes('/BaseFont /Helvetica') }).toEqual({ status: 200, type: 'application/pdf', begins: '%PDF-', pages: 2, standard: false })
    const lines = right(await staff.ask(auditTrailDoor, tableQuestion('at', { filters: { act: 'certificate_printed' } }))).rows
    expect(lines.map(({ row }) => row).toSorted()).toEqual(kept.toSorted())
  })

  test('an exported certificate says its days as days', async () => {
    const [one] = await find()
    const { rawPayload } = await office.app.inject({
      method: 'POST', url: consoleDoorPath('export'), headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', 'cookie': staff.cookie },
      payload: JSON.stringify({ table: 'certificates', format: 'csv', language: 'zh', columns: [{ key: 'number', heading: '编号' }, { key: 'expiresDay', heading: '有效至' }], search: one?.number ?? '', sort: 'expires', descending: false, filters: {} }),
    })
    expect(rawPayload.toString()).toBe(`\ufeff编号,有效至\r\n${one?.number},${new Date((one?.expiresDay ?? 0) * 86_400_000).toISOString().slice(0, 10)}\r\n`)
  })
})

test('names, titles and stations of any length and any script stay on the sheet', async () => {
  const both = (text: string): { zh: string; en: string } => ({ zh: text, en: text })
  const one: PrintedCertificate = {
    number: '25JX7-0Q4WD', name: '肉孜艾力艾合买提江吐尔逊·'.repeat(4), topic: both('急救'), title: both('<script>很长的标题</script> 👨‍👩‍👧 قۇتقۇزۇش'.repeat(3)), issuedDay: 20_000, expiresDay: null, brand: both('博爱小站'), station: both('很长的站名'.repeat(12)),
  }
  expect(pagesOf(await drawCertificateSheet([one]))).toBe(1)
  await expect(drawCertificateSheet([])).rejects.toThrow(RangeError)
})
