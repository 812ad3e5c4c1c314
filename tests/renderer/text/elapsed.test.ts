import { expect, test } from 'vitest'
import { en } from '../../../renderer/text/en.ts'
import { zh } from '../../../renderer/text/zh.ts'

const MINUTE_MS = 60_000

test('How long ago something was is said by its largest whole unit, and not at all under a minute', () => {
  const times = [0, 59_999, MINUTE_MS, 59 * MINUTE_MS, 60 * MINUTE_MS, 47 * 60 * MINUTE_MS, 48 * 60 * MINUTE_MS]
  expect(times.map(zh.ago)).toEqual(['刚刚', '刚刚', '1 分钟前', '59 分钟前', '1 小时前', '1 天前', '2 天前'])
  expect(times.map(en.ago)).toEqual(['just now', 'just now', '1 minute ago', '59 minutes ago', '1 hour ago', '1 day ago', '2 days ago'])
})

test('A clock that is off says in which direction; a few seconds are none', () => {
  const clocks = [null, 4_999, 180_000, -7_200_000]
  expect(clocks.map((offsetMs) => zh.syncReport.clock(offsetMs, zh.duration(offsetMs ?? 0)))).toEqual(['还不知道', '一致', '快 3 分钟', '慢 2 小时'])
})
