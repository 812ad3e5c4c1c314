// Chinese words for what the station refuses around trainings, wishes and registering.

import type { Catalogue } from './catalogue.ts'
import type { VisitRefusalCode } from './catalogue-visit.ts'

export const zhVisitRefusals: Pick<Catalogue['refused']['words'], VisitRefusalCode> = {
  training_unknown: () => ({ what: '这场培训找不到了', why: '中心刚把它撤下来。', next: '看看别的场次。' }),
  training_cancelled: () => ({ what: '这场培训取消了', why: '中心已经通知不办了。', next: '看看别的场次。' }),
  training_over: () => ({ what: '这场培训报不了了', why: '已经开始，或者报名截止了。', next: '看看下一场。' }),
  already_signed_up: () => ({ what: '你已经报过名了', why: '一个人一场只占一个座。', next: '在“我报的”里能看到。' }),
  not_signed_up: () => ({ what: '你没有报这一场', why: '可能已经取消过了。', next: '想去的话，重新报名。' }),
  clash: () => ({ what: '和你报的另一场撞时间', why: '两场的时间有重叠。', next: '确定要报，就再点一次。' }),
  offer_over: () => ({ what: '这个空位已经给别人了', why: '过了答复的时间。', next: '你还在候补里，有空位再告诉你。' }),
  not_hosted_here: () => ({ what: '这场培训不在这里办', why: '到场要在举办的驿站登记。', next: '请到举办的驿站去。' }),
  signups_full: ({ signupsMax }) => ({ what: `最多同时报 ${signupsMax} 场`, why: '给别人也留些座位。', next: '先取消一场，再报这一场。' }),
  words_not_sealable: () => ({ what: '现在还不能在这里写', why: '这台机器还没和中心联系上，写的内容没法安全保存。', next: '等有网络再写，或请站里的人帮忙。' }),
  wish_unknown: () => ({ what: '这个心愿找不到了', why: '它可能已经撤下来了。', next: '回去看看别的心愿。' }),
  wish_empty: () => ({ what: '还没写字', why: '空的心愿没人看得懂。', next: '写一句就行。' }),
  wish_too_long: ({ characters, charactersMax }) => ({ what: '心愿写得太长了', why: `写了 ${characters} 个字，最多 ${charactersMax} 个。`, next: '删短一点再发。' }),
  wishes_full: ({ wishesMax }) => ({ what: `最多同时许 ${wishesMax} 个心愿`, why: '先等前面的有了着落。', next: '可以撤回一个，再写新的。' }),
  wish_not_in_state: () => ({ what: '这个心愿已经变了', why: '别人刚刚处理过它。', next: '回去看看它现在怎样。' }),
  consent_outdated: () => ({ what: '说明刚刚更新了', why: '你看的那一版已经旧了。', next: '请再看一遍新的，再点同意。' }),
  name_unusable: () => ({ what: '这个名字机器认不了', why: '里面有不能写进名字的符号。', next: '只写名字，再试一次。' }),
  registering_full: () => ({ what: '这台机器先登记到这里', why: '断网时登记的人太多了。', next: '联网后再来，或找志愿者。' }),
}
