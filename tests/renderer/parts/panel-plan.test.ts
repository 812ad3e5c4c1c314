import { expect, test } from 'vitest'
import { NINE_KEYS } from '../../../renderer/pinyin/nine-keys.ts'
import { typingPlan } from '../../../renderer/parts/typing-plan.ts'
import { pitchUntilTold, planPanel } from '../../../renderer/parts/panel-plan.ts'

/** Every panel we support, by its pixels and its real pitch. */
const PANELS = [
  { widthPx: 1080, heightPx: 1920, pitchMm: 0.248 },
  { widthPx: 1080, heightPx: 1920, pitchMm: 0.369 },
  { widthPx: 1920, heightPx: 1080, pitchMm: 0.179 },
  { widthPx: 1920, heightPx: 1080, pitchMm: 0.311 },
  { widthPx: 1280, heightPx: 800, pitchMm: 0.204 },
]

test('Before a machine is told its panel, nothing on it is smaller than its millimetres', () => {
  const smaller = PANELS.filter(({ widthPx, heightPx, pitchMm }) => {
    const { mmPx } = planPanel({ widthPx, heightPx, pitchMm: pitchUntilTold(widthPx, heightPx) })
    return mmPx * pitchMm < 0.99
  })
  expect(smaller).toEqual([])
})

test('On every panel, in low reach too, there is a keyboard with every letter, something to erase with and a way to the signs', () => {
  for (const { widthPx, heightPx, pitchMm } of PANELS) {
    for (const lowReach of [false, true]) {
      const plan = typingPlan(planPanel({ widthPx, heightPx, pitchMm }).layout, lowReach)
      const letters = [...plan.letters.join('')].map((key) => NINE_KEYS[key] ?? key).join('')
      expect([...letters].toSorted().join('')).toBe('abcdefghijklmnopqrstuvwxyz')
      expect(plan.acts.flat()).toEqual(expect.arrayContaining(['erase', 'signs']))
    }
  }
})
