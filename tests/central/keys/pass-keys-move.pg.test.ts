// Private pass keys of an earlier program's database move into the file, on both databases.

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { movePassKeysOut, passKeyFileAt } from '../../../central/keys/pass-key-file.ts'
import { makePassKey } from '../../../central/passes.ts'
import type { OpenDatabase } from '../../../central/store/database.ts'
import { migrate } from '../../../central/store/migrate.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { temporaryFolder } from '../../support/counter.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let database: OpenDatabase

  beforeAll(async () => {
    databases = await startDatabases(engine)
    database = await databases.create()
    await migrate(database)
    await database.actAs('program')
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  test('they are in the file before they are out of the rows, once; another key under the same id is an alarm', async () => {
    const keys = passKeyFileAt(join(temporaryFolder(), 'pass-keys.json'))
    const pairs = [makePassKey(1), makePassKey(2)]
    for (const { keyId, publicKey, privateKeyPem } of pairs) {
      await database.query('INSERT INTO pass_keys (key_id, public_key, private_key_pem) VALUES ($1, $2, $3)', [keyId, publicKey, privateKeyPem])
    }
    expect(await movePassKeysOut(database, keys)).toBe(2)
    expect(await movePassKeysOut(database, keys)).toBe(0)
    expect([...keys.read()]).toEqual(pairs.map(({ keyId, privateKeyPem }) => [keyId, privateKeyPem]))
    expect(await database.query('SELECT key_id, public_key, private_key_pem FROM pass_keys ORDER BY key_id')).toEqual(
      pairs.map(({ keyId, publicKey }) => ({ key_id: keyId, public_key: publicKey, private_key_pem: null })),
    )
    await database.query('UPDATE pass_keys SET private_key_pem = $1 WHERE key_id = 1', [makePassKey(1).privateKeyPem])
    await expect(movePassKeysOut(database, keys)).rejects.toThrow('pass key 1')
  })
})
