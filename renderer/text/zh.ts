// Simplified Chinese, as a courier would say it. First of the languages: the others follow its lines.

import { civilOfDay } from '../../domain/calendar.ts'
import type { Catalogue } from './catalogue.ts'
import { civilDateAt, minutesAndSeconds, timeOfDay } from './wall-time.ts'
import { zhNotices, zhRefusals } from './zh-refusals.ts'
import { zhScans } from './zh-scans.ts'
import { zhRegister } from './zh-register.ts'
import { zhSync } from './zh-sync.ts'
import { zhVisit } from './zh-visit.ts'

const inPeriod = { day: '今天', week: '这周', month: '这个月', halfyear: '这半年' } as const
const perPeriod = { day: '每天', week: '每周', month: '每月', halfyear: '每半年' } as const
const hello = { night: '夜里辛苦了', morning: '早上好', noon: '中午好', afternoon: '下午好', evening: '晚上好' } as const

export const zh: Catalogue = {
  ...zhSync,
  ...zhVisit,
  ...zhRegister,
  direction: 'ltr',
  htmlLang: 'zh-CN',
  of: (words) => words.zh,
  time: timeOfDay,
  date: (wallMs, utcOffsetMinutes) => {
    const { year, month, dayOfMonth } = civilDateAt(wallMs, utcOffsetMinutes)
    return `${year}年${month}月${dayOfMonth}日`
  },
  day: (day) => {
    const { year, month, dayOfMonth } = civilOfDay(day)
    return `${year}年${month}月${dayOfMonth}日`
  },
  countdown: minutesAndSeconds,

  parts: {
    back: '返回',
    finish: '结束',
    close: '知道了',
    lowReach: '低位',
    lowReachOff: '恢复高位',
    slow: '慢一点',
    slowOff: '正常速度',
    language: '中 / EN',
    previousPage: '上一页',
    nextPage: '下一页',
    page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
    more: '加一件',
    fewer: '减一件',
    remove: '不要了',
    delete: '删除',
    done: '好了',
    cancel: '取消',
    pointsUnit: '分',
    points: (points) => `${points} 分`,
    network: { online: '已联网', offline: '暂时断网，照常用', reconnecting: '正在重连' },
    closesIn: (seconds) => `${seconds} 秒后自动回到首页`,
    station: '驿站',
    product: '博爱小站',
  },

  starting: { title: '马上就好', line: '机器正在开机，先坐下歇一歇。' },

  attract: {
    title: ['歇一歇，', '喝口水，', '扫码就好。'],
    free: ['休息、饮水、充电永远不用积分。', '24 小时不打烊。'],
    scan: '把骑手码放到扫描口',
    scanHint: '卡片、手机都行。',
    scanner: { ready: null, lost: '扫描口没接好，请找志愿者' },
    offers: '这里随便用',
    facility: {
      seats: '座位',
      water: '饮水',
      microwave: '微波炉',
      charging: '手机充电',
      battery_swap: '换电柜',
      first_aid_box: '急救箱',
      umbrellas: '爱心雨伞',
      medicines: '常用药',
      wifi: '无线网',
      books: '图书',
    },
    goods: (kinds) => `${kinds} 样东西等你换`,
    goodsHint: '扫码就能看到你的积分。',
    trainings: '最近的培训，免费来',
    wishes: '心愿墙上',
    earn: '积分怎么来',
    earnWays: ['帮邻居搭把手', '参加一次培训', '随手拍个隐患'],
    call: (hotline) => `有事打电话：${hotline}`,
  },

  greeting: {
    hello: (maskedName, part) => `${maskedName}师傅，${hello[part]}`,
    welcome: (part) => `${hello[part]}，欢迎！`,
    checkedIn: (visitToday, time) => `今天第 ${visitToday} 次来，${time} 已签到`,
    firstToday: '今天头一回见，先喝口水。',
    unknown: '这台机器还不认识你，先歇歇。',
    unknownFetching: '正在向中心打听你，稍等就好。',
    unknownOffline: '现在断网，联网后就认得你了。',
    suspended: '你的积分暂时停用，休息照常。',
    suspendedNext: '想知道原因，请找站长。',
    pointsLabel: '积分',
    hideHint: '点一下可隐藏',
    showHint: '点一下看积分',
    hidden: '＊＊＊',
    offline: '现在断网，积分以上次联网为准。',
    showShelf: '积分兑换',
    onShelf: (kinds) => (kinds === 0 ? '架上暂时空着' : `${kinds} 样东西在架上`),
    firstGoods: '点一下就能选',
    myPoints: '我的积分',
    myPointsHint: '每一笔都写着为什么',
    register: '登记',
    trainings: '培训',
    wishes: '微心愿',
  },

  shelf: {
    title: '挑一样',
    spendable: (points) => `现在能用 ${points} 分`,
    spendableHidden: '积分已隐藏',
    all: (kinds) => `全部 ${kinds}`,
    category: { road: '路上用', home: '家用', food: '吃喝', care: '药箱' },
    empty: { what: '架上现在是空的', why: '东西都换完了，还没补上。', next: '志愿者补货后再来看看。' },
    emptyCategory: '这一类暂时没有，看看别的。',
    left: (units) => `还有 ${units}`,
    oneLeft: '最后 1 件',
    inCart: (units) => `已选 ${units}`,
    soldOut: '换完了',
    short: (missing) => (missing === null ? '积分还不够' : `还差 ${missing} 分`),
    shortWithCart: (missing) => (missing === null ? '加上已选的不够' : `再加还差 ${missing} 分`),
    partElsewhere: (here) => (here === null ? '分够，有些不在这里' : `分够，这里能用 ${here}`),
    limitReached: (period) => `${inPeriod[period]}已领够`,
    limit: (units, period) => `${perPeriod[period]}限 ${units} 件`,
    unknownRider: '认得你以后能换',
    suspended: '暂时不能换',
    stopped: '现在不能换',
    howToEarn: '帮忙、培训、随手拍都能攒积分。',
    cartEmpty: '点一样东西，就放到这里',
    cartLine: (name, quantity) => `${name} × ${quantity}`,
    cartMore: (units) => `还有别的，共 ${units} 件`,
    total: (points) => `${points} 分`,
    leftAfter: (points) => `换完还剩 ${points}`,
    toConfirm: '确认兑换',
  },

  confirm: {
    title: '换这些，对吗？',
    line: '点“换”之后才扣分。',
    total: '一共',
    leftAfter: (points) => `换完还剩 ${points} 分`,
    units: (units) => `${units} 件`,
    redeem: '换',
    empty: '还没有选东西',
    emptyNext: '返回去挑一样。',
  },

  committing: {
    asking: { title: '正在记下来', line: '先别拿，马上就好。' },
    line_broken: { title: '和机器断开了', line: '正在重新连上，请别走开。' },
    finding: { title: '连上了，正在核对', line: '看看刚才有没有换成。' },
  },

  done: {
    title: '换好了！',
    take: '请从架上拿',
    units: (units) => `${units} 件`,
    receipt: '兑换号',
    receiptHint: '有问题就把这个号告诉志愿者。',
    pointsLeft: (points) => `还剩 ${points} 分`,
    next: '下一位可以直接扫码。',
  },

  refused: { title: '这次没换成，没有扣分', backToShelf: '回去再挑', words: zhRefusals },

  unfinished: {
    redemption_not_recorded: { what: '刚才没换成', why: '连接断了，没有扣分，也没有记下来。', next: '东西放回架上，再扫一次码。' },
    redemption_unsure: { what: '还不知道换成没有', why: '连接断得太久，没等到回音。', next: '再扫码看“我的积分”，有这笔就成了。' },
    begin_anew_not_done: { what: '没有换成新的', why: '还是旧的那份，什么都没丢。', next: '再扫工作码试一次，不行打电话。' },
    restock_unsure: { what: '还不知道补货记上没有', why: '连接断了，没等到回音。', next: '先看架上的数，没加上再补一次。' },
  },

  myPoints: {
    title: '我的积分',
    balance: (points) => `一共 ${points} 分`,
    balanceHidden: '积分已隐藏，点一下看',
    total: (entries) => `共 ${entries} 笔`,
    reason: { redemption: '兑换物资', service: '志愿服务', training: '参加培训', report: '随手拍', correction: '更正', opening: '以前的积分', undone: '撤销兑换' },
    line: (name, quantity) => `${name}\u00a0×\u00a0${quantity}`,
    signed: (points) => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'),
    waiting: '待上传',
    waitingHint: '已记在这台机器上，联网后上传。',
    correctionHint: '更正是新的一笔，原来的不改。',
    atCentral: '中心',
    empty: '还没有积分记录',
    emptyNext: '帮忙、培训、随手拍都能攒积分。',
    loading: '正在翻你的记录……',
    failed: '记录没翻出来，返回再进一次。',
    unknown: '认得你以后，这里会有每一笔。',
  },

  notUnderstood: { title: '这个码认不出来', forStaff: '给志愿者看', ...zhScans },

  staffPin: {
    hello: (maskedName) => `${maskedName}，你好`,
    title: '请输入 6 位密码',
    line: '挡一下屏幕，别让人看见。',
    typed: (digits) => `已输入 ${digits} 位`,
    checking: '正在核对……',
    wrong: (triesLeft) => `密码不对，还能试 ${triesLeft} 次`,
    locked: (countdown) => `试错太多，${countdown} 后再试`,
    lockedNext: '忘了密码，请找站长或中心。',
  },

  staffHome: {
    hello: (maskedName, role) => `${maskedName}，${role === 'station_head' ? '站长' : '志愿者'}你好`,
    restock: '补货',
    restockHint: '扫货品码，一件一件上架',
    counted: (lines) => `还有 ${lines} 行没确认`,
    outbox: (depth) => `待上传 ${depth} 笔，会自动传`,
    outboxEmpty: '都已上传',
    parked: (parked) => `${parked} 笔被中心搁置，告诉站长`,
    runningOut: '快没了，先补这些',
    redemptionsHint: '发错了可以撤销',
    syncHint: (standing) => (standing.kind === 'to_do' ? `有 ${standing.things} 件事要看` : standing.kind === 'offline' ? '断网了，会自己连' : '一切正常'),
  },

  restock: {
    title: '补货',
    line: '扫一次加一次，整箱扫箱码。',
    empty: '还没有扫到货',
    emptyNext: '把货品码对准扫描口。',
    quantity: '数量',
    units: (units) => `${units} 件`,
    expiry: '保质期到',
    expiryUnset: '还没选保质期',
    expiryNone: '不会过期',
    expiryOn: (day) => `${day}到期`,
    expired: '已过期，不能上架',
    months: (months) => `${months} 个月`,
    typeDate: '输入日期',
    dateHint: '八位数字，比如 20270131',
    dateWrong: '没有这一天，再看看包装。',
    quantityHint: '输入件数',
    donor: '谁送的',
    donorNone: '自购或不清楚',
    addLot: '同样货，另一批',
    total: (units, lines) => `一共 ${units} 件，${lines} 行`,
    commit: '确认上架',
    needsExpiry: (lines) => `还有 ${lines} 行没选保质期`,
    linesExpired: (lines) => `有 ${lines} 行已过期`,
  },

  restockCommitting: {
    asking: { title: '正在记下来', line: '马上就好。' },
    line_broken: { title: '和机器断开了', line: '正在重新连上，请别走开。' },
    finding: { title: '连上了，正在核对', line: '同一批不会记两次。' },
  },

  restockDone: { title: '上架了！', line: (units, lines) => `记下 ${units} 件，${lines} 批`, next: '还要补货，再扫一次工作码。' },

  outOfOrder: {
    gone: { what: '机器正在重新连接', why: '屏幕和主机断开了，一般几秒就好。', next: '坐下歇歇，喝口水，不用积分。' },
    trouble: {
      disk_full: { what: '暂时不能兑换', why: '机器存满了，记不下新的。', next: '休息照常，兑换请晚点再来。' },
      storage_failing: { what: '暂时不能兑换', why: '机器的存储出了问题。', next: '休息照常，请打电话告诉我们。' },
      outbox_full: { what: '暂时不能兑换', why: '断网太久，攒下的还没传上去。', next: '休息照常，联网后就能换。' },
      quarantined: { what: '暂时不能兑换', why: '这台机器的记录要先核对。', next: '休息照常，请打电话告诉我们。' },
      behind: { what: '暂时不能兑换', why: '这台机器的记录不是最新的，要先核对。', next: '休息照常，请打电话告诉我们。' },
      banned: { what: '这里不再兑换积分', why: '中心已经停用这台机器。', next: '休息照常，换东西请到别的站。' },
      waiting_for_staff: { what: '暂时不能兑换', why: '这台机器等中心的工作人员点头。', next: '休息照常，晚一点再来换。' },
      hello_needed: { what: '马上就能兑换', why: '机器刚开机，要先和中心核对一次。', next: '休息照常，联上网就能换。' },
      too_many_files: { what: '这台机器还不能用', why: '等中心确认的新文件太多了。', next: '休息照常，请站长联系中心。' },
      not_set_up: { what: '这台机器还没启用', why: '还没有登记到驿站。', next: '休息照常，请站长来设置。' },
      database_newer: { what: '暂时不能兑换', why: '机器的程序旧了，要更新。', next: '休息照常，请打电话告诉我们。' },
    },
    works: '照常',
    stopped: '暂停',
    work: { rest: '休息、饮水、充电', checkin: '扫码签到', redemption: '积分兑换' },
    call: (hotline) => `请打电话：${hotline}`,
    callNobody: '请告诉志愿者或站长。',
  },

  replaced: { title: '这里已换到另一块屏', line: '同一时间只用一块屏。', takeOver: '在这里用' },

  knock: {
    title: '有人扫了另一张码',
    line: { rider: '结束这一位，请下一位进来？', staff: '结束这一位，让工作人员进来？' },
    letIn: '结束，请下一位',
    keep: '还没用完',
    registering: { unsent: '正在登记，还没提交：请下一位进来，填的就没了。', pass: '新的骑手码还在屏幕上：先拍下来。' },
  },

  idle: { title: '还在吗？', line: '没人的话，这里就收起来了。', seconds: (seconds) => `${seconds} 秒`, stay: '还在，继续用' },

  notices: zhNotices,

  demo: {
    mark: '演示',
    title: '演示：点一下就当扫了码',
    line: '真机上没有这个抽屉。',
    loading: '正在取演示用的码……',
    kind: { rider: '骑手', staff: '工作人员', item: '物资', bad: '认不出的码' },
    open: '打开演示抽屉',
    close: '收起',
  },
}
