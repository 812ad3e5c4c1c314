import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIRST_CONSENT } from '../../../domain/first-consent.ts'
import { consentRoom, pagesOf } from '../../../renderer/flow/consent-pages.ts'

const PORTRAIT = { orientation: 'portrait', compact: false } as const

test('What every district begins with is one page on an upright panel, in both languages', () => {
  expect([pagesOf(FIRST_CONSENT.zh, consentRoom(PORTRAIT, 'zh')), pagesOf(FIRST_CONSENT.en, consentRoom(PORTRAIT, 'en'))]).toEqual([[FIRST_CONSENT.zh], [FIRST_CONSENT.en]])
})

test('Pages break between sentences', () => {
  expect(pagesOf('一二三。四五六。七八九。', 8)).toEqual(['一二三。四五六。', '七八九。'])
  expect(pagesOf('One two. Three four. Five.', 7)).toEqual(['One two.', 'Three four.', 'Five.'])
})

test('A sentence longer than a page is broken between clauses or words', () => {
  expect(pagesOf('我们记下姓名，手机号，站点。', 8)).toEqual(['我们记下姓名，', '手机号，站点。'])
  expect(pagesOf('to keep your points and to plan', 8)).toEqual(['to keep your', 'points and to', 'plan'])
})

test('What has neither is broken between whole signs', () => {
  expect(pagesOf('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2)).toEqual(['👨‍👩‍👧👨‍👩‍👧', '👨‍👩‍👧'])
})

test('An empty text is one empty page', () => {
  expect(pagesOf('', 10)).toEqual([''])
})

test('Nothing of a text is lost, and no page holds more than its room', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('我们记下', '姓名', '。', '！', ' Name', ' phone', '. ', '; ', '\n', '3.5', 'www.a.cn')), fc.integer({ min: 4, max: 40 }), (parts, room) => {
      const text = parts.join('')
      const pages = pagesOf(text, room)
      expect(pages.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      for (const page of pages) expect([...page].reduce((width, sign) => width + (sign < '\u0250' ? 0.5 : 1), 0)).toBeLessThanOrEqual(room)
    }),
  )
})
