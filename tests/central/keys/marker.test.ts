import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { markerAt } from '../../../central/keys/marker.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'marker-'))
  file = join(folder, 'marker.json')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('what was written last is read, by every process that has the file and by the next one; it is the owner’s alone', () => {
  const [one, other] = [markerAt(file), markerAt(file)]
  expect(one.read()).toBeNull()
  const first = { history: randomUUID(), changes: 123_456_789_012 }
  one.write(first)
  expect([other.read(), markerAt(file).read()]).toEqual([first, first])
  // Shorter than what stood there.
  const second = { history: randomUUID(), changes: 1 }
  other.write(second)
  expect([one.read(), markerAt(file).read()]).toEqual([second, second])
  expect([readFileSync(file).length, statSync(file).mode & 0o777]).toEqual([128, 0o600])
})

test('what can not be read says nothing, and is written over', () => {
  const marker = markerAt(file)
  for (const torn of ['', '{"history":"', Buffer.alloc(128), '{"history":"no id","changes":1}', '[]', 'x'.repeat(5_000)]) {
    writeFileSync(file, torn)
    expect(marker.read()).toBeNull()
  }
  const reached = { history: randomUUID(), changes: 7 }
  marker.write(reached)
  expect([marker.read(), markerAt(file).read()]).toEqual([reached, reached])
})
