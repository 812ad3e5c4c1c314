// Words of goods, shelves, odd facts and partners.

import type { FACT_STATES } from '../../contract/console/exceptions.ts'
import type { LIMIT_PERIODS, STOCK_NEEDS } from '../../contract/console/goods.ts'
import type { PARTNER_KINDS, PARTNER_STATES } from '../../contract/console/partners.ts'
import { words } from './language.tsx'

const zhNeed: Record<(typeof STOCK_NEEDS)[number], string> = { out: '没有了', low: '快没了', soon_out: '一周内会没', enough: '够用' }
const enNeed: Record<(typeof STOCK_NEEDS)[number], string> = { out: 'none left', low: 'low', soon_out: 'gone in a week', enough: 'enough' }
/** Others stand as they were entered. */
const zhCategory: Readonly<Record<string, string>> = { road: '路上', home: '家用', food: '吃喝', care: '健康' }
const enCategory: Readonly<Record<string, string>> = { road: 'on the road', home: 'at home', food: 'food', care: 'care' }
const zhPeriod: Record<(typeof LIMIT_PERIODS)[number], string> = { day: '天', week: '周', month: '月', halfyear: '半年' }
const enPeriod: Record<(typeof LIMIT_PERIODS)[number], string> = { day: 'day', week: 'week', month: 'month', halfyear: 'half-year' }
const zhFact: Record<(typeof FACT_STATES)[number], string> = { waiting: '待处理', acknowledged: '已知悉', accepted: '已认可' }
const enFact: Record<(typeof FACT_STATES)[number], string> = { waiting: 'waits', acknowledged: 'looked at', accepted: 'accepted' }
const zhKind: Record<(typeof PARTNER_KINDS)[number], string> = { unit: '共建单位', merchant: '爱心商户', members: '党员集体' }
const enKind: Record<(typeof PARTNER_KINDS)[number], string> = { unit: 'partner unit', merchant: 'merchant', members: 'party members' }
const zhPartner: Record<(typeof PARTNER_STATES)[number], string> = { active: '合作中', closed: '已停用' }
const enPartner: Record<(typeof PARTNER_STATES)[number], string> = { active: 'active', closed: 'closed' }

interface Odd {
  what: string
  remedy: string
}
/** By code; a code of a newer program stands as it is, with the last of these. */
const zhOdd: Readonly<Record<string, Odd>> = {
  overdrawn: { what: '兑换超出了驿站手里的额度', remedy: '物资已经发出，差额已记在“差异”账上。查一查这台机器是不是被复制或还原过。' },
  banned: { what: '来自已停用的数据文件', remedy: '确有其事的，可以认可：由项目承担这些积分。' },
  request_repeated: { what: '同一次确认记了两遍', remedy: '核对收据，若物资只发了一次，给骑手补回积分。' },
  item_unknown: { what: '目录里没有这种物资', remedy: '核对物资目录和条码。' },
  rider_unknown: { what: '中心没有这位骑手', remedy: '核对骑手建档。' },
  staff_unknown: { what: '不是本区的工作人员', remedy: '核对这张工作卡是谁的。' },
  grant_unknown: { what: '收到了中心没有拨过的额度', remedy: '核对中心最近有没有从备份恢复。' },
  redemption_unknown: { what: '撤销的兑换不存在', remedy: '核对驿站的记录。' },
  already_undone: { what: '同一笔兑换撤销了两次', remedy: '不用处理，只算一次。' },
  kind_unknown: { what: '本中心还不认识这类记录', remedy: '先升级中心，记录会自动补上。' },
  body_unreadable: { what: '记录内容读不出来', remedy: '原样留着；请联系运维。' },
}
const enOdd: Readonly<Record<string, Odd>> = {
  overdrawn: { what: 'More was spent than the station held', remedy: 'The goods are out; the rest was booked to discrepancy. See whether this machine was copied or set back.' },
  banned: { what: 'From a file that no longer counts', remedy: 'If it did happen, accept it: the programme bears the points.' },
  request_repeated: { what: 'One confirmation was recorded twice', remedy: 'Compare the receipts; if the goods went out once, give the points back.' },
  item_unknown: { what: 'Goods that are not in the catalogue', remedy: 'Look at the catalogue and its barcodes.' },
  rider_unknown: { what: 'Central has no such rider', remedy: 'Look at how he was registered.' },
  staff_unknown: { what: 'Nobody of this district\'s staff', remedy: 'Find out whose card it was.' },
  grant_unknown: { what: 'A slice that central never lent', remedy: 'See whether central was restored from a backup.' },
  redemption_unknown: { what: 'The redemption that was undone does not exist', remedy: 'Look at the station\'s records.' },
  already_undone: { what: 'One redemption was undone twice', remedy: 'Nothing to do; it counts once.' },
  kind_unknown: { what: 'A kind of record this central does not know yet', remedy: 'Update central; it is read then.' },
  body_unreadable: { what: 'The record can not be read', remedy: 'It is kept as it came; ask the operator.' },
}

export const itemWords = words({
  zh: {
    title: '物资目录', search: '物资名称', name: '物资', category: '类别', price: '积分', limit: '限兑', onHand: '各站现有', offered: '上架', acts: '操作', yes: '在架', no: '下架',
    categories: zhCategory,
    limitOf: (quantity: number, period: string) => `每${period} ${quantity} 件`, noLimit: '不限', period: zhPeriod,
    change: '修改', save: '保存', quantity: '每人限兑（件）', per: '每', quantityHint: '留空为不限。', position: '货架顺序',
  },
  en: {
    title: 'Goods', search: 'Name of the goods', name: 'Goods', category: 'Kind', price: 'Points', limit: 'Limit', onHand: 'On all shelves', offered: 'Offered', acts: 'Acts', yes: 'offered', no: 'not offered',
    categories: enCategory,
    limitOf: (quantity, period) => `${quantity} a ${period}`, noLimit: 'none', period: enPeriod,
    change: 'Change', save: 'Save', quantity: 'Units for one rider', per: 'In a', quantityHint: 'Empty: no limit.', position: 'Order on the shelf',
  },
})

export const stockWords = words({
  zh: {
    title: '库存与补货', lead: '库存是各驿站自己报的；天数按最近四周的速度估算。', search: '物资名称', station: '驿站', item: '物资', onHand: '现有', taken: '四周兑换', days: '还能撑', expiry: '最近到期', need: '情况', bring: '建议补',
    refill: '补货清单', needs: zhNeed, daysOf: (days: number) => `${days} 天`, lasts: '—', chart: '最先用完的十二种（天）', chartLabel: '最先用完的物资还能撑几天',
  },
  en: {
    title: 'Shelves', lead: 'Stations say what lies there; days are by the pace of the last four weeks.', search: 'Name of the goods', station: 'Station', item: 'Goods', onHand: 'On hand', taken: 'Taken in 4 weeks', days: 'Lasts', expiry: 'Next expiry', need: 'State', bring: 'Bring',
    refill: 'Replenishment list', needs: enNeed, daysOf: (days) => `${days} ${days === 1 ? 'day' : 'days'}`, lasts: '—', chart: 'The twelve that run out first (days)', chartLabel: 'Days that the scarcest goods last',
  },
})

export const exceptionWords = words({
  zh: {
    title: '存疑记录', lead: '驿站发生过的事从不改写；这里是中心看着不对的，等人看一眼。', station: '驿站', odd: '哪里不对', remedy: '怎么办', when: '发生', received: '收到', cost: '差异', state: '状态', acts: '操作',
    states: zhFact, outcome: '类别', outcomes: { flagged: '存疑', parked: '搁置' }, codes: zhOdd, unknown: '需要人看一看。',
    acknowledge: '知悉', acknowledgeSure: '标为已知悉？', acknowledgeLead: '表示您看过并处理了；记录本身不变。', accept: '认可', acceptSure: (points: number) => `认可，由项目承担 ${points} 分？`, acceptLead: '确有其事时用。只能认可一次。',
  },
  en: {
    title: 'Exceptions', lead: 'What happened at a station is never rewritten; these look odd to central and wait for a person.', station: 'Station', odd: 'What is odd', remedy: 'What to do', when: 'Happened', received: 'Received', cost: 'Discrepancy', state: 'State', acts: 'Acts',
    states: enFact, outcome: 'Kind', outcomes: { flagged: 'flagged', parked: 'parked' }, codes: enOdd, unknown: 'A person should look at it.',
    acknowledge: 'Looked at', acknowledgeSure: 'Mark it as looked at?', acknowledgeLead: 'It says that you have dealt with it; the record stays as it is.', accept: 'Accept', acceptSure: (points) => `Accept it, and let the programme bear ${points} points?`, acceptLead: 'Where it did happen. It can be done once.',
  },
})

export const partnerWords = words({
  zh: {
    title: '共建单位', search: '单位名称', name: '名称', kind: '类别', state: '状态', accounts: '账号', made: '加入', acts: '操作', kinds: zhKind, states: zhPartner,
    add: '新增单位', nameZh: '中文名称', nameEn: '英文名称（可不填）', save: '保存', change: '修改', invite: '邀请成员', personName: '姓名', signInName: '登录名', makeLink: '生成邀请链接',
    close: '停用', closeSure: (name: string) => `停用 ${name}？`, closeLead: '它的成员立即退出登录，不能再登录；手里的认领会退回。', linkTitle: '一次性邀请链接', linkLead: '请亲手交给本人。三天内有效，只能用一次。',
  },
  en: {
    title: 'Partners', search: 'Name', name: 'Name', kind: 'Kind', state: 'State', accounts: 'Accounts', made: 'Joined', acts: 'Acts', kinds: enKind, states: enPartner,
    add: 'Add a partner', nameZh: 'Name in Chinese', nameEn: 'Name in English (may stay empty)', save: 'Save', change: 'Change', invite: 'Invite a member', personName: 'Name', signInName: 'Sign-in name', makeLink: 'Make the link',
    close: 'Close', closeSure: (name) => `Close ${name}?`, closeLead: 'Its people are signed out at once and can not sign in again; what it has claimed goes back.', linkTitle: 'Invitation link', linkLead: 'Hand it over yourself. It works once within three days.',
  },
})
