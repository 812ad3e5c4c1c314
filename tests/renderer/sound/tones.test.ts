import { expect, test } from 'vitest'
import { gainAt, openTones } from '../../../renderer/sound/tones.ts'

test('From ten in the evening to seven in the morning the sounds are quieter', () => {
  const gains = [21 * 60 + 59, 22 * 60, 0, 6 * 60 + 59, 7 * 60].map(gainAt)
  expect(gains).toEqual([0.25, 0.06, 0.06, 0.06, 0.25])
})

test('A machine without sound is silent and nothing breaks', () => {
  const tones = openTones({})
  expect(() => tones.play('done', 12 * 60)).not.toThrow()
})

test('The loudspeaker is opened with the page: opening one takes long enough to hold up the first greeting', () => {
  let opened = 0
  class Loudspeaker {
    readonly number = (opened += 1)
  }
  openTones({ AudioContext: Loudspeaker as unknown as typeof AudioContext })
  expect(opened).toBe(1)
})
