// Words of the overview and of stations.

import { words } from './language.tsx'
import type { StationHealth } from '../../contract/console/overview.ts'

const zhHealth: Record<StationHealth, string> = { well: '正常', late: '晚到', silent: '失联', never: '从未联系', revoked: '已吊销' }
const enHealth: Record<StationHealth, string> = { well: 'well', late: 'late', silent: 'silent', never: 'never heard', revoked: 'revoked' }
const zhState = { active: '使用中', superseded: '已被替换', waiting: '待确认', quarantined: '已隔离', banned: '已停用' }
const enState: typeof zhState = { active: 'active', superseded: 'superseded', waiting: 'waits for staff', quarantined: 'quarantined', banned: 'banned' }

export const overviewWords = words({
  zh: {
    title: '总览',
    waiting: '等人处理',
    nothingWaits: '没有等着处理的事。',
    facts: '条存疑记录',
    corrections: '笔积分更正待批准',
    kindsLow: '种物资快没了',
    silentStations: '个驿站失联',
    waitingFiles: '个数据文件待确认',
    riders: '位骑手',
    riderPoints: '分在骑手手里',
    stationCount: '个驿站',
    stations: '驿站',
    number: '编号',
    station: '驿站',
    health: '状态',
    heard: '最近联系',
    units: '现有物资',
    low: '快没了',
    flagged: '存疑',
    weeks: '每周积分',
    weeksLead: '发放和兑换，按中心记账的那一周。',
    issued: '发放',
    redeemed: '兑换',
    weekOf: (day: string) => `${day} 起的一周`,
    chart: '每周发放和兑换的积分',
    wishes: '微心愿',
    wishesChart: '各状态的微心愿数',
  },
  en: {
    title: 'Overview',
    waiting: 'Waits for a person',
    nothingWaits: 'Nothing waits.',
    facts: 'flagged records',
    corrections: 'corrections to approve',
    kindsLow: 'kinds of goods run low',
    silentStations: 'stations are silent',
    waitingFiles: 'files wait for a word',
    riders: 'riders',
    riderPoints: 'points in their hands',
    stationCount: 'stations',
    stations: 'Stations',
    number: 'No.',
    station: 'Station',
    health: 'State',
    heard: 'Last heard',
    units: 'On the shelf',
    low: 'Run low',
    flagged: 'Flagged',
    weeks: 'Points by week',
    weeksLead: 'Issued and redeemed, by the week in which central booked them.',
    issued: 'Issued',
    redeemed: 'Redeemed',
    weekOf: (day) => `Week of ${day}`,
    chart: 'Points issued and redeemed by week',
    wishes: 'Wishes',
    wishesChart: 'Wishes by state',
  },
})

export const stationWords = words({
  zh: {
    title: '驿站',
    search: '编号或名称',
    health: zhHealth,
    number: '编号', name: '名称', state: '状态', heard: '最近联系', waiting: '上次问候时待上传', program: '程序版本', clock: '时钟', riders: '常驻骑手', flagged: '存疑',
    clockRight: '准',
    clockOff: (minutes: number) => (minutes > 0 ? `快 ${minutes} 分钟` : `慢 ${-minutes} 分钟`),
    hotline: '联系电话', alarm: '待上传报警', hours: (hours: number) => `${hours} 小时`,
    files: '数据文件',
    filesLead: '驿站的数据库每换一次盘或重新开始，就多一份文件；只有“使用中”的一份可以花积分。',
    fileState: zhState,
    began: '开始', hello: '最近问候', seq: '已收到', claimed: '它自称', backedUp: '已备份到', points: '持有积分', parked: '搁置', file: '文件',
  },
  en: {
    title: 'Stations',
    search: 'Number or name',
    health: enHealth,
    number: 'No.', name: 'Name', state: 'State', heard: 'Last heard', waiting: 'To upload at its last hello', program: 'Program', clock: 'Clock', riders: 'Riders at home', flagged: 'Flagged',
    clockRight: 'right',
    clockOff: (minutes) => (minutes > 0 ? `${minutes} min ahead` : `${-minutes} min behind`),
    hotline: 'Hotline', alarm: 'Upload alarm after', hours: (hours) => `${hours} h`,
    files: 'Files',
    filesLead: 'Each new disk or new beginning of a station is a file of its own; only the active one may spend points.',
    fileState: enState,
    began: 'Began', hello: 'Last hello', seq: 'Received', claimed: 'It claims', backedUp: 'Backed up to', points: 'Points held', parked: 'Parked', file: 'File',
  },
})
