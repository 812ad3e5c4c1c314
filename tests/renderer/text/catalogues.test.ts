import { expect, test } from 'vitest'
import { refusal, type Refusal } from '../../../contract/kiosk/kiosk-requests.ts'
import { scanOutcome, trouble } from '../../../contract/kiosk/kiosk-view.ts'
import { dayOfCivil } from '../../../domain/calendar.ts'
import type { PointsAway } from '../../../renderer/flow/rest-of-points.ts'
import type { Notice } from '../../../renderer/flow/flow-state.ts'
import { minutesAndSeconds, partOfDay, timeOfDay } from '../../../renderer/text/wall-time.ts'
import { CATALOGUES } from '../../../renderer/text/catalogues.ts'
import type { Catalogue } from '../../../renderer/text/catalogue.ts'
import { en } from '../../../renderer/text/en.ts'
import { zh } from '../../../renderer/text/zh.ts'

const CHINESE_MAX = 28
/** Two Latin letters are about as wide as one Chinese character. */
const LATIN_MAX = 60
const LONGEST_ITEM = { zh: '防滑骑行手套', en: 'Grip riding gloves' }

const NUMBERS = { item: 'soap', left: 2, limit: 3, period: 'halfyear' as const, points: 500, allowance: 126, short: 374, triesLeft: 3, untilMs: 0, unitsMax: 9_999, linesMax: 100, training: 't', signupsMax: 5, charactersMax: 140, characters: 152, wishesMax: 3, waitingMax: 50 }
const AWAY: Extract<PointsAway, { kind: 'silent' }> = { kind: 'silent', points: 1_126, place: { zh: '六道湾 · 小巴郎骑手驿站', en: "Liudaowan Riders' Station" }, more: 0, silentMs: 7_200_000 }
const REFUSALS: readonly Refusal[] = refusal.options.map((option) => ({ ...NUMBERS, code: option.shape.code.value }) as Refusal)
const NOTICES: readonly Notice[] = (Object.keys(zh.notices) as Notice['kind'][]).map(
  (kind) => ({ kind, came: 12, points: 126, away: AWAY, what: 'sign_up', state: 'seated', place: 3, sent: false, item: 'soap', code: '6990000099999', quantity: 10, units: 12, left: 2, missing: 374, here: 126, unitsMax: 10, lines: 12, linesMax: 100, wishesMax: 3 }) as Notice,
)

/** What functions of the catalogue are given where the value matters to the words. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  of: [{ zh: '香皂', en: 'Soap' }],
  time: [Date.UTC(2026, 10, 21, 6, 26), 480],
  date: [Date.UTC(2026, 10, 21, 6, 26), 480],
  hello: ['肉孜艾力·*', 'afternoon'],
  welcome: ['afternoon'],
  checkedIn: [12, '14:26'],
  limitReached: ['halfyear'],
  limit: [10, 'halfyear'],
  clock: [-7_200_000, '2 '],
  ago: [7_200_000],
  heard: ['3 '],
  outbox: [1_126, '3 '],
  call: ['0991-000 0101'],
  locked: ['59:59'],
  expiryOn: ['2026年12月31日'],
  month: [12],
  monthDay: [{ year: 2026, month: 12, dayOfMonth: 31 }, ''],
  posted: ['3 '],
  hasPersonal: [['1', '2']],
}

/** Every text of a catalogue by its path, functions called. */
function textsOf(text: Catalogue, language: 'zh' | 'en'): Map<string, string> {
  const found = new Map<string, string>()
  const item = LONGEST_ITEM[language]
  function visit(value: unknown, path: string, name: string): void {
    if (typeof value === 'string') found.set(path, value)
    else if (typeof value === 'function') visit(call(value, path, name), `${path}()`, name)
    else if (Array.isArray(value)) value.forEach((one, index) => visit(one, `${path}.${index}`, name))
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`, key)
  }
  function call(value: Function, path: string, name: string): unknown {
    if (path.startsWith('refused.words.')) return value(REFUSALS.find((one) => one.code === name), item)
    if (path === 'notices.wish_noted()' || path === 'notices.wish_noted') return value({ what: 'posted', sent: false })
    if (name === 'syncHint') return value({ kind: 'to_do', things: 12 })
    if (path.startsWith('notices.')) return value(NOTICES.find((one) => one.kind === name), item)
    if (/^points\.(away|brief|short\.away|shortLine)\./.test(path)) return value(AWAY, AWAY.place[language], 1_126)
    if (path.startsWith('points.short.')) return value({ missing: 1_126, balance: 12_345, pending: 126 })
    if (name === 'line' || name === 'cartLine') return path.startsWith('restockDone') ? value(111, 17) : value(item, 10)
    return value(...(ARGUMENTS[name] ?? [126, 17]))
  }
  visit(text, '', '')
  return found
}

test('Both languages have the same texts', () => {
  const inChinese = [...textsOf(zh, 'zh').keys()].sort()
  expect([...textsOf(en, 'en').keys()].sort()).toEqual(inChinese)
  expect(inChinese.length).toBeGreaterThan(300)
})

test('No text is empty, in no language', () => {
  for (const language of ['zh', 'en'] as const) {
    for (const [path, words] of textsOf(CATALOGUES[language], language)) expect(`${path}: ${words.trim()}`).not.toMatch(/: $/)
  }
})

test('Every line of Chinese is at most 28 characters', () => {
  const long = [...textsOf(zh, 'zh')].filter(([, words]) => words.split('\n').some((line) => widthOf(line) > CHINESE_MAX))
  expect(long).toEqual([])
})

test('Every line of English is short', () => {
  const long = [...textsOf(en, 'en')].filter(([, words]) => words.length > LATIN_MAX)
  expect(long).toEqual([])
})

test('Chinese has no English left in it, but for the name of the other language', () => {
  const mixed = [...textsOf(zh, 'zh')].filter(([path, words]) => path !== 'parts.language' && path !== 'htmlLang' && path !== 'direction' && /[A-Za-z]/.test(words))
  expect(mixed).toEqual([])
})

test('English has no Chinese left in it, but for the name of the other language', () => {
  const mixed = [...textsOf(en, 'en')].filter(([path, words]) => path !== 'parts.language' && !path.includes('hello') && !path.includes('expiryOn') && /\p{Script=Han}/u.test(words))
  expect(mixed).toEqual([])
})

test('Nobody is told that an operation failed', () => {
  for (const language of ['zh', 'en'] as const) {
    for (const words of textsOf(CATALOGUES[language], language).values()) expect(words).not.toMatch(/操作失败|操作|系统错误|异常|非法|error|invalid|operation/i)
  }
})

test('Every refusal of the station has its words: what, why and what next', () => {
  const codes = refusal.options.map((option) => option.shape.code.value).sort()
  for (const text of Object.values(CATALOGUES)) expect(Object.keys(text.refused.words).sort()).toEqual(codes)
})

test('Every verdict on a scan and every detail has words for the rider and for staff', () => {
  const refused = scanOutcome.options.find((option) => option.shape.kind.value === 'refused')
  if (refused === undefined || !('verdict' in refused.shape)) throw new Error('the contract has no refused scan')
  const words = [...refused.shape.verdict.options, ...refused.shape.detail.unwrap().options].sort()
  for (const text of Object.values(CATALOGUES)) {
    expect(Object.keys(text.notUnderstood.rider).sort()).toEqual(words)
    expect(Object.keys(text.notUnderstood.staff).sort()).toEqual(words)
  }
})

test('Every trouble of the machine has its words, and all of them say that rest goes on or whom to call', () => {
  for (const text of Object.values(CATALOGUES)) expect(Object.keys(text.outOfOrder.trouble).sort()).toEqual([...trouble.shape.code.options].sort())
  for (const said of Object.values(zh.outOfOrder.trouble)) expect(said.next).toContain('休息照常')
})

test('A greeting names the rider by the masked name and the time of day', () => {
  expect(zh.greeting.hello('张*', 'afternoon')).toBe('张*师傅，下午好')
  expect(en.greeting.hello('张*', 'evening')).toBe('Good evening, 张*')
})

test('What cannot be had says how far away it is, and nothing where the balance is hidden', () => {
  expect([zh.shelf.short(374), zh.shelf.short(null), zh.shelf.partElsewhere(40)]).toEqual(['还差 374 分', '积分还不够', '分够，这里能用 40'])
})

test('Points are signed by a true minus', () => {
  expect([20, -20, 0].map(zh.myPoints.signed)).toEqual(['+20', '−20', '0'])
})

test('Times and dates are the wall’s, in both languages, on every machine', () => {
  const wallMs = Date.UTC(2026, 10, 21, 16, 5)
  expect([timeOfDay(wallMs, 480), zh.date(wallMs, 480), en.date(wallMs, 480), en.date(wallMs, 0)]).toEqual(['00:05', '2026年11月22日', '22 Nov 2026', '21 Nov 2026'])
  expect([zh.day(dayOfCivil({ year: 2027, month: 1, dayOfMonth: 31 })), minutesAndSeconds(65), minutesAndSeconds(-1)]).toEqual(['2027年1月31日', '1:05', '0:00'])
})

test('The day has five parts', () => {
  const parts = [0, 4, 5, 10, 11, 13, 18, 22, 23].map((hour) => partOfDay(Date.UTC(2026, 10, 21, hour), 0))
  expect(parts).toEqual(['night', 'night', 'morning', 'morning', 'noon', 'afternoon', 'evening', 'evening', 'night'])
})

/** In Chinese characters: what is not one takes half the room. */
function widthOf(line: string): number {
  return Array.from(line).reduce((sum, sign) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/.test(sign) ? 1 : 0.5), 0)
}
