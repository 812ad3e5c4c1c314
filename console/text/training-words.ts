// Words of trainings, who is on their lists, and certificates.

import type { CertificateState } from '../../contract/console/certificates.ts'
import type { TrainingState } from '../../contract/console/trainings.ts'
import type { Platform } from '../../domain/registering.ts'
import type { RiderGroup } from '../../domain/training/decide-signup.ts'
import type { SignupNote, SignupRefusal, SignupStanding } from '../../domain/training/training-book.ts'
import type { TypedField } from '../parts/typed-training.ts'
import { words } from './language.tsx'

const zhState: Record<TrainingState, string> = { to_come: '未开始', under_way: '进行中', over: '已结束', cancelled: '已取消' }
const enState: Record<TrainingState, string> = { to_come: 'to come', under_way: 'under way', over: 'over', cancelled: 'cancelled' }
const zhStanding: Record<SignupStanding, string> = { seated: '有位置', waiting: '候补', offered: '等他答复', declined: '没有接受', cancelled: '已退出', refused: '未能报名', attended: '到场' }
const enStanding: Record<SignupStanding, string> = { seated: 'has a place', waiting: 'waits', offered: 'was offered one', declined: 'declined', cancelled: 'cancelled', refused: 'refused', attended: 'was there' }
const zhRefusal: Record<SignupRefusal, string> = {
  training_unknown: '没有这场培训', rider_unknown: '没有这位骑手', training_cancelled: '已取消', training_over: '报名已截止', already_signed_up: '已报过名', not_invited: '不在参加范围', list_full: '候补已满', not_signed_up: '没有报名',
  offer_over: '答复晚了',
}
const enRefusal: Record<SignupRefusal, string> = {
  training_unknown: 'no such training', rider_unknown: 'no such rider', training_cancelled: 'cancelled', training_over: 'sign-up was closed', already_signed_up: 'signed up already', not_invited: 'not for him',
  list_full: 'the list was full', not_signed_up: 'not signed up', offer_over: 'answered too late',
}
const zhNote: Record<SignupNote, string> = { seated_twice: '报了两次，多的位置已收回', place_lost: '位置被重新分配，排在最前', refused: '骑手还没看到' }
const enNote: Record<SignupNote, string> = { seated_twice: 'was given two, one is free again', place_lost: 'his place was given anew, he comes first', refused: 'not seen by the rider yet' }
const zhPlatform: Record<Platform, string> = { meituan: '美团', eleme: '饿了么', jd: '京东', sf: '顺丰', shansong: '闪送', dada: '达达', kuaidi: '快递', other: '其他平台' }
const enPlatform: Record<Platform, string> = { meituan: 'Meituan', eleme: 'Ele.me', jd: 'JD', sf: 'SF', shansong: 'FlashEx', dada: 'Dada', kuaidi: 'Parcels', other: 'Other platforms' }
const zhGroup: Record<RiderGroup, string> = { volunteer_team: '志愿服务队', red_cross: '红十字会员或志愿者' }
const enGroup: Record<RiderGroup, string> = { volunteer_team: 'Volunteer team', red_cross: 'Red Cross members and volunteers' }
const zhField: Record<TypedField, string> = {
  topic: '主题', titleZh: '标题', titleEn: '英文标题', placeZh: '地点', placeEn: '英文地点', host: '举办驿站', day: '日期', from: '开始', to: '结束', capacity: '名额', points: '到场积分', certificate: '证书有效期（月）',
  closing: '报名截止（开始前分钟）', answer: '空位答复时限（分钟）', late: '开始几分钟内不算迟到', walkIns: '没报名的人临时到场', platforms: '平台', stations: '常去驿站', groups: '队伍',
}
const enField: Record<TypedField, string> = {
  topic: 'Topic', titleZh: 'Title, Chinese', titleEn: 'Title, English', placeZh: 'Place, Chinese', placeEn: 'Place, English', host: 'Held at', day: 'Day', from: 'From', to: 'Until', capacity: 'Places', points: 'Points for being there',
  certificate: 'Certificate good for (months)', closing: 'Sign-up ends (minutes before)', answer: 'Time to answer an offer (minutes)', late: 'In time until (minutes after the start)', walkIns: 'Walk-ins, without having signed up', platforms: 'Platforms', stations: 'Home stations', groups: 'Groups',
}
const zhCertificate: Record<CertificateState, string> = { valid: '有效', ending: '快到期', expired: '已过期' }
const enCertificate: Record<CertificateState, string> = { valid: 'valid', ending: 'ends soon', expired: 'expired' }

export const trainingWords = words({
  zh: {
    title: '培训', notOver: '未结束',
    search: '标题或地点里的词',
    states: zhState, standings: zhStanding, refusals: zhRefusal, notes: zhNote, platforms: zhPlatform, groups: zhGroup, fields: zhField,
    starts: '时间', topic: '主题', name: '标题', place: '地点', station: '举办驿站', seated: '有位置', waiting: '候补', attended: '到场', state: '状态',
    ofCapacity: (taken: number, capacity: number) => `${taken} / ${capacity}`,
    make: '安排培训', makeLead: '报名马上开放；举办的驿站会分到一些位置，断网也能报名。',
    what: '内容', when: '时间和名额', who: '谁可以参加', gives: '到场给什么', rules: '规则',
    englishHint: '可不填；英文界面就显示中文。',
    placeHint: '写全：别的驿站和手机上也看得到，只写“二楼”找不到。',
    weeks: '每周一次，共几次', weeksHint: (last: string) => `最后一次：${last}`, weeksOne: '只办这一次。',
    capacityRange: (min: number, max: number) => `${min} 到 ${max} 人`,
    everybody: '都不选就是所有骑手；选了的，平台、常去驿站、队伍都要符合。',
    certificateHint: '留空为不发证书。',
    doorOpens: (open: number) => `开始前 ${open} 分钟起签到。`,
    lateHint: '再晚到的算迟到，照样记到场；那时没来的人的位置，让给到场的人。', walkInsAre: { yes: '有空位就可以', no: '不可以，只收报了名的' },
    closingHint: '以后就不能报名了；允许临时到场的，还可以到场看有没有空位。', answerHint: '有人退出时，按候补顺序一个一个问；过了时限问下一位。',
    save: '保存', edit: '修改', editTitle: '修改培训',
    told: '时间、地点或驿站变了，报了名的骑手都会看到；断网时报名的，联网后也会知道，位置还在。',
    surplus: (taken: number, capacity: number) => `已有 ${taken} 人有位置（或正等答复），比 ${capacity} 个名额多。谁也不会失去位置：多出的位置随退出慢慢减掉，候补暂时不补。`,
    surplusMeant: '我知道，就这样改',
    surplusNow: (count: number) => `比名额多 ${count} 个位置：谁也不会失去位置，随退出慢慢减掉。`,
    meanwhile: '您填写时，别人改过这场培训', meanwhileLead: '您填的都还在。没动过的几项已换成最新的；两边都改了的，请您定。',
    followed: (now: string) => `已换成：${now}`, clash: (now: string) => `对方改成：${now}`, takeTheirs: '用对方的', saveMine: '看过了，保存',
    empty: '（空）',
    cancel: '取消培训', keep: '不取消了', cancelSure: '取消这场培训？', cancelLead: '报了名的骑手会看到下面这句话。取消后不能恢复。', reason: '原因（骑手会看到原话）', cancelled: '已取消',
    when1: '时间', closes: '报名截止', audience: '参加范围', all: '所有骑手', certificate: '证书', certificateMonths: (months: number) => `有效 ${months} 个月`, noCertificate: '不发', answerIn: '空位答复', minutes: (minutes: number) => (minutes % 60 === 0 && minutes > 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`),
    tiles: { taken: '个位置有人', offered: '个等答复', free: '个在中心空着', lent: '个在驿站空着', waiting: '人候补', attended: '人到场' },
    series: '同一系列还有',
    lists: { attended: '到场的', missed: '有位置没来的', seated: '有位置的', offered: '等他答复的', waiting: '候补，按中心的顺序', gone: '不来的' },
    rider: '骑手', seat: '位置', turn: '顺序', asked: '报名时间', until: '答复到', left: '还剩', note: '说明', came: '到场时间', by: '登记', given: '所得', acts: '操作',
    late1: '迟到', walkIn: '临时到场', unseen: '还没看到改动',
    nobody: '还没有人报名。', elsewhere: '名单只给举办的驿站和区里看。', more: '人太多，没有全部列出。',
    record: '登记到场', recordOther: '登记没带卡的骑手', recordLead: '骑手忘带卡时，核对本人后在这里登记：积分、证书和扫码一样，只记一次。', recordAfter: '培训已结束：七天内可以补记，按准时到场算。', findRider: '姓氏或全名、手机尾号四位', find: '查找', noRider: '没有找到。',
    recorded: (name: string, points: number, hasCertificate: boolean) => `${name} 已登记到场${points > 0 ? `，+${points} 分` : ''}${hasCertificate ? '，证书已生成' : ''}。`,
    printAll: '打印证书（PDF）', printSome: (from: number, to: number) => `打印证书 ${from}–${to}（PDF）`,
    chart: '各主题的培训', chartLead: '近一年和以后的培训；条长是到场人次。', chartName: (topic: string, trainings: number) => `${topic} · ${trainings} 场`, times: (attended: number) => `${attended} 人次`,
  },
  en: {
    notOver: 'not over', title: 'Trainings',
    search: 'A word of the title or place',
    states: enState, standings: enStanding, refusals: enRefusal, notes: enNote, platforms: enPlatform, groups: enGroup, fields: enField,
    starts: 'When', topic: 'Topic', name: 'Title', place: 'Place', station: 'Held at', seated: 'Places', waiting: 'Waiting', attended: 'Came', state: 'State',
    ofCapacity: (taken, capacity) => `${taken} / ${capacity}`,
    make: 'Plan a training', makeLead: 'Sign-up opens at once; the host station is lent some places, so it can sign riders up while cut off.',
    what: 'What it is', when: 'When, and how many', who: 'Who may come', gives: 'What it gives', rules: 'Rules',
    englishHint: 'May be empty: then the Chinese is shown.',
    placeHint: 'In full: other stations and phones show it too.',
    weeks: 'Once a week, how often', weeksHint: (last) => `The last one: ${last}`, weeksOne: 'Only this once.',
    capacityRange: (min, max) => `${min} to ${max} people`,
    everybody: 'None chosen: every rider. Otherwise platform, home station and group must all fit.',
    certificateHint: 'Empty: no certificate.',
    doorOpens: (open) => `The door opens ${open} minutes before the start.`,
    lateHint: 'Who comes later is late, and it counts all the same; from then on, places of those who did not come go to whoever is there.', walkInsAre: { yes: 'Yes, where a place is free', no: 'No, only who has signed up' },
    closingHint: 'After that only at the door, where walk-ins are let in.', answerHint: 'When somebody cancels, those who wait are asked one by one; then the next.',
    save: 'Save', edit: 'Change', editTitle: 'Change the training',
    told: 'With another time, place or station, everybody who has signed up is told; also who signed up while a station was cut off. Places stay.',
    surplus: (taken, capacity) => `${taken} people have a place or were offered one, more than ${capacity}. Nobody loses it: the surplus goes as people cancel, and until then nobody moves up.`,
    surplusMeant: 'I know, and mean it',
    surplusNow: (count) => `${count} more than there are to be: nobody loses a place, they go as people cancel.`,
    meanwhile: 'Somebody changed this training while you were typing', meanwhileLead: 'All that you typed is still here. What you had not touched is as it is now; where both of you changed something, please decide.',
    followed: (now) => `Now: ${now}`, clash: (now) => `They made it: ${now}`, takeTheirs: 'Take theirs', saveMine: 'I have seen it, save',
    empty: '(empty)',
    cancel: 'Call it off', keep: 'Keep it', cancelSure: 'Call this training off?', cancelLead: 'Everybody who has signed up reads the words below. There is no way back.', reason: 'Reason, which riders read as it is', cancelled: 'Called off',
    when1: 'When', closes: 'Sign-up ends', audience: 'For', all: 'every rider', certificate: 'Certificate', certificateMonths: (months) => `good for ${months} months`, noCertificate: 'none', answerIn: 'Time to answer', minutes: (minutes) => (minutes % 60 === 0 && minutes > 0 ? `${minutes / 60} h` : `${minutes} min`),
    tiles: { taken: 'places are taken', offered: 'waiting for an answer', free: 'free at central', lent: 'free at stations', waiting: 'waiting in line', attended: 'came' },
    series: 'Others of the series',
    lists: { attended: 'Who came', missed: 'Who had a place and did not come', seated: 'Who have a place', offered: 'Who were offered one', waiting: "Who wait, in central's order", gone: 'Who do not come' },
    rider: 'Rider', seat: 'Place', turn: 'Turn', asked: 'Signed up', until: 'Answer by', left: 'Left', note: 'Note', came: 'Came', by: 'Recorded by', given: 'Given', acts: 'Acts',
    late1: 'late', walkIn: 'walk-in', unseen: 'has not seen the change',
    nobody: 'Nobody has signed up yet.', elsewhere: 'Names are for the host station and the district.', more: 'There are more than are shown.',
    record: 'Record', recordOther: 'Record somebody without a card', recordLead: 'Where a rider has forgotten the card: make sure who it is, then record it here. Points and certificate are the same as by a scan, once.', recordAfter: 'It is over: for seven days it can be entered, as in time.', findRider: 'Surname or whole name, or the last four of the phone', find: 'Find', noRider: 'Nobody was found.',
    recorded: (name, points, hasCertificate) => `${name} is recorded${points > 0 ? `, +${points} points` : ''}${hasCertificate ? ', with a certificate' : ''}.`,
    printAll: 'Print certificates (PDF)', printSome: (from, to) => `Print certificates ${from}–${to} (PDF)`,
    chart: 'Trainings by topic', chartLead: 'Of the last year and to come; the bar is how many came.', chartName: (topic, trainings) => `${topic} · ${trainings} ${trainings === 1 ? 'training' : 'trainings'}`, times: (attended) => `${attended} came`,
  },
})

export const certificateWords = words({
  zh: {
    title: '证书', search: '证书编号，或骑手姓名、手机尾号', number: '编号', rider: '骑手', topic: '主题', training: '培训', station: '举办驿站', issued: '发证', expires: '有效至', state: '状态', states: zhCertificate, forGood: '长期',
    choose: '选', chooseOne: (number: string) => `选 ${number}`, print: 'PDF', printOne: (number: string) => `PDF ${number}`, printChosen: (count: number) => `打印选中的 ${count} 张（PDF）`, chosenMax: (max: number) => `一次最多选 ${max} 张。`, clear: '清除选择', ofRider: '证书', lead: '快到期的，骑手的屏幕和手机会请他参加下一期同主题培训。',
  },
  en: {
    title: 'Certificates', search: "Number, or a rider's name or phone", number: 'No.', rider: 'Rider', topic: 'Topic', training: 'Training', station: 'Held at', issued: 'Given', expires: 'Valid until', state: 'State', states: enCertificate, forGood: 'for good',
    choose: 'Pick', chooseOne: (number) => `Pick ${number}`, print: 'PDF', printOne: (number) => `PDF ${number}`, printChosen: (count) => `Print the ${count} picked (PDF)`, chosenMax: (max) => `At most ${max} at once.`, clear: 'Pick none', ofRider: 'Certificates', lead: 'Whose certificate ends soon is invited, on screens and phones, to the next course of its topic.',
  },
})
