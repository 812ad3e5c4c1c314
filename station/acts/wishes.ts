// What a rider does about his wishes here, and what staff hand over: each one fact, with the number of the claim that the screen
// showed. What was typed is cleaned, counted as people count, and sealed to central's key in the same transaction; it is
// readable here no more (docs/decisions/0007). The screen's request makes a repeat harmless.

import type { KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { WISH_TEXT_MAX } from '../../contract/kiosk/wish-view.ts'
import { cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import type { Reader, Writer } from '../store/database.ts'
import { fenceOf } from '../store/fence.ts'
import { outboxState } from '../store/outbox.ts'
import { countOpenWishes, type OwnWishRow, ownWish, wallWish, wishOfRequest } from '../store/wishes.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'
import { sealingStop, sealWords } from './seal-words.ts'

export type WishResult = { ok: true; wish: string } | { ok: false; refusal: Refusal }

type Of<Name extends 'post_wish' | 'edit_wish' | 'withdraw_wish' | 'confirm_wish' | 'fulfil_wish'> = Omit<KioskInput<Name>, 'session'>

export function postWish(counter: Counter, input: Of<'post_wish'> & { rider: string }): WishResult {
  return act(counter, input.request, (writer) => {
    const { rules } = momentOf(counter, writer)
    if (countOpenWishes(writer, input.rider) >= rules.wishesOpenMax) return refuse({ code: 'wishes_full', wishesMax: rules.wishesOpenMax })
    const typed = readTyped(input.text)
    if (!typed.ok) return typed
    if (sealingStop(writer) !== null) return refuse({ code: 'words_not_sealable' })
    const wish = counter.ids.random()
    const { request, rider, category, shown, reach } = input
    recordFact(writer, counter, 'wish.posted/1', (event) => ({ request, wish, rider, category, shown, reach, words: sealWords(writer, counter, event, { rider, text: typed.text }) }))
    return { ok: true, wish }
  })
}

const MAY_EDIT: ReadonlySet<OwnWishRow['state']> = new Set(['unsent', 'in_review', 'asked_back', 'open', 'claimed'])

export function editWish(counter: Counter, { request, rider, wish, text }: Of<'edit_wish'> & { rider: string }): WishResult {
  return act(counter, request, (writer) => {
    const found = findOwn(writer, rider, wish, (state) => MAY_EDIT.has(state))
    if (!found.ok) return found
    const typed = readTyped(text)
    if (!typed.ok) return typed
    if (sealingStop(writer) !== null) return refuse({ code: 'words_not_sealable' })
    recordFact(writer, counter, 'wish.edited/1', (event) => ({ request, wish, rider, claim: found.own.claim, words: sealWords(writer, counter, event, { rider, text: typed.text }) }))
    return { ok: true, wish }
  })
}

export function withdrawWish(counter: Counter, { request, rider, wish }: Of<'withdraw_wish'> & { rider: string }): WishResult {
  return act(counter, request, (writer) => {
    const found = findOwn(writer, rider, wish, (state) => MAY_EDIT.has(state))
    if (!found.ok) return found
    recordFact(writer, counter, 'wish.withdrawn/1', () => ({ request, wish, rider, claim: found.own.claim }))
    return { ok: true, wish }
  })
}

export function confirmWish(counter: Counter, { request, rider, wish, reached }: Of<'confirm_wish'> & { rider: string }): WishResult {
  return act(counter, request, (writer) => {
    const found = findOwn(writer, rider, wish, (state) => state === 'fulfilled')
    if (!found.ok) return found
    recordFact(writer, counter, 'wish.confirmed/1', () => ({ request, wish, rider, claim: found.own.claim, reached }))
    return { ok: true, wish }
  })
}

/** Of a wish on the wall: whose it is need not be known here. */
export function fulfilWish(counter: Counter, { request, staff, wish }: Of<'fulfil_wish'> & { staff: string }): WishResult {
  return act(counter, request, (writer) => {
    const shown = wallWish(writer, wish)
    if (shown === null) return refuse({ code: 'wish_unknown' })
    if (shown.state !== 'claimed') return refuse({ code: 'wish_not_in_state' })
    recordFact(writer, counter, 'wish.fulfilled/1', () => ({ request, wish, staff, claim: shown.claim }))
    return { ok: true, wish }
  })
}

function act(counter: Counter, request: string, does: (writer: Writer) => WishResult): WishResult {
  return counter.database.write((writer) => {
    const before = wishOfRequest(writer, request)
    if (before !== null) return { ok: true, wish: before }
    return mayTell(counter, writer) ? does(writer) : refuse({ code: 'out_of_order' })
  })
}

/** Central books what this file says, and the outbox has room. */
function mayTell(counter: Counter, reader: Reader): boolean {
  const fence = fenceOf(reader)
  if (fence !== null && fence !== 'waiting') return false
  return outboxState(reader).depth < momentOf(counter, reader).rules.outboxEventsMax
}

function readTyped(text: string): { ok: true; text: string } | { ok: false; refusal: Refusal } {
  const cleaned = cleanText(text)
  if (cleaned === '') return refuse({ code: 'wish_empty' })
  const characters = countCharacters(cleaned)
  if (characters > WISH_TEXT_MAX) return refuse({ code: 'wish_too_long', charactersMax: WISH_TEXT_MAX, characters })
  return { ok: true, text: cleaned }
}

function findOwn(reader: Reader, rider: string, wish: string, isRight: (state: OwnWishRow['state']) => boolean): { ok: true; own: OwnWishRow } | { ok: false; refusal: Refusal } {
  const own = ownWish(reader, rider, wish)
  if (own === null) return refuse({ code: 'wish_unknown' })
  return isRight(own.state) ? { ok: true, own } : refuse({ code: 'wish_not_in_state' })
}

function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal }
}
