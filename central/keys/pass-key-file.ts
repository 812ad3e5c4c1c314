// The private keys that passes are signed with, by key id, in a file beside central's own key: never in the database, whose
// backups go elsewhere. A key is in the file before its public half is in the database, never the other way round.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { PassKeyPair } from '../passes.ts'
import type { Database } from '../store/database.ts'
import { readIfThere, replaceFile } from './durable-file.ts'

const passKeyFile = z.record(z.string().regex(/^\d{1,5}$/), z.string())

export interface PassKeys {
  /** Private halves, PKCS #8 as PEM, by key id. */
  read(): ReadonlyMap<number, string>
  /** Durable when it returns. A key that is there already stays. */
  keep(pairs: readonly Pick<PassKeyPair, 'keyId' | 'privateKeyPem'>[]): void
}

export function passKeyFileAt(file: string): PassKeys {
  const read = (): Map<number, string> => {
    const text = readIfThere(file)
    if (text === null) return new Map()
    try {
      return new Map(Object.entries(passKeyFile.parse(JSON.parse(text))).map(([keyId, pem]) => [Number(keyId), pem]))
    } catch {
      // Without the cause: its words would repeat a piece of a key.
      throw new Error(`${file} does not hold pass keys`)
    }
  }
  return {
    read,
    keep(pairs) {
      const keys = new Map([...pairs.map(({ keyId, privateKeyPem }): [number, string] => [keyId, privateKeyPem]), ...read()])
      replaceFile(file, `${JSON.stringify(Object.fromEntries([...keys].toSorted(([one], [other]) => one - other)), null, 2)}\n`)
    },
  }
}

export function passKeysInMemory(): PassKeys {
  const keys = new Map<number, string>()
  return {
    read: () => keys,
    keep: (pairs) => {
      for (const { keyId, privateKeyPem } of pairs) if (!keys.has(keyId)) keys.set(keyId, privateKeyPem)
    },
  }
}

/** Keeps the new pairs, and answers the public halves of what is kept under their ids: an earlier one may be there. */
export function keepPassKeys(keys: PassKeys, pairs: readonly PassKeyPair[]): Pick<PassKeyPair, 'keyId' | 'publicKey'>[] {
  keys.keep(pairs)
  const kept = keys.read()
  return pairs.map(({ keyId, publicKey, privateKeyPem }) => {
    const pem = kept.get(keyId) ?? privateKeyPem
    return { keyId, publicKey: pem === privateKeyPem ? publicKey : createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString() }
  })
}

/** Private keys by id, to sign with. */
export function passSigningKeys(keys: PassKeys): Map<number, KeyObject> {
  return new Map([...keys.read()].map(([keyId, pem]) => [keyId, createPrivateKey(pem)]))
}

/** Databases of an earlier program hold private keys: they go into the file, then out of the rows. Answers how many. */
export async function movePassKeysOut(database: Database, keys: PassKeys): Promise<number> {
  const rows = await database.query<{ keyId: number; privateKeyPem: string }>(
    'SELECT key_id AS "keyId", private_key_pem AS "privateKeyPem" FROM pass_keys WHERE private_key_pem IS NOT NULL ORDER BY key_id',
  )
  if (rows.length === 0) return 0
  keys.keep(rows)
  const kept = keys.read()
  const other = rows.find(({ keyId, privateKeyPem }) => kept.get(keyId) !== privateKeyPem)
  if (other !== undefined) throw new Error(`pass key ${other.keyId} of the database is not the one in the file: one of them belongs to another central`)
  await database.query('UPDATE pass_keys SET private_key_pem = NULL WHERE key_id = ANY($1::int[])', [rows.map((row) => row.keyId)])
  return rows.length
}
