// Chinese words for staff: this station and central, undo, beginning anew; and for whoever sets a machine up.

import { elapsed } from './elapsed.ts'
import type { SyncCatalogue } from './catalogue-sync.ts'
import { zhPoints } from './zh-points.ts'

const UNIT = { second: '秒', minute: '分钟', hour: '小时', day: '天' } as const

function duration(ms: number): string {
  const { number, unit } = elapsed(ms)
  return `${number} ${UNIT[unit]}`
}

export const zhSync: SyncCatalogue = {
  ago: (ms) => (ms < 60_000 ? '刚刚' : `${duration(ms)}前`),
  duration,
  points: zhPoints,

  syncReport: {
    title: '本站与中心',
    allWell: '一切正常，没有要做的事。',
    toDo: (things) => `有 ${things} 件事要看一看`,
    alarm: {
      client_too_old: { what: '本站程序太旧，收不到中心的更新', next: '请更新本站程序，已经记下的都在。' },
      server_too_old: { what: '中心的程序比本站旧', next: '请中心更新，本站先照常用。' },
      central_unknown: { what: '对面证明不了它是我们的中心', next: '什么都没给它，请核对网址再问中心。' },
      key_refused: { what: '中心不认这台机器', next: '换了新机就关掉它，没换请问中心。' },
      central_restored: { what: '中心从备份恢复过', next: '本站会自己重传，不用做什么。' },
      central_recovering: { what: '中心正在恢复，暂时借不出积分', next: '手里的照常换，等别的站报到。' },
      outbox_old: { what: '有记录超过一天没传上去', next: '请检查网线和路由器，别关机。' },
      not_backed_up: { what: '九十天前的记录还没备份', next: '请中心做一次备份，本站照常用。' },
      clock_off: { what: '这台机器的钟不准', next: '请联网校时，积分不受影响。' },
      too_many_files: { what: '本站等确认的新文件太多，中心不再收', next: '请中心确认一份，或把旧的核销。' },
      own_events_unread: { what: '有本站自己的记录，这个程序读不懂', next: '请更新本站程序，记录都在中心。' },
      aside_too_many_files: { what: '本站的旧文件太多，中心不收其中一份', next: '请中心把旧的核销。' },
      aside_revoked: { what: '一份旧文件所属的站已停用', next: '机器和硬盘都留着，请联系中心。' },
      aside_refused: { what: '中心不收本站的一份旧文件', next: '硬盘留着，请中心看本站日志。' },
      superseded: { what: '本站已有更新的一台在用', next: '用完这台手里的，就把它关掉。' },
    },
    parked: (parked) => ({ what: `${parked} 笔被中心搁置`, next: '请把这句话告诉中心，本站不用做。' }),
    stranded: (points) => ({ what: `断网期间，最\u2060多 ${points} 分取不回来`, next: '联网就好，一分也不会少。' }),
    cloned: (points) => ({ what: `硬盘被复制，最\u2060多 ${points} 分重复用`, next: '由项目承担，不让骑手赔。' }),
    fact: {
      outbox: '等着上传',
      contact: '上次联系中心',
      hello: '上次验明身份',
      clock: '钟与中心相比',
      held: '留在这里的积分',
      earning: '断网还能发',
      standing: '平时给每人留',
      topUp: '一次最多取',
      slice: '断网发分额度',
      beforeHello: '没联系中心时',
    },
    outbox: (depth, ago) => (ago === null ? `${depth} 笔` : `${depth} 笔，最早 ${ago}`),
    outboxEmpty: '没有，都已上传',
    never: '还没有过',
    clock: (offsetMs, howLong) => (offsetMs === null ? '还不知道' : Math.abs(offsetMs) < 5_000 ? '一致' : offsetMs > 0 ? `快 ${howLong}` : `慢 ${howLong}`),
    held: (riders, points) => `${riders} 位骑手，${points} 分`,
    upTo: (points) => `${points} 分`,
    eachRider: (points) => `${points} 分`,
    beforeHello: (allowed) => (allowed ? '照常兑换' : '先不兑换'),
    beginAnew: '重新开始',
  },

  redemptions: {
    title: '今天的兑换',
    line: '发错了，可以撤销。',
    count: (redemptions) => `今天 ${redemptions} 笔，最新的在前`,
    andMore: (first, units) => `${first}等，共 ${units} 件`,
    undo: '撤销',
    undone: '已撤销',
    empty: '今天还没有兑换',
    emptyNext: '有人换了东西，这里就会有。',
    loading: '正在翻今天的记录……',
    failed: '没翻出来，返回再进一次。',
    sure: '撤销这一笔？',
    willReturn: (points) => `${points} 分退给骑手，马上能用`,
    willShelve: '放回架上：',
    willStay: '记录还在，标成已撤销',
    once: '只能撤一次，撤了不能再改回来。',
    confirm: '撤销',
    keep: '不撤了',
    asking: '撤销中…',
    notNow: { what: '现在撤不了', why: '这台机器现在记不下新的。', next: '等它恢复了，再来撤这一笔。' },
  },

  beginAnew: {
    title: '重新开始',
    why: ['这台机器的记录和中心对不上。', '换一份新的，才能再兑换。'],
    kept: '这些都留着',
    keptLines: (unsent, points) => [
      '旧的记录原样收好，不会删',
      unsent === 0 ? '该传的都已经传给中心了' : `没传上去的 ${unsent} 笔，传完才换`,
      points === 0 ? '没有积分留在这台机器上' : `留在这里的 ${points} 分，中心核对后退回`,
    ],
    after: '接下来你要做',
    afterLines: ['点一遍架上的货，没点的换不了', '告诉中心：这台机器重新开始了'],
    go: '继续',
    sure: '真的换新的吗？',
    sureLine: '换了以后，架上的货要重新点一遍。',
    confirm: '换新的',
    keep: '先不换',
    notAllTold: (unsent) => ({ what: '还不能换新的', why: unsent === 0 ? '还有记录没传给中心。' : `还有 ${unsent} 笔没传给中心。`, next: '接通网络，传完再来换，一笔都不丢。' }),
    beginning: {
      asking: { title: '正在换新的', line: '别关机，马上就好。' },
      line_broken: { title: '机器正在重新打开', line: '换好就会回来，别关机。' },
      finding: { title: '回来了，正在核对', line: '看看换好了没有。' },
    },
    begun: { title: '换好了', line: '旧的记录收在机器里，没有删。', next: '现在扫工作码，把架上的货点一遍。' },
  },

  setUp: {
    title: '输入登记码',
    line: '中心给的 12 位码，10 分钟内有效。',
    scan: '有二维码的，直接扫就行。',
    address: '输入中心的网址',
    addressLine: '写在登记码旁边，照着输就行。',
    typed: (signs) => `已输入 ${signs} 位，共 12 位`,
    keys: '键盘',
    join: '加入',
    next: '下一步',
    moreKeys: '换页',
    compare: { title: '对一对，再加入', line: '给码的那一页上也有这 16 位，要一位不差。', spoken: (keyPrint) => `中心的核对码 ${keyPrint}`, same: '一样，加入', other: '不一样' },
    joining: { title: '正在加入', line: '正在和中心对暗号，请别断电断网。' },
    joined: { title: '加入好了', line: '正在取本站的资料，马上就能用。' },
    problem: {
      code_unknown: { what: '中心没有这个码', next: '一位一位对一遍，像圈的是零，像竖线的是一。' },
      code_expired: { what: '这个码过期了', next: '码只管 10 分钟，请中心再给一个新的。' },
      code_used: { what: '这个码用过了', next: '一个码只用一次，请中心再给一个新的。' },
      too_many_tries: { what: '试得太多了', next: '歇 10 分钟，再请中心给一个新的。' },
      no_answer: { what: '连不上中心', next: '看看网线和网址，再按一次加入。' },
      not_a_central: { what: '这个网址不是我们的中心', next: '照着中心给的网址再输一遍。' },
      client_too_old: { what: '这台机器的程序太旧，加不了', next: '请装新版程序，再要一个新码。' },
      server_too_old: { what: '中心的程序比这台机器旧', next: '请中心更新，码没有说出去。' },
      other_central: { what: '答话的不是给码的中心', next: '别加入，请中心查网址和网络。' },
    },
    notACode: '这不是登记码，请扫中心给的那张。',
  },

  troubleForStaff: {
    disk_full: '清出硬盘空间，或请中心远程处理。',
    storage_failing: '备好新硬盘，旧的别扔，打电话给中心。',
    outbox_full: '接通网络，传完自己就好。',
    quarantined: '身份被另一台占用：停掉它，请站长重新开始。',
    behind: '硬盘是旧的：先联网，不行请站长重新开始。',
    banned: '中心停用了本机：别再发物资，打电话给中心。',
    waiting_for_staff: '三十天内第二次换新，等中心放行就好。',
    hello_needed: '本站规定先联系中心再兑换：请接通网络。',
    too_many_files: '请中心确认一份新文件，或把旧的核销。',
    not_set_up: '向中心要登记码，在这块屏上输入。',
    database_newer: '更新程序，别动数据文件。',
  },
}
