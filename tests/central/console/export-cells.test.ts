// A moment leaves as a date and a time, however its column is called; a count and a span stay numbers.

import { expect, test } from 'vitest'
import { cellsOf } from '../../../central/console/export/export-cells.ts'

const AT_MS = Date.UTC(2026, 10, 29, 12, 5)
const cell = (key: string): unknown => cellsOf({ [key]: AT_MS }, [{ key, heading: key }], { language: 'zh', utcOffsetMinutes: 480 })[0]

test.each(['atMs', 'untilMs', 'receivedAtMs', 'seenAtMs'])('%s is a time', (key) => {
  expect(cell(key)).toEqual({ kind: 'time', text: '2026-11-29 20:05', serial: AT_MS / 86_400_000 + 25_569 + 480 / 1440 })
})

test.each(['clockOffsetMs', 'points', 'formatMs'])('%s is a number', (key) => {
  expect(cell(key)).toEqual({ kind: 'number', value: AT_MS })
})
