import { expect, test } from 'vitest'
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
