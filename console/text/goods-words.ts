// Words of goods, shelves and partners.

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
const zhKind: Record<(typeof PARTNER_KINDS)[number], string> = { unit: '共建单位', merchant: '爱心商户', members: '党员集体' }
const enKind: Record<(typeof PARTNER_KINDS)[number], string> = { unit: 'partner unit', merchant: 'merchant', members: 'party members' }
const zhPartner: Record<(typeof PARTNER_STATES)[number], string> = { active: '合作中', closed: '已停用' }
const enPartner: Record<(typeof PARTNER_STATES)[number], string> = { active: 'active', closed: 'closed' }

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
