import { expect, test } from 'vitest'
import { createSimulatedScanner } from '../../../station/scanner/simulated-scanner.ts'
import { tooLongText } from '../../../station/scanner/scanner-port.ts'
import { recordedPass } from '../../fixtures/scanner/recording.ts'

test('a simulated scan reaches the port as text through the framing, and an overlong one as too long', () => {
  const heard: unknown[] = []
  let nowMs = 100
  const scanner = createSimulatedScanner(
    (...said) => heard.push(said),
    () => (nowMs += 1),
  )
  scanner.scan(recordedPass)
  scanner.scan('6901234567892', ']E0')
  scanner.scan('7'.repeat(7000))
  expect(heard).toEqual([
    [recordedPass, 103, 'simulated', ']Q1'],
    ['6901234567892', 104, 'simulated', ']E0'],
    [tooLongText, 178, 'simulated'],
  ])
})

test('an AIM id of the wrong length is a bug of the caller', () => {
  const scanner = createSimulatedScanner(
    () => undefined,
    () => 0,
  )
  expect(() => scanner.scan('x', ']Q')).toThrow('an AIM id has 3 characters: "]Q"')
})
