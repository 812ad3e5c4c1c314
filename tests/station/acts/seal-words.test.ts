import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import { openBox } from '../../../central/words/open-box.ts'
import { WORDS_BYTES_MAX } from '../../../contract/sync/sealed-words.ts'
import { sealingStop, sealWords } from '../../../station/acts/seal-words.ts'
import { boxesState, boxesToSend, BOXES_WAITING_MAX, insertBox, noteBoxAnswers, pruneBoxes } from '../../../station/store/sealed-words.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { openEmptyCounter, STATION, type TestCounter, ZHANG } from '../../support/counter.ts'

const keys = makeSealingKeys()

function openSealingCounter(): TestCounter {
  const counter = openEmptyCounter()
  applyChanges(counter, [{ kind: 'sealing_key', scope: 'district', number: 1, key: 'current', row: keys.current }])
  return counter
}

const event = (counter: TestCounter) => ({ seq: 1, id: counter.ids.random(), wallMs: counter.clock.wallMs() })
const seal = (counter: TestCounter, text: string) => counter.database.write((writer) => sealWords(writer, counter, event(counter), { rider: ZHANG, text }))
const LIMITS = { countMax: 100, bytesMax: 1_000_000, againToo: true }

test('what is typed comes out at central as it was, and is the text that was promised', () => {
  const counter = openSealingCounter()
  const text = '希望有一双防滑鞋 👨‍👩‍👧 <b>\u202e'
  const { ref, commitment } = seal(counter, text)
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = 1'))
  const [box] = boxesToSend(counter.database.read, LIMITS)
  expect(box === undefined ? null : openBox(keys, STATION, box)).toMatchObject({ text, commitment })
  expect(box?.ref).toBe(ref)
})

test('the station’s file holds no text and no salt of it, and the same text twice is nothing alike', () => {
  const counter = openSealingCounter()
  const [one, other] = [seal(counter, '我的电话是13912345678'), seal(counter, '我的电话是13912345678')]
  expect(one.commitment).not.toBe(other.commitment)
  const rows = counter.database.read.all<{ box: Uint8Array }>('SELECT box FROM sealed_words')
  expect(rows.map(({ box }) => Buffer.from(box).includes(Buffer.from('13912345678')))).toEqual([false, false])
})

test('nothing can be typed before central has told its key, nor when too much of it waits', () => {
  const counter = openEmptyCounter()
  expect(sealingStop(counter.database.read)).toBe('no_key')
  expect(() => seal(counter, 'x')).toThrow('without a key')
  applyChanges(counter, [{ kind: 'sealing_key', scope: 'district', number: 1, key: 'current', row: keys.current }])
  expect(sealingStop(counter.database.read)).toBeNull()
  counter.database.write((writer) => {
    for (let made = 0; made < BOXES_WAITING_MAX; made += 1) insertBox(writer, 1, { ref: `r${made}`, rider: ZHANG, keyId: 'k', box: new Uint8Array(1), madeAtMs: made })
  })
  expect(sealingStop(counter.database.read)).toBe('full')
})

test('a text longer than any that is asked for is refused before anything is written', () => {
  const counter = openSealingCounter()
  expect(() => seal(counter, '字'.repeat(WORDS_BYTES_MAX / 3 + 1))).toThrow(RangeError)
  expect(boxesState(counter.database.read)).toEqual({ waiting: 0, oldestAtMs: null, refused: 0 })
})

test('a box is sent after its event, a bounded number at a time, and again until central holds it', () => {
  const counter = openSealingCounter()
  const refs = ['a', 'b', 'c'].map((text) => seal(counter, text).ref)
  const { read } = counter.database
  expect(boxesToSend(read, LIMITS)).toEqual([])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = 1'))
  expect(boxesToSend(read, { ...LIMITS, bytesMax: 1 })).toHaveLength(1)
  expect(boxesToSend(read, { ...LIMITS, countMax: 2 })).toHaveLength(2)
  counter.database.write((writer) =>
    noteBoxAnswers(writer, [
      { ref: refs[0] ?? '', result: 'held' }, { ref: refs[1] ?? '', result: 'refused', code: 'event_unknown' }, { ref: refs[2] ?? '', result: 'refused', code: 'unreadable' },
    ]),
  )
  expect(boxesToSend(read, { ...LIMITS, againToo: false })).toEqual([])
  expect(boxesToSend(read, LIMITS).map(({ ref }) => ref)).toEqual([refs[1]])
  expect(boxesState(read)).toMatchObject({ waiting: 1, refused: 1 })
  counter.database.write((writer) => noteBoxAnswers(writer, [{ ref: refs[1] ?? '', result: 'refused', code: 'erased' }]))
  expect(read.all('SELECT ref FROM sealed_words WHERE ref = ?', refs[1] ?? '')).toEqual([])
})

test('a box that central holds stays for 45 days, and until a backup surely has it: one that holds a later event', () => {
  const counter = openSealingCounter()
  const { ref } = seal(counter, 'a')
  const left = (backedUpSeq: number, days = 46): number => {
    counter.database.write((writer) => {
      writer.run('UPDATE sync_state SET acknowledged_seq = 5, backed_up_seq = ?', backedUpSeq)
      pruneBoxes(writer, counter.clock.wallMs() + days * 86_400_000)
    })
    return counter.database.read.all('SELECT ref FROM sealed_words').length
  }
  expect(left(9)).toBe(1)
  counter.database.write((writer) => noteBoxAnswers(writer, [{ ref, result: 'held' }]))
  expect([left(4), left(5), left(6, 44), left(6)]).toEqual([1, 1, 1, 0])
})
