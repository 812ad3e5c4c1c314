// Words of riders, their cards and their ledger.

import type { CARD_STATES, ENTRY_REASONS, RIDER_STANDINGS } from '../../contract/console/riders.ts'
import { words } from './language.tsx'

type Standing = (typeof RIDER_STANDINGS)[number]
type CardState = (typeof CARD_STATES)[number]
type Reason = (typeof ENTRY_REASONS)[number]

const zhStanding: Record<Standing, string> = { active: '正常', suspended: '暂停' }
const enStanding: Record<Standing, string> = { active: 'active', suspended: 'suspended' }
/** Others are shown as they were entered. */
const zhPlatform: Readonly<Record<string, string>> = { meituan: '美团', eleme: '饿了么' }
const enPlatform: Readonly<Record<string, string>> = { meituan: 'Meituan', eleme: 'Ele.me' }
const zhCard: Record<CardState, string> = { good: '有效', expired: '已过期', revoked: '已挂失' }
const enCard: Record<CardState, string> = { good: 'good', expired: 'expired', revoked: 'revoked' }
const zhReason: Record<Reason, string> = { redemption: '兑换', service: '服务', training: '培训', report: '随手拍', correction: '更正', opening: '转入', undone: '撤销兑换' }
const enReason: Record<Reason, string> = { redemption: 'Redemption', service: 'Service', training: 'Training', report: 'Report', correction: 'Correction', opening: 'Carried over', undone: 'Redemption undone' }

export const riderWords = words({
  zh: {
    title: '骑手',
    search: '姓氏或全名、手机尾号四位，或扫一下骑手码',
    name: '姓名', phone: '手机尾号', platform: '平台', site: '配送站点', home: '常去驿站', standing: '状态', points: '积分', joined: '登记先后',
    platforms: zhPlatform,
    standings: zhStanding,
    showName: '显示全名',
    showNameHint: '查看全名会记入审计日志。',
    where: '积分在哪里',
    atCentral: '在中心',
    hidden: '这位骑手在屏幕上隐藏余额。',
    cards: '骑手卡',
    card: (card: number) => `第 ${card} 张卡`,
    cardState: zhCard,
    issued: '发卡',
    revoked: '挂失',
    heardEverywhere: '各驿站在挂失后都联系过中心。',
    unheard: (stations: number, longest: string, at: string, ago: string) => `${stations} 个驿站在挂失后还没联系过中心，断网期间可能仍收这张卡。最久没联系的是“${longest}”：上次 ${at}（${ago}）。`,
    revoke: '挂失这张卡',
    erase: '按本人要求删除',
    eraseSure: '删除这位骑手？',
    eraseLead: '只在本人要求时删除。姓名、电话、心愿的文字和卡都会立刻删除，各驿站下次联网时最先删除；以前的备份恢复后也会再删。记账保留，但再也找不到是谁。不能恢复。',
    revokeSure: (card: number) => `挂失第 ${card} 张卡？`,
    revokeLead: '挂失后不能恢复。各驿站下次联网就会拒收这张卡，挂失后卡上会显示还有几个没联系上；积分不受影响。',
    print: '打印骑手卡（PDF）',
    printPage: '打印这一页的卡（PDF）',
    reissue: '补发新卡',
    reissueSure: '补发一张新卡？',
    reissueLead: '之前的卡全部挂失。新卡可以马上打印。',
    entries: '积分流水',
    when: '时间', reason: '事由', what: '内容', amount: '积分', place: '地点',
    reasons: zhReason,
  },
  en: {
    title: 'Riders',
    search: 'Surname or whole name, the last four of the phone, or scan a pass',
    name: 'Name', phone: 'Phone ends', platform: 'Platform', site: 'Delivery site', home: 'Home station', standing: 'Standing', points: 'Points', joined: 'Joined',
    platforms: enPlatform,
    standings: enStanding,
    showName: 'Show the whole name',
    showNameHint: 'Looking at a whole name leaves a line in the audit trail.',
    where: 'Where the points are',
    atCentral: 'At central',
    hidden: 'This rider hides the balance on screens.',
    cards: 'Cards',
    card: (card) => `Card ${card}`,
    cardState: enCard,
    issued: 'Issued',
    revoked: 'Revoked',
    heardEverywhere: 'Every station has been in contact since.',
    unheard: (stations, longest, at, ago) => `${stations} ${stations === 1 ? 'station has' : 'stations have'} not been in contact since, and may take this card while cut off. Silent longest: ${longest}, last heard ${at} (${ago}).`,
    revoke: 'Revoke this card',
    erase: 'Erase on request',
    eraseSure: 'Erase this rider?',
    eraseLead: 'Only where he asked for it. Name, phone, the words of his wishes and his cards are gone at once, at each station first in its next contact, and again after any backup is restored. The books stay and lead to nobody. There is no way back.',
    revokeSure: (card) => `Revoke card ${card}?`,
    revokeLead: 'It can not be taken back. Stations refuse the card from their next contact on, and the card shows how many have not been heard yet; the points stay.',
    print: 'Print the card (PDF)',
    printPage: 'Print the cards of this page (PDF)',
    reissue: 'Issue a new card',
    reissueSure: 'Issue a new card?',
    reissueLead: 'Every card before it is revoked. The new one can be printed at once.',
    entries: 'Ledger',
    when: 'When', reason: 'Why', what: 'What', amount: 'Points', place: 'Where',
    reasons: enReason,
  },
})
