// Chinese words for what a rider has to be told about a sign-up.

import type { SignupWords } from './catalogue-signup.ts'

export const zhSignup: SignupWords = {
  told: {
    cancelled: (reason) => ({ what: '这场不办了', why: reason === null ? '中心取消了这一场，不扣分。' : `原因：${reason}`, next: '看看别的场次，点一下就报。' }),
    refused: {
      not_invited: { what: '这场没报上', why: '它只给中心邀请的骑手。', next: '看看别的，或者问问站长。' },
      list_full: { what: '这场没报上', why: '候补的人也满了。', next: '看看别的场次。' },
      training_cancelled: { what: '这场没报上', why: '你报的时候，中心已经取消了它。', next: '看看别的场次。' },
      training_over: { what: '这场没报上', why: '中心收到时，报名已经截止。', next: '看看别的场次。' },
      training_unknown: { what: '这场没报上', why: '中心已经把它撤下来了。', next: '看看别的场次。' },
      rider_unknown: { what: '这场没报上', why: '中心那时还不认得你。', next: '现在再报一次就好。' },
      already_signed_up: { what: '这场报过了', why: '一个人一场只占一个座。', next: '看看“我报的”，不用再报。' },
      not_signed_up: { what: '这场没报上', why: '前面那次已经取消了。', next: '想去的话，再报一次。' },
      offer_over: { what: '这个空位没赶上', why: '答复到中心时，已经过了时间。', next: '想去的话，再报一次。' },
      untold: { what: '这场没报上', why: '中心没同意，原因还在路上。', next: '联网后再来看，或者看看别的。' },
    },
    place_lost: (place) => ({ what: '你的座位没保住', why: '断网时同一个座给了两个人。', next: place === 1 || place === null ? '有空座第一个给你，不用再报。' : `你在候补第 ${place} 位，不用再报。` }),
    place_again: (when) => ({ what: '又给你补上座位了', why: '原来那个座断网时给了别人。', next: `照常来就行：${when}` }),
    seated_twice: () => ({ what: '多报的一座让出去了', why: '你在两个地方都报了这一场。', next: '留着一座，照常来就行。' }),
    moved: (when, place) => ({ what: '时间或地点改了', why: `现在是${when}，${place}`, next: '座位还在，不方便就让出来。' }),
  },
  brief: { place_lost: '座位没保住', place_again: '又补上座了', seated_twice: '多的一座让了', moved: '有变动' },
  briefRefused: {
    not_invited: '只给邀请的人', list_full: '候补满了', training_cancelled: '已经取消', training_over: '报名截止', training_unknown: '已经撤下', rider_unknown: '再报一次', already_signed_up: '报过了',
    not_signed_up: '取消过了', offer_over: '没赶上', untold: '点开看看',
  },
  remind: {
    place_lost: (title) => `${title}的座位没保住，点培训看看`,
    place_again: (title) => `${title}又给你补上座位了`,
    seated_twice: (title) => `${title}多报的一座让出去了`,
  },
  remindRefused: (title, why) => `${title}没报上：${why}`,
  others: '看别的场次',
  again: '再报一次',
  noMore: '不等了',
  stillComing: '知道了，还去',
  forSome: '限受邀骑手',
  forSomeLine: '只给中心邀请的骑手，报了等中心答复。',
}
