// Central's files outside the database: made once, readable by their owner only, whole after a cut, loud when damaged.

import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openKeyFolder } from '../../../central/keys/key-folder.ts'
import { type OutsideRecord, outsideLogAt } from '../../../central/keys/outside-log.ts'
import { passKeyFileAt } from '../../../central/keys/pass-key-file.ts'
import { openSigner } from '../../../central/keys/signer.ts'
import { makePassKey } from '../../../central/passes.ts'
import { temporaryFolder } from '../../support/counter.ts'

const STATION = '0190b5a2-0000-7000-8000-000000000001'
const banned: OutsideRecord = { kind: 'incarnation_banned', station: STATION, incarnation: '5b0a3a2e-6f0a-4b1e-9d55-0d6a6a1f0001', atMs: 2 }
const revoked: OutsideRecord = { kind: 'station_revoked', station: STATION, atMs: 1 }

test("central's key is made at the first start, is its owner's only, and is the same at the next", () => {
  const folder = temporaryFolder()
  const first = openKeyFolder({ data: folder, keyFile: null })
  const again = openKeyFolder({ data: folder, keyFile: null })
  const file = join(folder, 'central-key.json')
  expect({ same: again.signer.publicKey === first.signer.publicKey, mode: statSync(file).mode & 0o777, length: first.signer.publicKey.length }).toEqual({
    same: true, mode: 0o600, length: 43,
  })
  expect(again.signer.isOwn('a text', first.signer.sign('a text'))).toBe(true)
  expect(again.signer.isOwn('another text', first.signer.sign('a text'))).toBe(false)
})

test('a named file has its neighbours beside it; without a folder and without a name central does not start', () => {
  const folder = temporaryFolder()
  expect(openKeyFolder({ data: '/nowhere', keyFile: join(folder, 'kept', 'key.json') }).folder).toBe(join(folder, 'kept'))
  expect(existsSync(join(folder, 'kept', 'key.json'))).toBe(true)
  expect(() => openKeyFolder({ data: null, keyFile: null })).toThrow('BOAI_CENTRAL_KEY')
})

test('a file that is not the key stops the start and is neither replaced nor repeated in the error', () => {
  const file = join(temporaryFolder(), 'central-key.json')
  writeFileSync(file, '{"privateKey": SECRET')
  expect(() => openSigner(file)).toThrow(new Error(`${file} is not central's key`))
  expect(readFileSync(file, 'utf8')).toBe('{"privateKey": SECRET')
})

test('a pass key that is there already stays', () => {
  const keys = passKeyFileAt(join(temporaryFolder(), 'pass-keys.json'))
  const [one, other, two] = [makePassKey(1), makePassKey(1), makePassKey(2)]
  keys.keep([one])
  keys.keep([other, two])
  expect([...keys.read()]).toEqual([[1, one.privateKeyPem], [2, two.privateKeyPem]])
})

test('the outside log gives back what was appended, also behind a line that a power cut tore', () => {
  const file = join(temporaryFolder(), 'outside.ndjson')
  const log = outsideLogAt(file)
  expect(log.read()).toEqual([])
  log.append(revoked)
  appendFileSync(file, '{"kind":"incarnation_ban')
  expect(log.read()).toEqual([revoked])
  log.append(banned)
  expect(outsideLogAt(file).read()).toEqual([revoked, banned])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a damaged line in the middle of the outside log is an alarm, at the start already', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'outside.ndjson'), `${JSON.stringify(revoked)}\n{"kind":"station_revo\n${JSON.stringify(banned)}\n`)
  expect(() => openKeyFolder({ data: folder, keyFile: null })).toThrow('damaged in line 2')
})
