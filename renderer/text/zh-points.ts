// Chinese words for where a rider's points are and why some of them cannot be spent here now. Every number may be hidden.

import type { PointsWords } from './catalogue-sync.ts'

/** " 50 分" or, hidden, the word that gives no number away. */
const some = (points: number | null, hidden: string): string => (points === null ? hidden : ` ${points} 分`)
const places = (place: string, more: number): string => (more === 0 ? place : `${place}等 ${more + 1} 处`)
const what = (missing: number | null): string => (missing === null ? '这里的积分还不够' : `这里还差 ${missing} 分`)

export const zhPoints: PointsWords = {
  here: (here) => (here === null ? '有一部分现在不在这里' : `这里现在能用 ${here} 分`),
  away: {
    asking: ({ points }) => `正在问其余${some(points, '的')}在哪里`,
    coming: ({ points, more }, place) => `${places(place, more)}还有${some(points, '一些')}，正在取回`,
    silent: ({ points, more }, place) => `${places(place, more)}还有${some(points, '一些')}，等它联网就能用`,
    cut_off: ({ points }) => `现在连不上网，其余${some(points, '的')}要等网络恢复`,
    at_central: ({ points }) => `其余${some(points, '的')}在中心，下次扫码再取`,
  },
  heard: (ago) => (ago === null ? '还没联系上过它' : `它上次联网是 ${ago}`),
  brief: {
    asking: () => null,
    coming: ({ points }) => `另有${some(points, '一些')}正在取回`,
    silent: ({ points, more }, place) => (more > 0 || place.length > 6 ? `另有${some(points, '一些')}在别的站` : `另有${some(points, '一些')}在${place}`),
    cut_off: ({ points }) => `另有${some(points, '一些')}等网络恢复`,
    at_central: ({ points }) => `另有${some(points, '一些')}在中心`,
  },
  hereBrief: (here) => (here === null ? '积分已隐藏' : `这里能用 ${here} 分`),
  pending: (pending, online) => `${pending === null ? '有积分待入账' : `待入账 ${pending} 分`}，${online ? '中心记下后可用' : '网络恢复后可用'}`,
  pendingBrief: (pending) => (pending === null ? '有积分待入账' : `待入账 ${pending} 分`),
  leftHere: (points) => `换完这里还剩 ${points}`,
  short: {
    tooFew: ({ missing, balance }) => ({
      what: missing === null ? '积分还不够' : `还差 ${missing} 分`,
      why: balance === null ? '你的积分加起来也不够。' : `你一共有 ${balance} 分，都算上也不够。`,
      next: '减几件，或者攒够了再来换。',
    }),
    notBooked: ({ missing, pending }) => ({
      what: what(missing),
      why: pending === null ? '有一些刚挣的分还没入账。' : `刚挣的 ${pending} 分还没入账。`,
      next: '先减几件，入账以后就能用。',
    }),
    away: {
      asking: (away, _, missing) => ({ what: what(missing), why: `其余${some(away.points, '的')}正在向中心取。`, next: '等几秒再换一次，或先减几件。' }),
      coming: (away, place, missing) => ({ what: what(missing), why: `${places(place, away.more)}还有${some(away.points, '一些')}，正在取回。`, next: '喝口水等一等再换，或先减几件。' }),
      silent: (away, place, missing) => ({ what: what(missing), why: `${places(place, away.more)}还有${some(away.points, '一些')}，它没联网。`, next: '先减几件，等它联网再来换。' }),
      cut_off: (away, _, missing) => ({ what: what(missing), why: `现在连不上网，其余${some(away.points, '的')}取不过来。`, next: '先减几件，网络恢复后再来换。' }),
      at_central: (away, _, missing) => ({ what: what(missing), why: `其余${some(away.points, '的')}在中心，这次没取过来。`, next: '先减几件，下次扫码再取。' }),
    },
  },
  shortLine: {
    asking: () => '分够，其余的正在取，等几秒再点。',
    coming: ({ points }, place) => `分够，有${some(points, '些')}在${place}，正在取回。`,
    silent: ({ points }, place) => `分够，有${some(points, '些')}在${place}，等它联网。`,
    cut_off: () => '分够，但现在连不上网，取不过来。',
    at_central: () => '分够，但有些还在中心，下次再取。',
  },
  notBookedLine: '分够，但有些还没入账，稍后再来。',
}
