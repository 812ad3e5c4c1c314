// A wish that somebody lit with a photo: posted, approved, claimed and fulfilled by the acts that everybody uses, and the photo taken
// in as an upload leaves it.

import { randomUUID } from 'node:crypto'
import type { ObjectStore } from '../../central/media/object-store.ts'
import { readPhoto } from '../../central/media/read-photo.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import { sqlStore } from '../../central/store/sql-store.ts'
import { claimWish, fulfilWish } from '../../central/wishes/claim-wish.ts'
import { reviewWish } from '../../central/wishes/review-wish.ts'
import { postWish } from '../../central/wishes/rider-wishes.ts'
import { newWords } from '../central/wishes/wish-town.ts'
import { DISTRICT, STATION } from './office.ts'

export async function lightWish(
  { database, objects, nowMs }: { database: OpenDatabase; objects: ObjectStore; nowMs: number }, { rider, taken, words }: { rider: string; taken: Uint8Array; words: string | null },
): Promise<{ wish: string; photo: string }> {
  const [wish, photo, partner] = [randomUUID(), randomUUID(), randomUUID()]
  const read = await readPhoto(taken)
  if (!read.ok) throw new Error(read.error)
  await objects.put(photo, read.photo.bytes)
  await database.query(`INSERT INTO partners (partner_id, district_id, name, kind, state, made_at_ms) VALUES ($1, $2, '{"zh":"南门粮店","en":"South Gate Grain"}', 'merchant', 'active', $3)`, [partner, DISTRICT, nowMs])
  const acting = { id: partner, district: DISTRICT, name: { zh: '南门粮店', en: 'South Gate Grain' }, account: null }
  await sqlStore(database).transaction('write', async (transaction) => {
    const acts = [
      await postWish(transaction, { id: wish, rider, station: STATION, category: 'small_need', shown: 'anonymous', reach: 'station', words: () => Promise.resolve(newWords()), account: null }, nowMs),
      await reviewWish(transaction, DISTRICT, { wish, version: 1, verdict: 'approve', text: '想要一副冬天骑车的手套', who: null, account: null }, nowMs),
      await claimWish(transaction, acting, wish, nowMs),
      await fulfilWish(transaction, acting, { wish, claim: 1, words, photo }, nowMs),
    ]
    for (const act of acts) if (!act.ok) throw new Error(act.error)
  })
  return { wish, photo }
}
