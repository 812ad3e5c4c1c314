import { expect, test } from 'vitest'
import { helloOf } from '../../../station/sync/hello.ts'
import { startMirrorOver } from '../../../station/sync/apply-answers.ts'
import { openEmptyCounter } from '../../support/counter.ts'

test('a station whose cursor was just refused still says in which history central acknowledged, and how much: a restored central is to hear what it lost', () => {
  const counter = openEmptyCounter()
  const history = '0192f0c0-0000-4000-8000-000000000001'
  counter.database.write((writer) => {
    writer.run('UPDATE sync_state SET history = ?, cursor_number = 90, acknowledged_history = ?, highest_acknowledged_seq = 31', history, history)
    startMirrorOver(writer)
  })
  expect(helloOf(counter, { certificate: null, program: 'test' })).toMatchObject({ acknowledgedSeq: 31, cursor: { history, number: 0 } })
})

test('a new file has nothing that was acknowledged', () => {
  expect(helloOf(openEmptyCounter(), { certificate: null, program: 'test' })).toMatchObject({ acknowledgedSeq: 0, cursor: null })
})
