// Takes boxes of words: opens each, holds it against what its event promised, and keeps the text under the person's key alone.
// Each box gets an answer of its own; a repeat is a success. No event moves by it, and no word of it is in any log.

import type { SealedBox, WordsAnswer, WordsRequest } from '../../contract/sync/sealed-words.ts'
import type { CentralStore, StoreTransaction } from '../store/central-store.ts'
import type { PersonKeyRow, WordsRow } from '../store/words.ts'
import { openBox, type OpenWords, type ShutBox } from '../words/open-box.ts'
import { keepUnder } from '../words/person-key.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'
import { type HeldWords, noteWordsHeld } from './words-held.ts'

type BoxAnswer = WordsAnswer['boxes'][number]

interface OpenedBox {
  ref: string
  words: OpenWords | ShutBox
}

export async function takeWords(context: SyncContext, asking: KnownStation, { incarnation, boxes }: WordsRequest): Promise<SyncResult<WordsAnswer>> {
  if (!(await hasSaidHello(context, asking, incarnation))) return HELLO_NEEDED
  const opened = boxes.map((box: SealedBox): OpenedBox => ({ ref: box.ref, words: openBox(context.sealing, asking.station, box) }))
  const nowMs = context.nowMs()
  const answers = await keepOpened(context, context.store, asking, opened, nowMs)
  for (const answer of answers) context.counters.count({ what: 'words', result: answer.result === 'held' ? 'held' : answer.code })
  return { ok: true, answer: { boxes: answers } }
}

function keepOpened(context: Pick<SyncContext, 'newPersonKey' | 'index'>, store: CentralStore, asking: KnownStation, opened: readonly OpenedBox[], nowMs: number): Promise<BoxAnswer[]> {
  return store.transaction('write', async (transaction) => {
    const promised = await transaction.readWords(opened.map(({ ref }) => ref))
    // An erasure waits for this, or this sees it.
    const riders = [...new Set([...promised.values()].map(({ rider }) => rider))]
    await transaction.readRidersKnown(riders)
    const erased = await transaction.readErased(riders)
    const keeping: { row: WordsRow; words: OpenWords }[] = []
    const answers = opened.map(({ ref, words }): BoxAnswer => {
      const row = promised.get(ref)
      if (row === undefined || row.station !== asking.station) return { ref, result: 'refused', code: 'event_unknown' }
      if (erased.has(row.rider)) return { ref, result: 'refused', code: 'erased' }
      if (row.heldAtMs !== null) return { ref, result: 'held' }
      if (typeof words === 'string') return { ref, result: 'refused', code: words }
      if (Buffer.from(row.commitment).toString('hex') !== words.commitment) return { ref, result: 'refused', code: 'commitment_wrong' }
      keeping.push({ row, words })
      return { ref, result: 'held' }
    })
    await keep(context, transaction, keeping, nowMs)
    return answers
  })
}

async function keep(context: Pick<SyncContext, 'newPersonKey' | 'index'>, transaction: StoreTransaction, keeping: readonly { row: WordsRow; words: OpenWords }[], nowMs: number): Promise<void> {
  if (keeping.length === 0) return
  const owners = new Map(keeping.map(({ row }) => [row.rider, row.district]))
  const keys = new Map(await transaction.readPersonKeys([...owners.keys()]))
  const missing = [...owners].flatMap(([rider, district]): PersonKeyRow[] => (keys.has(rider) ? [] : [{ rider, district, key: context.newPersonKey() }]))
  if (missing.length > 0) {
    await transaction.makePersonKeys(missing, nowMs)
    // Another's may have been quicker.
    for (const [rider, key] of await transaction.readPersonKeys(missing.map(({ rider }) => rider))) keys.set(rider, key)
  }
  const held = keeping.map(({ row, words }): HeldWords & { salt: Uint8Array } => {
    const personKey = keys.get(row.rider)
    if (personKey === undefined) throw new Error('a person who was just given a key has one')
    return { ...row, text: words.text, salt: words.salt, personKey }
  })
  await transaction.keepWords(held.map(({ ref, salt, text, personKey }) => ({ ref, kept: keepUnder(personKey, ref, { salt, text }) })), nowMs)
  const changes = await noteWordsHeld(transaction, held, { nowMs, index: context.index })
  if (changes.length > 0) await transaction.appendChanges(changes)
}
