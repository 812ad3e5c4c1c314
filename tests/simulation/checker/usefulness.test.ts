import { expect, test } from 'vitest'
import { checkUsefulness } from './usefulness.ts'
import { RIDER, soundEvidence, STATION } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkUsefulness(soundEvidence())).toEqual([])
})

test('somebody who was refused and had enough is found, only where nothing went wrong', () => {
  const evidence = soundEvidence()
  const refusal = { station: STATION, rider: RIDER, pricePoints: 10, atMs: 1 }
  evidence.witness.pointsRefusals = [{ ...refusal, balancePoints: 9 }, { ...refusal, balancePoints: 10 }]
  expect(checkUsefulness(evidence).length).toBe(1)
  evidence.witness.isFaultless = false
  expect(checkUsefulness(evidence)).toEqual([])
})
