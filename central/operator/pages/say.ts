// Words of the operator's pages, Chinese first, English second: one list for what has a code, and how long ago something was.

import type { IncarnationState } from '../../../contract/sync/sync-protocol.ts'
import type { WriteOffReason } from '../../store/staff-acts.ts'
import type { ActRefusal } from '../operator-context.ts'
import { type Html, html } from './html.ts'

export interface Words {
  zh: string
  en: string
}

/** Both, the second smaller. */
export function both({ zh, en }: Words): Html {
  return html`<span class="zh">${zh}</span><span class="en" lang="en">${en}</span>`
}

/** In one line, for a button, a heading or a title. */
export function oneLine({ zh, en }: Words): string {
  return zh === en ? zh : `${zh} · ${en}`
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export function ago(atMs: number | null, nowMs: number): Words {
  if (atMs === null) return { zh: '从未', en: 'never' }
  const ms = Math.max(0, nowMs - atMs)
  if (ms < MINUTE_MS) return { zh: '刚刚', en: 'just now' }
  if (ms < HOUR_MS) return { zh: `${Math.floor(ms / MINUTE_MS)} 分钟前`, en: `${Math.floor(ms / MINUTE_MS)} min ago` }
  if (ms < 2 * DAY_MS) return { zh: `${Math.floor(ms / HOUR_MS)} 小时前`, en: `${Math.floor(ms / HOUR_MS)} h ago` }
  return { zh: `${Math.floor(ms / DAY_MS)} 天前`, en: `${Math.floor(ms / DAY_MS)} days ago` }
}

/** A station's clock minus central's. */
export function clockOff(offsetMs: number | null): Words {
  if (offsetMs === null) return { zh: '未知', en: 'unknown' }
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  if (seconds < 5) return { zh: '准', en: 'right' }
  const amount = seconds < 120 ? { zh: `${seconds} 秒`, en: `${seconds} s` } : seconds < 7200 ? { zh: `${Math.round(seconds / 60)} 分钟`, en: `${Math.round(seconds / 60)} min` } : { zh: `${Math.round(seconds / 3600)} 小时`, en: `${Math.round(seconds / 3600)} h` }
  return offsetMs > 0 ? { zh: `快 ${amount.zh}`, en: `${amount.en} ahead` } : { zh: `慢 ${amount.zh}`, en: `${amount.en} behind` }
}

export const STATE_WORDS: Record<IncarnationState, Words> = {
  active: { zh: '使用中', en: 'active' },
  superseded: { zh: '已被替换', en: 'superseded' },
  waiting: { zh: '待确认', en: 'waits for staff' },
  quarantined: { zh: '已隔离', en: 'quarantined' },
  banned: { zh: '已停用', en: 'banned' },
}

export const REASON_WORDS: Record<WriteOffReason, Words> = {
  lost: { zh: '遗失', en: 'lost' },
  stolen: { zh: '被盗', en: 'stolen' },
  broken: { zh: '损坏', en: 'broken' },
  copied: { zh: '硬盘被复制', en: 'disk copied' },
  other: { zh: '其他', en: 'other' },
}

export const REFUSAL_WORDS: Record<ActRefusal | 'bad_request', Words> = {
  bad_request: { zh: '填写不完整，或格式不对', en: 'Something is missing or misspelt' },
  unknown_station: { zh: '没有这个驿站', en: 'There is no such station' },
  unknown_district: { zh: '没有这个区', en: 'There is no such district' },
  unknown_incarnation: { zh: '没有这个数据文件', en: 'There is no such file' },
  unknown_event: { zh: '没有这条记录', en: 'There is no such record' },
  unknown_staff: { zh: '不是本区在职人员', en: 'Not active staff of this district' },
  unknown_backup: { zh: '没有这个备份', en: 'There is no such backup' },
  same_staff: { zh: '需要两位不同的人员', en: 'It takes two different people' },
  number_taken: { zh: '这个编号已被占用', en: 'The number is taken' },
  station_revoked: { zh: '该驿站已被吊销', en: 'The station is revoked' },
  not_waiting: { zh: '它没有在等待确认', en: 'It does not wait for staff' },
  nothing_held: { zh: '它名下已没有积分', en: 'It holds no points any more' },
  nothing_to_accept: { zh: '这条记录无需认可', en: 'There is nothing to accept' },
  already_accepted: { zh: '已经认可过了', en: 'It is accepted already' },
}
