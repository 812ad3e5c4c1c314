// Passes to print: the genuine codes of good cards under masked names, on as many pages as they need, with every sign embedded.

import { afterAll, beforeAll, expect, test } from 'vitest'
import riders from '../../../resources/demo/riders.json' with { type: 'json' }
import { EXPIRED_RIDER } from '../../../central/demo/demo-cards.ts'
import { drawPassSheet, type PrintedPass } from '../../../central/console/passes/pass-sheet.ts'
import { openSheetFonts } from '../../../central/console/passes/sheet-fonts.ts'
import { auditTrailDoor } from '../../../contract/console/audit-trail.ts'
import { consoleDoorPath } from '../../../contract/console/console-door.ts'
import { revokeCardDoor } from '../../../contract/console/riders.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type OfficePerson, ORIGIN, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'
import { demoRider } from '../../support/test-central.ts'

let databases: TestDatabases
let office: TestOffice
let head: OfficePerson

beforeAll(async () => {
  databases = await startDatabases('pglite')
  office = await startTestOffice(databases)
  head = await office.person('station_head')
}, 60_000)

afterAll(async () => {
  await office.close()
  await databases.stop()
}, 60_000)

async function print(asked: readonly string[]): Promise<{ status: number; type: string; bytes: Buffer }> {
  const { statusCode, headers, rawPayload } = await office.app.inject({
    method: 'POST', url: consoleDoorPath('passes'), headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', 'cookie': head.cookie }, payload: JSON.stringify({ riders: asked }),
  })
  return { status: statusCode, type: String(headers['content-type']), bytes: rawPayload }
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

test('eleven riders stand on two pages, with fonts of our own only, and each leaves a line', async () => {
  const eleven = riders.filter(({ id, homeStation }) => homeStation === 1 && id !== EXPIRED_RIDER.id).slice(0, 11).map(({ id }) => id)
  const { status, type, bytes } = await print(eleven)
  expect({ status, type, begins: bytes.subarray(0, 5).toString(), pages: pagesOf(bytes) }).toEqual({ status: 200, type: 'application/pdf', begins: '%PDF-', pages: 2 })
  const names = [...bytes.toString('latin1').matchAll(/\/BaseFont \/\w{6}\+(\w+)/g)].map(([, name]) => name)
  expect({ count: names.length > 3, others: names.filter((name) => !(name ?? '').startsWith('NotoSans')), standard: bytes.includes('/BaseFont /Helvetica') }).toEqual({ count: true, others: [], standard: false })
  const staff = await office.person('district_staff')
  const lines = await staff.ask(auditTrailDoor, tableQuestion('at', { filters: { act: 'passes_printed' } }))
  expect(lines.ok && lines.answer.rows.map(({ row }) => row).toSorted()).toEqual(eleven.toSorted())
})

test('who has no good card has no pass; who is no rider of the district is refused', async () => {
  const rider = demoRider('rouzi')
  const card = riders.find(({ id }) => id === rider)?.card ?? 0
  expect(await head.ask(revokeCardDoor, { rider, card })).toEqual({ ok: true, answer: {} })
  expect((await print([rider])).status).toBe(404)
  expect((await print([STATION])).status).toBe(404)
  expect((await print([rider, demoRider('li'), demoRider('li')])).status).toBe(200)
  expect((await print([])).status).toBe(400)
})

test('a rare sign of a name comes from the second font; one that says nothing and that no font has is left out', async () => {
  const fonts = await openSheetFonts(['䶮·*', '王 😀'])
  expect(fonts.pieces('䶮').map(({ text, font }) => ({ text, isRare: font.endsWith('noto-sans-sc-rare.woff2') }))).toEqual([{ text: '䶮', isRare: true }])
  expect([fonts.pieces('王😀').map(({ text }) => text).join(''), fonts.canPrint('王😀')]).toEqual(['王', true])
  expect(fonts.fonts.size).toBeGreaterThan(2)
})

test('Uyghur has a font of its own, and its words stand from the right to the left, with what is between them', async () => {
  const text = '急救 قۇتقۇزۇش (CPR) يىلى!'
  const fonts = await openSheetFonts([text])
  const pieces = fonts.pieces(text)
  expect(pieces.map((piece) => piece.text)).toEqual(['急救', ' ', 'قۇتقۇزۇش', ' (', 'CPR', ') ', 'يىلى', '!'])
  expect(pieces.filter(({ font }) => font.includes('noto-sans-arabic')).map((piece) => piece.text)).toEqual(['قۇتقۇزۇش', 'يىلى'])
  const name = 'ئابدۇراخمان (ئابدۇ) كېرىم'
  expect((await openSheetFonts([name])).pieces(name).map((piece) => piece.text)).toEqual(['كېرىم', ' (', 'ئابدۇ', ') ', 'ئابدۇراخمان'])
})

test('letters that no font has are said, and their line is left to be written by hand; never a box', async () => {
  const text = '<b>王</b> 👨‍👩‍👧'
  const fonts = await openSheetFonts([text, 'བཀྲ་ཤིས'])
  expect([fonts.pieces(text).map((piece) => piece.text).join(''), fonts.canPrint(text), fonts.canPrint('བཀྲ་ཤིས')]).toEqual(['<b>王</b> ', true, false])
  const pass = (maskedName: string): PrintedPass => ({ code: 'BXZ1', maskedName, brand: '博爱小站', station: '👨‍👩‍👧', hotline: '1', card: 1, issueDay: 20_000, lastDay: 21_000 })
  expect(pagesOf(await drawPassSheet([pass(text), pass('བཀྲ་ཤིས')]))).toBe(1)
})

test('a name and a station of any length stay on the card', async () => {
  const pass: PrintedPass = { code: 'BXZ1'.repeat(37), maskedName: '肉孜艾力艾合买提江吐尔逊·*'.repeat(2), brand: '博爱小站', station: '很长的站名'.repeat(12), hotline: '0991-0000000', card: 65_535, issueDay: 20_000, lastDay: 21_000 }
  expect(pagesOf(await drawPassSheet([pass]))).toBe(1)
})
