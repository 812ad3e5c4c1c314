// Chinese words for the station's refusals and for the short lines that go away by themselves.

import type { Catalogue } from './catalogue.ts'
import { sayAway } from './say-away.ts'
import { zhPoints } from './zh-points.ts'
import { zhSync } from './zh-sync.ts'
import { zhVisitRefusals } from './zh-visit-refusals.ts'

const period = { day: '今天', week: '这周', month: '这个月', halfyear: '这半年' } as const

export const zhRefusals: Catalogue['refused']['words'] = {
  ...zhVisitRefusals,
  session_ended: () => ({ what: '时间到，已经结束了', why: '太久没动，这里自己收起来了。', next: '再扫一次码就好。' }),
  not_signed_in: () => ({ what: '还没输入密码', why: '这一步只有工作人员能做。', next: '扫工作码，再输密码。' }),
  bad_request: () => ({ what: '这一步机器没听懂', why: '屏幕和主机对不上话。', next: '再扫一次码，还不行找志愿者。' }),
  out_of_order: () => ({ what: '机器暂时换不了', why: '它现在记不下新的。', next: '东西先放回架上，休息照常。' }),
  rider_unknown: () => ({ what: '这台机器还不认识你', why: '你的积分还没传到这里。', next: '先歇歇，联网后再来换。' }),
  rider_suspended: () => ({ what: '你的积分暂时停用', why: '中心把它停了，不影响休息。', next: '想知道原因，请找站长。' }),
  cart_empty: () => ({ what: '还没有选东西', why: '篮子是空的。', next: '回去挑一样。' }),
  cart_too_large: ({ unitsMax }) => ({ what: `一次最多 ${unitsMax} 件`, why: '给后面的人也留一些。', next: '减几件再换。' }),
  item_not_offered: (_, item) => ({ what: `${item}现在不换`, why: '它从架上撤下来了。', next: '换一样别的。' }),
  sold_out: ({ left }, item) =>
    left === 0
      ? { what: `${item}刚好换完了`, why: '架上已经没有了。', next: '换一样别的。' }
      : { what: `${item}只剩 ${left} 件`, why: '架上不够你要的数。', next: '减几件再换。' },
  limit_reached: ({ limit, left, period: of }, item) => ({
    what: `${item}${period[of]}领够了`,
    why: `${period[of]}每人 ${limit} 件，你还能领 ${left} 件。`,
    next: left === 0 ? '换一样别的。' : '减几件再换。',
  }),
  price_changed: ({ points }) => ({ what: `分数变了，现在要 ${points} 分`, why: '刚刚改了价，没按旧价扣。', next: '看一眼新的分数再换。' }),
  points_short: ({ short, allowance }) => ({ what: `还差 ${short} 分`, why: `这里现在能用 ${allowance} 分。`, next: '减几件，或者攒够了再来。' }),
  pin_wrong: ({ triesLeft }) => ({ what: '密码不对', why: `还能试 ${triesLeft} 次。`, next: '慢慢再输一次。' }),
  pin_locked: () => ({ what: '密码先锁住了', why: '连着输错太多次。', next: '等一会儿，或者找站长。' }),
  nothing_counted: () => ({ what: '还没有扫到货', why: '一行都没有。', next: '把货品码对准扫描口。' }),
  too_many_lines: ({ linesMax }) => ({ what: `一次最多 ${linesMax} 行`, why: '这次的行数太多了。', next: '先确认这些，再补下一批。' }),
  item_not_known: (_, item) => ({ what: `不认识${item}`, why: '目录里没有这样东西。', next: '删掉这一行，告诉站长。' }),
  quantity_out_of_range: ({ unitsMax }, item) => ({ what: `${item}的数量不对`, why: `要在 1 到 ${unitsMax} 之间。`, next: '改一下数量。' }),
  expiry_missing: (_, item) => ({ what: `${item}没选保质期`, why: '吃的用的会过期，要写日期。', next: '看包装，选一个日期。' }),
  already_expired: (_, item) => ({ what: `${item}已经过期了`, why: '过期的不能上架。', next: '拿出来，或者改日期。' }),
  donor_not_known: (_, item) => ({ what: `${item}的赠送方不对`, why: '名单里没有这一家。', next: '重新选谁送的。' }),
  redemption_not_here: () => ({ what: '这一笔不在这台机器上', why: '只有换东西的那台机器能撤销。', next: '到那个站撤销，或请中心更正。' }),
  already_undone: () => ({ what: '这一笔已经撤销过了', why: '积分退过一次，不会再退。', next: '不用再做什么。' }),
  station_head_only: () => ({ what: '这一步要站长来做', why: '志愿者的工作码不够。', next: '请站长扫码，再做一次。' }),
}

const signupSaid = {
  seated: () => '报上了，座位给你留着。',
  waiting: (place: number | null) => (place === null ? '排上候补了，有空位告诉你。' : `候补第 ${place} 位，有空位告诉你。`),
  pending: () => '记下了，等中心确认。',
  gone: () => '座位让出来了，谢谢。',
} as const

/** Where central is out of reach nothing was sent yet, and that is what is said. */
const wishKept = { posted: '心愿记下了，联网后送去审核。', edited: '改好了，联网后再送去看。', withdrawn: '撤回了，联网后告诉中心。', reached: '谢谢你，联网后告诉大家。', not_yet: '记下了，联网后站长会去问。' } as const

const wishSaid = { posted: '心愿发出去了，等站长看过就上墙。', edited: '改好了，再看过一遍就上墙。', withdrawn: '撤回了。', reached: '谢谢你，大家都知道了。', not_yet: '记下了，站长会去问。' } as const

const fromPhone = { register: '登记好了。', wish: '手机上写的收到了，等站长看过就上墙。', my_points: '手机上的收到了。', my_trainings: '手机上改的培训收到了。', my_wishes: '手机上的收到了，谢谢你说一声。' } as const

export const zhNotices: Catalogue['notices'] = {
  item_before_pass: () => '这是货品码，先扫你的骑手码。',
  pin_before_item: () => '先输完密码，再扫货。',
  item_unknown: ({ code }) => `目录里没有这个码：${code.length > 13 ? `${code.slice(0, 12)}…` : code}`,
  item_not_offered: () => '这样东西现在不能换。',
  item_added: ({ quantity }, item) => `已选${item}，共 ${quantity} 件`,
  item_counted: ({ units }, item) => `${item} +${units}`,
  sold_out: (_, item) => `${item}换完了，挑别的吧。`,
  all_in_cart: ({ left }, item) => `${item}架上只有 ${left} 件，都选了。`,
  taken_meanwhile: ({ left }, item) => (left === 0 ? `${item}刚被换完，已拿掉。` : `${item}只剩 ${left} 件，已改好。`),
  limit_reached: ({ left }, item) => (left === 0 ? `${item}已经领够了。` : `${item}最多再领 ${left} 件。`),
  points_short: ({ missing }) => (missing === null ? '积分还不够，先攒一攒。' : `还差 ${missing} 分，先攒一攒。`),
  points_away: ({ away }) => sayAway(zhPoints.shortLine, away, (name) => name.zh),
  points_not_booked: () => zhPoints.notBookedLine,
  cart_full: ({ unitsMax }) => `一次最多 ${unitsMax} 件。`,
  lines_full: ({ linesMax }) => `最多 ${linesMax} 行，先确认这些。`,
  rider_unknown: () => '机器还不认识你，联网后能换。',
  rider_suspended: () => '积分暂时停用，请找站长。',
  redemption_stopped: () => '机器现在不能兑换，休息照常。',
  already_here: () => '已经扫过了，直接用就好。',
  wait_for_commit: () => '稍等，正在记下来。',
  lines_unconfirmed: ({ lines }) => `还有 ${lines} 行没上架，再点一次就不要了。`,
  too_many_scans: () => '扫得太快了，慢一点。',
  station_busy: () => '机器有点忙，稍等再点。',
  redemption_undone: ({ points }) => `已撤销，${points} 分退给骑手。`,
  not_a_set_up_code: () => zhSync.setUp.notACode,
  session_ended: () => '这一次已经结束，再扫一次码就好。',
  signup_changed: ({ what, state, place }) => signupSaid[what === 'sign_up' || what === 'accept' ? (state === 'seated' ? 'seated' : state === 'waiting' ? 'waiting' : 'pending') : 'gone'](place),
  attendance_ended: ({ came }) => `签到结束，到了 ${came} 人，都记下了。`,
  attendance_running: () => '正在签到，结束签到再点货。',
  came_from_phone: ({ purpose }) => fromPhone[purpose],
  wishes_full: ({ wishesMax }) => `最多同时许 ${wishesMax} 个，撤回一个再写新的。`,
  nothing_written: () => '还没写字，先写一句。',
  words_unposted: () => '写的还没发，再点一次就丢掉了。',
  register_unsent: () => '还没登记完，再点一次就不登了。',
  wish_noted: ({ what, sent }) => (sent ? wishSaid : wishKept)[what],
}
