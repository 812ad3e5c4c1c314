// Words of rules, services and corrections.

import type { CORRECTION_STATES, CorrectionReason } from '../../contract/console/corrections.ts'
import type { RuleName } from '../../contract/console/rules.ts'
import { words } from './language.tsx'

interface RuleText {
  name: string
  hint: string
}
type CorrectionState = (typeof CORRECTION_STATES)[number]

const zhRules: Record<RuleName, RuleText> = {
  pass_valid_days: { name: '骑手卡有效天数', hint: '从发卡那天算起。' },
  checkin_again_minutes: { name: '再次签到间隔（分钟）', hint: '间隔内再扫码不另记一次签到。' },
  cart_units_max: { name: '一次最多兑换（件）', hint: '购物篮里物资的总件数。' },
  low_stock_units: { name: '少于多少算快没了（件）', hint: '到这个数就列入补货清单。' },
  expiry_warning_days: { name: '临期提醒（天）', hint: '离到期还有这么多天时提醒站点。' },
  outbox_alarm_hours: { name: '失联报警（小时）', hint: '驿站这么久没有联系中心就报警。' },
  outbox_events_max: { name: '待上传上限（条）', hint: '超过后驿站停止兑换，但照常迎接骑手。' },
  standing_allowance_points: { name: '常备离线额度（分）', hint: '常去驿站替骑手备着的积分，不超过余额一半。' },
  top_up_points_max: { name: '一次拨入上限（分）', hint: '骑手在别的驿站时，一次最多拨过去多少。' },
  earning_slice_points: { name: '发分额度（分）', hint: '驿站断网时能发出的服务积分。' },
  spend_before_hello: { name: '开机后先兑换再问候', hint: '1 是，0 否：断电重启后要先联系上中心才能兑换。' },
  correction_alone_points_max: { name: '一个人可更正（分）', hint: '超过这个数的积分更正需要第二位同事批准。' },
  wishes_open_max: { name: '一人同时几个心愿', hint: '没有了结的微心愿最多几个。' },
  claim_days: { name: '认领期限（天）', hint: '认领后这么多天内要联系上骑手。' },
  claim_extension_days: { name: '每次延期（天）', hint: '说明原因后可以延长。' },
  claim_extensions_max: { name: '最多延期（次）', hint: '用完后心愿回到墙上。' },
  claim_members_max: { name: '几家可一起认领', hint: '同一个心愿最多几家单位一起办。' },
  training_closing_minutes: { name: '培训报名截止（分钟）', hint: '开始前多久停止报名；每场可以另定。' },
  training_blocks_back_minutes: { name: '驿站交还空位（分钟）', hint: '开始前多久，驿站把没人要的位置交回中心。' },
  training_answer_minutes: { name: '空位答复时限（分钟）', hint: '候补的骑手有多久来答复；每场可以另定。' },
}
const enRules: Record<RuleName, RuleText> = {
  pass_valid_days: { name: 'Days a card is good', hint: 'From the day it is issued.' },
  checkin_again_minutes: { name: 'Minutes between check-ins', hint: 'A scan within it is the same visit.' },
  cart_units_max: { name: 'Units in one redemption', hint: 'Of all goods together.' },
  low_stock_units: { name: 'Units that count as low', hint: 'From there on it is on the replenishment list.' },
  expiry_warning_days: { name: 'Days of warning before expiry', hint: 'Stations are told this long before.' },
  outbox_alarm_hours: { name: 'Hours of silence that alarm', hint: 'A station not heard for this long.' },
  outbox_events_max: { name: 'Records waiting at most', hint: 'Beyond it a station stops redemptions, never the greeting.' },
  standing_allowance_points: { name: 'Points kept at home', hint: 'What the home station keeps for a rider, at most half of his balance.' },
  top_up_points_max: { name: 'Points lent at once', hint: 'To a station where the rider stands.' },
  earning_slice_points: { name: 'Points to give while cut off', hint: 'For services at one station.' },
  spend_before_hello: { name: 'Redeem before the hello', hint: '1 yes, 0 no: after a power cut a station speaks to central first.' },
  correction_alone_points_max: { name: 'Points one person may correct', hint: 'Larger corrections need a second person.' },
  wishes_open_max: { name: 'Open wishes of one rider', hint: 'Those that are not over yet.' },
  claim_days: { name: 'Days of a claim', hint: 'In which the claimant makes contact.' },
  claim_extension_days: { name: 'Days of an extension', hint: 'With a reason.' },
  claim_extensions_max: { name: 'Extensions at most', hint: 'After the last one the wish goes back to the wall.' },
  claim_members_max: { name: 'Partners in one claim', hint: 'Who may grant it together.' },
  training_closing_minutes: { name: 'Minutes before a training that sign-up ends', hint: 'Each training may have its own.' },
  training_blocks_back_minutes: { name: 'Minutes before a training that stations give free places back', hint: 'What nobody has taken goes to central.' },
  training_answer_minutes: { name: 'Minutes to answer an offered place', hint: 'Then the next one is asked; each training may have its own.' },
}
const zhReasons: Record<CorrectionReason, string> = {
  paper_book: '补记旧积分册', forgotten: '补记漏记的服务', counted_twice: '扣回重复计分', wrong_rider: '记错了人', machine_fault: '设备故障', goodwill: '补偿',
}
const enReasons: Record<CorrectionReason, string> = {
  paper_book: 'From the paper book', forgotten: 'A service was forgotten', counted_twice: 'Counted twice', wrong_rider: 'It was another rider', machine_fault: 'A machine failed', goodwill: 'Goodwill',
}
const zhStates: Record<CorrectionState, string> = { waiting: '待批准', booked: '已入账', refused: '已驳回' }
const enStates: Record<CorrectionState, string> = { waiting: 'waits', booked: 'booked', refused: 'refused' }

export const ruleWords = words({
  zh: {
    title: '规则',
    lead: '改动立即记入审计日志，各驿站下次联网就按新的来。',
    rules: '通用规则', services: '服务积分', rule: zhRules, range: (min: number, max: number) => `${min} 到 ${max}`,
    change: '修改', save: '保存', value: '数值', points: '积分', cap: '一次活动上限', capNone: '留空为不限', service: '服务', name: '规则', acts: '操作',
    per: { activity: '每次活动', hour: '每小时', report: '每条' },
  },
  en: {
    title: 'Rules',
    lead: 'A change is noted at once; stations follow from their next contact on.',
    rules: 'Rules of the district', services: 'What services earn', rule: enRules, range: (min, max) => `${min} to ${max}`,
    change: 'Change', save: 'Save', value: 'Value', points: 'Points', cap: 'At most in one activity', capNone: 'Empty: no limit', service: 'Service', name: 'Rule', acts: 'Acts',
    per: { activity: 'an activity', hour: 'an hour', report: 'a report' },
  },
})

interface WorstText {
  title: string
  lead: (station: string, riders: string) => string
  stranded: string
  strandedHint: string
  cloned: string
  clonedHint: string
  madeOf: (parts: { riders: string; standing: string; slice: string; most: string }) => string
  byTyped: (stranded: string, cloned: string) => string
  /** Why a setting of stations that is changed changes neither figure. */
  unmovedBy: Partial<Record<RuleName, string>>
}

export const worstWords = words<WorstText>({
  zh: {
    title: '一个驿站最坏的情况',
    lead: (station, riders) => `按现在的规则和积分，以常驻骑手最多的${station}（${riders} 位）来算。`,
    stranded: '断网期间最多取不回来', strandedHint: '驿站一直不联网，谁也用不到这些积分。联网就好，一分不少。',
    cloned: '硬盘被复制，最多重复用', clonedHint: '断了网的复制盘能把它们再用一遍，由项目承担，不让骑手赔。',
    madeOf: ({ riders, standing, slice, most }) => `其中：${riders} 位常驻骑手每人常备最多 ${standing}，发分额度 ${slice}，正站在那里的一位骑手的全部积分最多 ${most}。`,
    byTyped: (stranded, cloned) => `这样一来，一个驿站断网最多 ${stranded}取不回来，硬盘被复制最多 ${cloned}重复用。`,
    unmovedBy: {
      top_up_points_max: '这个上限只管一次；人还在站里，可以再拨，所以总数不变。',
      spend_before_hello: '填 0 只是让复制盘开机后先联系一次中心：没有新记录的复制盘，中心认不出来，所以总数不变。',
    },
  },
  en: {
    title: 'One station at worst',
    lead: (station, riders) => `By the rules and points of now, for the station with the most riders at home (${riders}): ${station}.`,
    stranded: 'Stuck while it is cut off, at most', strandedHint: 'Nobody can use these points until the station is back online. None is lost.',
    cloned: 'Spent twice if its disk is copied, at most', clonedHint: 'A copy that is cut off can spend them once more. The programme bears it, not riders.',
    madeOf: ({ riders, standing, slice, most }) => `Made of: up to ${standing} kept for each of ${riders} riders at home, ${slice} to give while cut off, and all points of one rider who stands there, up to ${most}.`,
    byTyped: (stranded, cloned) => `Then one station that is cut off holds back up to ${stranded}, and a copy of its disk can spend up to ${cloned} twice.`,
    unmovedBy: {
      top_up_points_max: 'This limits one step only: while the rider stays, more may be lent, so the sum stays as it is.',
      spend_before_hello: 'With 0 a copy only has to reach central once after a start: central can not tell a copy with nothing new from the station, so the sum stays as it is.',
    },
  },
})

export const correctionWords = words({
  zh: {
    title: '积分更正',
    lead: '更正总是一笔新的流水，不改旧的。大额更正由另一位同事批准。',
    rider: '骑手', points: '积分', reason: '原因', note: '说明', state: '状态', proposed: '提出', by: '提出人', decided: '处理', acts: '操作',
    reasons: zhReasons, states: zhStates,
    propose: '更正积分', amount: '加减多少分', amountHint: '减分请写负数，如 -20。', noteHint: '给同事看的话，骑手看不到；请不要写别人的姓名和电话。', submit: '提交',
    booked: '已入账。', waits: '已提交，等另一位同事批准。',
    approve: '批准入账', refuse: '驳回', mine: '我提出的',
    approveSure: (points: number) => `批准 ${points > 0 ? `加 ${points}` : `减 ${-points}`} 分？`, refuseSure: '驳回这笔更正？',
  },
  en: {
    title: 'Corrections',
    lead: 'A correction is always a new entry. A large one is approved by a second person.',
    rider: 'Rider', points: 'Points', reason: 'Reason', note: 'Note', state: 'State', proposed: 'Proposed', by: 'By', decided: 'Decided', acts: 'Acts',
    reasons: enReasons, states: enStates,
    propose: 'Correct the points', amount: 'Points to add or take', amountHint: 'Below zero to take, as in -20.', noteHint: 'For colleagues; the rider does not see it. No names or phone numbers of others, please.', submit: 'Send',
    booked: 'It is booked.', waits: 'It waits for a second person.',
    approve: 'Approve', refuse: 'Refuse', mine: 'proposed by me',
    approveSure: (points) => `Approve ${points > 0 ? `adding ${points}` : `taking ${-points}`}?`, refuseSure: 'Refuse this correction?',
  },
})
