// The gallery's states of wishes: the wall, one on it, one's own in every standing.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, RiderSession } from '../../contract/kiosk/kiosk-view.ts'
import type { OwnWish, WallWish, WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { Rider } from '../flow/flow-state.ts'
import { demoRider, GALLERY_WALL_MS } from './demo-view.ts'
import { emptyComposition } from '../pinyin/composition.ts'
import { keysOf } from '../pinyin/nine-keys.ts'
import { emptyTyping, type Typing } from '../typing/typing.ts'
import type { Draw } from './gallery-states.ts'

const DAY_MS = 86_400_000
const idOf = (number: number): string => `019ca7b3-0000-7000-8000-${String(number).padStart(12, '0')}`
const NANHU = { zh: '南湖 · 博爱小站', en: "Nanhu · Bo'ai Station" }
const LIUDAOWAN = { zh: '六道湾 · 小巴郎骑手驿站', en: "Liudaowan · Xiaobalang Riders' Station" }

const wall = (number: number, category: WishCategory, text: string, daysAgo: number, over: Partial<WallWish> = {}): WallWish => ({
  wish: idOf(number), category, text, who: null, stationName: NANHU, state: 'open', postedAtMs: GALLERY_WALL_MS - daysAgo * DAY_MS, again: false,
  claimUrl: `https://boai.example.cn/w/${number}`, ...over,
})

const LONG = '我家娃今年上一年级，放学四点半没人接，我那个点正是送下午茶最忙的时候。想问问附近有没有能看娃写作业的地方，一个小时就行，我下了单马上去接。要交钱也可以，别太贵就好。娃很乖，自己会看书，就是怕生，第一天我陪着去。谢谢好心人，谢谢驿站。'

export const WALL: readonly WallWish[] = [
  wall(1, 'small_need', '冬天送餐手冻得没知觉，想要一副能点屏幕的厚手套。', 9, { again: true, who: '张*' }),
  wall(2, 'hard_entry', '锦绣花园晚上不让电动车进，能不能给我们发个临时通行码？', 2, { stationName: LIUDAOWAN }),
  wall(3, 'small_trouble', LONG, 3),
  wall(4, 'hard_charging', '站里只有四个充电口，中午排不上，能再加两个吗', 1, { who: '肉孜艾力·*' }),
  wall(5, 'small_dream', '想学会唱一首维吾尔语的歌，年会上唱给站友听。', 6, { state: 'claimed' }),
  wall(6, 'hard_meal', '清真的盒饭附近不好找，想知道哪家给骑手打折。', 5, { state: 'claimed' }),
  wall(7, 'small_need', '想要一本 B2 驾照的题集，旧的就行。', 12, { state: 'fulfilled', who: '王*' }),
  wall(8, 'hard_rest', '中午想有个能躺二十分钟的地方。', 20, { state: 'confirmed' }),
]

const own = (number: number, state: OwnWish['state'], over: Partial<OwnWish> = {}): OwnWish => ({
  wish: idOf(100 + number), category: 'small_need', text: '想要一副能点屏幕的厚手套，冬天手冻得没知觉。', state, staffWords: null, claim: null, fulfilment: null,
  postedAtMs: GALLERY_WALL_MS - number * DAY_MS, notYet: false, ...over,
})
const CLAIM: OwnWish['claim'] = { by: ['桂苑书店', '南湖社区党支部'], untilMs: GALLERY_WALL_MS + 5 * DAY_MS }
const OWN: readonly OwnWish[] = [
  own(1, 'unsent', { text: null, category: 'hard_rest' }),
  own(2, 'in_review', { text: null, category: 'small_dream' }),
  own(3, 'asked_back', { text: null, staffWords: '要多大的码？写一下手掌宽多少。' }),
  own(4, 'claimed', { claim: CLAIM }),
  own(5, 'fulfilled', { claim: CLAIM, fulfilment: { words: '手套放在南湖站前台了，报手机尾号领。', photo: null } }),
]

const VIEW: Partial<KioskView> = { wall: [...WALL] }
const rider = (session: Partial<RiderSession> = {}): Rider => ({ session: demoRider({ wishes: [...OWN], ...session }), cart: [], balanceShown: true })

const list = (tab: 'wall' | 'mine', session: Partial<RiderSession> = {}, view: Partial<KioskView> = VIEW, page = 0): Draw => () => ({ screen: { at: 'wishes', rider: rider(session), tab, page }, view })
const onWall = (number: number, view: Partial<KioskView> = VIEW): Draw => () => ({ screen: { at: 'wall_wish', rider: rider(), wish: idOf(number), from: 0 }, view })
const mine = (wish: OwnWish, over: { step?: 'look' | 'withdraw'; refusal?: Refusal | null } = {}): Draw => () => ({
  screen: { at: 'wish', rider: rider({ wishes: [wish] }), wish: wish.wish, step: over.step ?? 'look', asked: null, refusal: over.refusal ?? null },
  view: VIEW,
})
const greeting = (wish: OwnWish): Draw => () => ({ screen: { at: 'greeting', rider: rider({ wishes: [wish] }) }, view: VIEW })

const typed = (text: string, letters = '', over: Partial<Typing> = {}): Typing => ({ ...emptyTyping(140, text), composition: { ...emptyComposition(), letters }, ...over })
const typing = (value: Typing): Draw => () => ({ screen: { at: 'wish_typing', rider: rider(), typing: value, editing: null }, view: VIEW })
const check = (text: string, over: { refusal?: Refusal; editing?: string; shown?: 'named' } = {}): Draw => () => ({
  screen: {
    at: 'wish_check', rider: rider(), typing: typed(text), editing: over.editing ?? null, category: 'small_need', shown: over.shown ?? 'anonymous', reach: 'station', asked: null, refusal: over.refusal ?? null,
  },
  view: VIEW,
})

export const WISH_DRAWS: Readonly<Record<string, Draw>> = {
  'wish-typing': typing(typed('')),
  'wish-typing-composing': typing(typed('冬天送餐手冷，', 'xiangyaoyishuangshoutao')),
  'wish-typing-sheet': typing(typed('站长姓', 'li', { page: 1 })),
  'wish-typing-signs': typing(typed('我住在 3 号楼，电话', '', { layer: 'signs' })),
  'wish-typing-english': typing(typed('想要一张 Wi-Fi 的', '', { language: 'english', capitals: true })),
  'wish-typing-more-signs': typing(typed('我住在 3 号楼，电话', '', { layer: 'more-signs' })),
  'wish-typing-keys': typing(typed('冬天送餐手冷，', keysOf('xiangyaoyishuangshoutao'))),
  'wish-typing-keys-sheet': typing(typed('站长姓', keysOf('zhang'), { page: 1 })),
  'wish-typing-keys-chosen': typing(typed('站长姓', `ZHANG${keysOf('xiaoming')}`)),
  'wish-typing-keys-english': typing(typed('想要一张 Wi-Fi 的', '9', { language: 'english' })),
  'wish-typing-full': typing(typed(LONG + LONG.slice(0, 140 - LONG.length))),
  'wish-check': check('想要一双能点屏幕的厚手套，冬天手冻得没知觉。'),
  'wish-check-personal': check('想找人接一下娃，我叫张建国，电话 138 0013 8000，住锦绣花园 3 号楼 2 单元。', { shown: 'named' }),
  'wish-check-long': check(LONG + LONG.slice(0, 140 - LONG.length)),
  'wish-check-edit': check('想要一双能点屏幕的厚手套，大号的。', { editing: idOf(103) }),
  'wish-check-refused': check('想要一双手套', { refusal: { code: 'wishes_full', wishesMax: 3 } }),
  wishes: list('wall'),
  'wishes-last': list('wall', {}, VIEW, 9),
  'wishes-none': list('wall', { wishes: [] }, { wall: [] }),
  'wishes-mine': list('mine'),
  'wishes-mine-none': list('mine', { wishes: [] }),
  'wishes-unknown': list('mine', { maskedName: null, standing: 'unknown', points: null, wishes: [] }),
  'wall-wish': onWall(1),
  'wall-wish-long': onWall(3),
  'wall-wish-claimed': onWall(5),
  'wall-wish-no-address': onWall(1, { wall: [wall(1, 'small_need', '想要一副厚手套。', 1, { claimUrl: null })] }),
  'wall-wish-gone': onWall(99),
  'wish-unsent': mine(own(1, 'unsent', { text: null })),
  'wish-in-review': mine(own(2, 'in_review', { text: null })),
  'wish-asked-back': mine(own(3, 'asked_back', { text: null, staffWords: '要多大的码？写一下手掌宽多少。' })),
  'wish-refused': mine(own(3, 'refused', { text: null, staffWords: '里面有别人的电话，不能上墙。' })),
  'wish-open': mine(own(3, 'open')),
  'wish-claimed': mine(own(4, 'claimed', { claim: CLAIM })),
  'wish-claimed-long': mine(own(4, 'claimed', { claim: CLAIM, text: LONG })),
  'wish-fulfilled': mine(own(5, 'fulfilled', { claim: CLAIM, fulfilment: { words: '手套放在南湖站前台了，报手机尾号领。', photo: null } })),
  'wish-not-yet': mine(own(5, 'claimed', { claim: CLAIM, notYet: true })),
  'wish-confirmed': mine(own(6, 'confirmed')),
  'wish-withdraw': mine(own(4, 'claimed', { claim: CLAIM }), { step: 'withdraw' }),
  'wish-moved-on': mine(own(4, 'claimed', { claim: CLAIM }), { refusal: { code: 'wish_not_in_state' } }),
  'greeting-wish-fulfilled': greeting(own(5, 'fulfilled', { claim: CLAIM })),
  'greeting-wish-claimed': greeting(own(4, 'claimed', { claim: CLAIM })),
}
