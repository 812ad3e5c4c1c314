import { expect, test } from 'vitest'
import { machineIds } from '../../../station/station-ids.ts'
import { beginBoot } from '../../../station/store/identity.ts'
import { openMemoryDatabase } from '../../../station/store/memory-database.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'
import { STATION } from '../../support/counter.ts'

test('a life that begins from an image goes on where the image was taken, and the one it was taken from does not notice', () => {
  const first = openMemoryDatabase(null)
  const identity = beginBoot(first, STATION, machineIds)
  const image = first.image()
  first.write((writer) => writer.run('INSERT INTO uncounted_checkins (day, people) VALUES (1, 1)'))
  const second = openMemoryDatabase(image)
  expect([second.read.all('SELECT * FROM uncounted_checkins'), first.read.all('SELECT * FROM uncounted_checkins')]).toEqual([[], [{ day: 1, people: 1 }]])
  expect(beginBoot(second, STATION, machineIds)).toEqual({ ...identity, boot: 2 })
  expect(second.read.get('PRAGMA synchronous')).toEqual({ synchronous: 2 })
  first.close()
  second.close()
})

test('an image with a broken page is refused as damaged', () => {
  const first = openMemoryDatabase(null)
  const image = Buffer.from(first.image())
  first.close()
  image.fill(0xff, 4096, 8192)
  expect(() => openMemoryDatabase(image)).toThrow(StorageError)
})
