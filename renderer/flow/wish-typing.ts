// Writing a wish: the words on the kiosk's own keyboard, then what is asked about them, then the one touch that posts. The words
// lie in the screen and nowhere else; leaving it is forgetting them, and whoever leaves by one slip is asked once more.

import type { KioskAnswer, KioskInput } from '../../contract/kiosk/kiosk-requests.ts'
import type { WishCategory } from '../../contract/kiosk/wish-view.ts'
import { WISH_TEXT_MAX } from '../../contract/kiosk/wish-view.ts'
import { cleanText } from '../../domain/clean-text.ts'
import { emptyTyping, isTypingDone, pressKey, textOf } from '../typing/typing.ts'
import { ANSWER_WAIT_MS } from './flow-limits.ts'
import type { FlowState, Rider, ScreenAt } from './flow-state.ts'
import { ask, canAsk, goTo, isRiderScreen, leave, say, sound } from './steps.ts'
import type { WishTypingTap } from './visit-state.ts'
import { wishDone } from './wish-taps.ts'
import { ownWishOf, wishesFull } from './wishes.ts'

export function tapWishTyping(state: FlowState, tap: WishTypingTap, atMs: number, freshId: string): FlowState {
  const { screen } = state
  if (!isRiderScreen(screen)) return state
  switch (tap.do) {
    case 'write_wish':
      return writeWish(state, screen.rider, atMs)
    case 'edit_wish':
      return write(state, screen.rider, tap.wish, atMs)
    case 'type_key':
      return screen.at === 'wish_typing' ? { ...state, screen: { ...screen, typing: pressKey(screen.typing, tap.key, state.dictionary) } } : state
    case 'typing_done':
      return screen.at === 'wish_typing' ? check(state, screen, atMs) : state
    case 'choose_wish_category':
      return screen.at === 'wish_check' ? { ...state, screen: { ...screen, category: tap.category } } : state
    case 'toggle_wish_name':
      return screen.at === 'wish_check' ? { ...state, screen: { ...screen, shown: screen.shown === 'anonymous' ? 'named' : 'anonymous' } } : state
    case 'toggle_wish_reach':
      return screen.at === 'wish_check' ? { ...state, screen: { ...screen, reach: screen.reach === 'station' ? 'staff_phone' : 'station' } } : state
    case 'post_wish':
      return screen.at === 'wish_check' ? post(state, screen, atMs, freshId) : state
  }
}

export function writeWish(state: FlowState, rider: Rider, atMs: number): FlowState {
  const wishesMax = wishesFull(state, rider)
  return wishesMax === null ? write(state, rider, null, atMs) : noRoom(state, rider, wishesMax, atMs)
}

/** Said before he types, over his own: there he can take one back. */
export function noRoom(state: FlowState, rider: Rider, wishesMax: number, atMs: number): FlowState {
  return say(sound(goTo(state, { at: 'wishes', rider, tab: 'mine', page: 0 }, atMs), 'refused'), { kind: 'wishes_full', wishesMax }, atMs)
}

function write(state: FlowState, rider: Rider, editing: string | null, atMs: number): FlowState {
  if (rider.session.standing === 'unknown') return say(state, { kind: 'rider_unknown' }, atMs)
  if (rider.session.standing === 'suspended') return say(state, { kind: 'rider_suspended' }, atMs)
  const text = editing === null ? '' : (ownWishOf(rider, editing)?.text ?? '')
  return goTo({ ...state, notice: null }, { at: 'wish_typing', rider, typing: emptyTyping(WISH_TEXT_MAX, text), editing }, atMs)
}

function check(state: FlowState, screen: ScreenAt<'wish_typing'>, atMs: number): FlowState {
  // What is still being composed becomes its best candidate: nobody has to touch it once more.
  const typing = isTypingDone(screen.typing) ? screen.typing : pressKey(screen.typing, { kind: 'space' }, state.dictionary)
  if (!isTypingDone(typing)) return { ...state, screen: { ...screen, typing } }
  if (wishText(typing) === '') return say({ ...state, screen: { ...screen, typing } }, { kind: 'nothing_written' }, atMs)
  const { rider, editing } = screen
  const category = (editing === null ? null : ownWishOf(rider, editing)?.category) ?? guessCategory(wishText(typing))
  return goTo({ ...state, notice: null }, { at: 'wish_check', rider, typing, editing, category, shown: 'anonymous', reach: 'station', asked: null, refusal: null }, atMs)
}

/** As it will be posted. */
export function wishText(typing: ScreenAt<'wish_typing'>['typing']): string {
  return cleanText(textOf(typing))
}

function post(state: FlowState, screen: ScreenAt<'wish_check'>, atMs: number, freshId: string): FlowState {
  const { rider, typing, editing, category, shown, reach } = screen
  if (screen.asked !== null) return state
  const session = rider.session.session
  const text = wishText(typing)
  if (!canAsk(state, editing === null ? 'post_wish' : 'edit_wish')) return say(state, { kind: 'station_busy' }, atMs)
  const what = editing === null ? ('posted' as const) : ('edited' as const)
  const input: KioskInput<'post_wish'> = { session, request: freshId, category, text, shown, reach }
  const asked = editing === null ? ask(state, 'post_wish', input) : ask(state, 'edit_wish', { session, request: freshId, wish: editing, text })
  return { ...asked, screen: { ...screen, asked: { request: freshId, what, sinceMs: atMs }, refusal: null } }
}

export function takePostAnswer(state: FlowState, request: string, answer: KioskAnswer<'post_wish' | 'edit_wish'>, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'wish_check' || screen.asked?.request !== request) return state
  if (answer.ok) return wishDone(goTo(state, { at: 'wishes', rider: screen.rider, tab: 'mine', page: 0 }, atMs), screen.asked.what, atMs)
  const { refusal } = answer
  if (refusal.code === 'session_ended') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  return sound({ ...state, touchedAtMs: atMs, screen: { ...screen, asked: null, refusal } }, 'refused')
}

export function passWishCheck(state: FlowState, screen: ScreenAt<'wish_check'>, atMs: number): FlowState {
  if (screen.asked === null || atMs - screen.asked.sinceMs < ANSWER_WAIT_MS) return state
  return say({ ...state, screen: { ...screen, asked: null } }, { kind: 'station_busy' }, atMs)
}

/** From what is asked back to the words, from a refusal to what is asked, from the words to the wall: those only at the second touch. */
export function leaveTyping(state: FlowState, screen: ScreenAt<'wish_typing'> | ScreenAt<'wish_check'>, atMs: number): FlowState {
  const { rider, typing, editing } = screen
  if (screen.at === 'wish_check') {
    if (screen.asked !== null) return state
    if (screen.refusal !== null && screen.refusal.code !== 'wish_too_long' && screen.refusal.code !== 'wish_empty') return goTo(state, { ...screen, refusal: null }, atMs)
    return goTo(state, { at: 'wish_typing', rider, typing, editing }, atMs)
  }
  if (hasWords(state) && state.notice?.notice.kind !== 'words_unposted') return say(state, { kind: 'words_unposted' }, atMs)
  return goTo({ ...state, notice: null }, { at: 'wishes', rider, tab: editing === null ? 'wall' : 'mine', page: 0 }, atMs)
}

/** Words that leaving would lose. */
export function hasWords({ screen }: FlowState): boolean {
  return (screen.at === 'wish_typing' || screen.at === 'wish_check') && (screen.typing.text !== '' || !isTypingDone(screen.typing))
}

/** What people write of a kind, so that it is right at first sight most times; one touch changes it. */
const SIGNS_OF: readonly (readonly [WishCategory, RegExp])[] = [
  ['hard_charging', /充电|换电|插座|插排|没电|电瓶|电池|充不/u],
  ['hard_entry', /保安|门禁|进小区|进门|不让进|通行|门岗|登记/u],
  ['hard_meal', /吃饭|盒饭|热饭|清真|早餐|午饭|晚饭|夜宵|食堂|微波炉/u],
  ['hard_rest', /休息|歇|躺|睡|座位|凳子|椅子|空调|厕所/u],
  ['small_dream', /想学|梦|希望有一天|考|唱|生日|团圆|回家/u],
  ['small_trouble', /坏|没人|怎么办|丢|难|欠|孩子|娃|看病/u],
]

export function guessCategory(text: string): WishCategory {
  return SIGNS_OF.find(([, signs]) => signs.test(text))?.[0] ?? 'small_need'
}
