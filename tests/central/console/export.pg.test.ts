// Tables as files: every row once, in the order that was asked for; a workbook that another library reads; text that a spreadsheet
// takes for text; only for whom the table is.

import { randomUUID } from 'node:crypto'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditTrailDoor } from '../../../contract/console/audit-trail.ts'
import { consoleDoorPath } from '../../../contract/console/console-door.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, ORIGIN, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'

const RIDERS = 4_321
const COLUMNS = [{ key: 'id', heading: '编号' }, { key: 'maskedName', heading: '姓名' }, { key: 'site', heading: '站点' }, { key: 'points', heading: '积分' }, { key: 'home', heading: '驿站' }, { key: 'standing', heading: '状态', words: { active: '正常' } }]

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
    await office.database.query(
      `INSERT INTO riders (rider_id, district_id, masked_name, platform, site, phone_tail, standing, hide_balance, home_station_id)
       SELECT gen_random_uuid(), $1, '试' || n, 'meituan', CASE n % 4 WHEN 0 THEN '=1+1' WHEN 1 THEN '@SUM(A1)' WHEN 2 THEN '<b>"引号", 逗号</b>' ELSE E'- 换\\n行' END, lpad((n % 10000)::text, 4, '0'), 'active', false, $2
       FROM generate_series(1, $3::int) AS n`,
      [DISTRICT, STATION, RIDERS],
    )
  }, 60_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  async function take(format: 'xlsx' | 'csv', more: object = {}, cookie = staff.cookie): Promise<{ status: number; bytes: Buffer; name: string }> {
    office.clock.nowMs += 1
    const asked = { table: 'riders', format, language: 'zh', columns: COLUMNS, search: '', sort: 'phoneTail', descending: false, filters: {}, ...more }
    const { statusCode, rawPayload, headers } = await office.app.inject({
      method: 'POST', url: consoleDoorPath('export'), headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', cookie }, payload: JSON.stringify(asked),
    })
    return { status: statusCode, bytes: rawPayload, name: String(headers['content-disposition']) }
  }

  test('a workbook has every row of the district once, numbers as numbers, and what looks like a formula as text', async () => {
    const [{ count } = { count: 0 }] = await office.database.query<{ count: number }>('SELECT count(*) AS count FROM riders WHERE district_id = $1', [DISTRICT])
    const { bytes, name } = await take('xlsx')
    expect(name).toBe('attachment; filename="riders-2026-11-21-12-00.xlsx"')
    const [headings, ...rows] = await readSheet(bytes)
    expect(headings).toEqual(COLUMNS.map(({ heading }) => heading))
    expect({ rows: rows.length, distinct: new Set(rows.map(([id]) => id)).size }).toEqual({ rows: count, distinct: count })
    expect(rows.filter(([, , site]) => site === '=1+1').length).toBe(RIDERS / 4 - (RIDERS % 4) / 4)
    expect(rows.every(([, , , points]) => typeof points === 'number')).toBe(true)
    expect(rows.find(([, , site]) => String(site).startsWith('<b>'))?.slice(2)).toEqual(['<b>"引号", 逗号</b>', 0, '南湖 · 博爱小站', '正常'])
  })

  test('a CSV says that it is UTF-8, quotes what it must, and begins no cell like a formula', async () => {
    const { bytes, name } = await take('csv', { search: '试', sort: 'joined' })
    expect(name).toMatch(/\.csv"$/)
    const text = bytes.toString('utf8')
    expect(text.startsWith('\ufeff编号,姓名,站点,积分,驿站,状态\r\n')).toBe(true)
    const records = text.slice(1).split('\r\n').slice(1, -1)
    expect(records).toHaveLength(RIDERS)
    const kinds = new Set(records.map((record) => record.split(',').slice(2).join(',')))
    expect(kinds).toEqual(new Set(["'=1+1,0,南湖 · 博爱小站,正常", "'@SUM(A1),0,南湖 · 博爱小站,正常", '"<b>""引号"", 逗号</b>",0,南湖 · 博爱小站,正常', '"\'- 换\n行",0,南湖 · 博爱小站,正常']))
  })

  test('only for whom the table is, only tables, only columns that are asked well; each leaves a line that names nobody', async () => {
    const partner = await office.person('partner')
    expect((await take('csv', {}, partner.cookie)).status).toBe(403)
    expect((await take('csv', { table: 'rider-name' })).status).toBe(400)
    expect((await take('csv', { table: 'nothing' })).status).toBe(400)
    expect((await take('csv', { sort: 'full_name' })).status).toBe(400)
    expect((await take('csv', { columns: [{ key: 'full name', heading: 'x' }] })).status).toBe(400)
    expect((await take('csv', { filters: { station: randomUUID() }, columns: [{ key: 'missing', heading: 'x' }] })).bytes.toString()).toBe('\ufeffx\r\n')
    const lines = await staff.ask(auditTrailDoor, tableQuestion('at', { filters: { act: 'table_exported' } }))
    expect(lines.ok && lines.answer.rows.map(({ row, after }) => ({ row, format: after['format'], searched: after['searched'] }))).toEqual([
      { row: 'riders', format: 'xlsx', searched: false }, { row: 'riders', format: 'csv', searched: true }, { row: 'riders', format: 'csv', searched: false },
    ])
  })
})
