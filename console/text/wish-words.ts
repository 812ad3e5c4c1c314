// Words of wishes: the queue, the table, one wish, its figures, partners' wall and claims, and the talks they come from.

import type { CLAIM_STATES } from '../../contract/console/claims.ts'
import type { MEETING_KINDS } from '../../contract/console/meetings.ts'
import type { OwnWishState, WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { PersonalKind } from '../../domain/find-personal.ts'
import type { CLAIMANT_NEWS, WishFlag } from '../../domain/wish.ts'
import type { WishAct } from '../../domain/wish-history.ts'
import { words } from './language.tsx'

type WishState = Exclude<OwnWishState, 'unsent'>
type News = (typeof CLAIMANT_NEWS)[number]
type ClaimState = (typeof CLAIM_STATES)[number]
type MeetingKind = (typeof MEETING_KINDS)[number]

const zhCategory: Record<WishCategory, string> = {
  small_trouble: '小困难', small_need: '小需求', small_dream: '小梦想', hard_entry: '进门难', hard_charging: '充电难', hard_rest: '休息难', hard_meal: '就餐难', other: '其他',
}
const enCategory: Record<WishCategory, string> = {
  small_trouble: 'Small trouble', small_need: 'Small need', small_dream: 'Small dream', hard_entry: 'Getting in', hard_charging: 'Charging', hard_rest: 'Rest', hard_meal: 'Meals', other: 'Other',
}
const zhState: Record<WishState, string> = {
  in_review: '待审核', asked_back: '退回补充', refused: '未通过', open: '待认领', claimed: '已认领', fulfilled: '已点亮', confirmed: '已确认', withdrawn: '已撤回',
}
const enState: Record<WishState, string> = {
  in_review: 'in review', asked_back: 'asked back', refused: 'refused', open: 'open', claimed: 'claimed', fulfilled: 'lit', confirmed: 'confirmed', withdrawn: 'withdrawn',
}
const zhAct: Record<WishAct, string> = {
  posted: '许愿', edited: '修改', withdrawn: '撤回', confirmed: '确认收到', not_yet: '说还没收到', handed_over: '在站里交付', approved: '通过', asked_back: '退回补充', refused: '未通过', claimed: '认领',
  joined: '加入认领', left: '退出认领', extended: '延期', fulfilled: '点亮', seen: '看过修改', lapsed: '认领到期', given_back: '退回认领', ended: '单位停用，认领结束', erased: '骑手信息已删除',
}
const enAct: Record<WishAct, string> = {
  posted: 'posted', edited: 'edited', withdrawn: 'withdrawn', confirmed: 'confirmed', not_yet: 'said not yet', handed_over: 'handed over at the station', approved: 'approved', asked_back: 'asked back',
  refused: 'refused', claimed: 'claimed', joined: 'joined', left: 'left the claim', extended: 'extended', fulfilled: 'lit', seen: 'read the change', lapsed: 'claim lapsed', given_back: 'gave it back',
  ended: 'partner closed', erased: 'rider erased',
}
const zhFlag: Record<WishFlag, string> = { wish_unknown: '没有这个心愿', wish_repeated: '重复', wish_not_in_state: '来得太晚', claim_stale: '说的是上一次认领' }
const enFlag: Record<WishFlag, string> = { wish_unknown: 'unknown wish', wish_repeated: 'repeated', wish_not_in_state: 'too late', claim_stale: 'about an earlier claim' }
const zhNews: Record<News, string> = { edited: '骑手改了心愿', withdrawn: '骑手撤回了心愿', confirmed: '骑手确认收到了', not_yet: '骑手说还没收到', handed_over: '站里已经交给骑手' }
const enNews: Record<News, string> = { edited: 'The rider changed the wish', withdrawn: 'The rider took the wish back', confirmed: 'The rider confirmed it', not_yet: 'The rider says: not yet', handed_over: 'The station handed it over' }
const zhClaim: Record<ClaimState, string> = { holding: '进行中', fulfilled: '已点亮，等骑手确认', confirmed: '骑手已确认', over: '已结束' }
const enClaim: Record<ClaimState, string> = { holding: 'under way', fulfilled: 'lit, waits for the rider', confirmed: 'confirmed', over: 'over' }
const zhMeeting: Record<MeetingKind, string> = { talk: '群众恳谈会', listening_point: '百姓说事点', secretary_tea: '书记茶话会' }
const enMeeting: Record<MeetingKind, string> = { talk: 'Community talk', listening_point: 'Listening point', secretary_tea: 'Tea with the secretary' }
const zhPersonal: Record<PersonalKind, string> = { phone: '电话', id_number: '证件号', plate: '车牌', account: '账号', name: '姓名', address: '门牌' }
const enPersonal: Record<PersonalKind, string> = { phone: 'phone', id_number: 'ID number', plate: 'plate', account: 'account', name: 'name', address: 'door number' }

export const wishWords = words({
  zh: {
    title: '心愿',
    categories: zhCategory, states: zhState, acts: zhAct, flags: zhFlag, news: zhNews, claimStates: zhClaim, meetingKinds: zhMeeting, personal: zhPersonal,
    search: '墙上文字里的词',
    category: '类别', state: '状态', text: '内容', station: '驿站', posted: '许愿时间', changed: '变化时间', by: '认领方', until: '到期', who: '署名', reach: '怎么联系',
    notShown: '未公开', again: '再次上墙', anonymous: '一位骑手', phone: '手机或后台', late: '（已过时）',
    reaches: { station: '在站里', staff_phone: '由工作人员转接电话' },
    byState: '现在的心愿',
    figures: '多久有人认领，多久点亮',
    figuresLead: '从通过审核算起，中位数；到期未点亮的认领次数。',
    postedCount: '许愿', inReview: '待审核', open: '待认领', claimed: '已认领', lit: '已点亮', toClaim: '到认领', toLight: '到点亮', lapsed: '到期',
    days: (days: number | null) => (days === null ? '—' : `${days} 天`),
    all: '全部',
    history: '经过', when: '时间', what: '事项', round: '第几次认领', person: '谁', words: '说明', told: '告诉认领方的', seenBy: '已看', unseen: '未看',
    staffWords: '给骑手的话', fulfilment: '点亮时说', meeting: '来自恳谈', claimRound: (claim: number) => (claim === 0 ? '—' : `第 ${claim} 次`), notYet: '骑手说还没收到',
    queue: '心愿审核',
    queueLead: '通过后全区的墙上都能看到。标出的地方可能泄露身份，请先隐去。',
    queueEmpty: '没有待审核的心愿。',
    awaited: (count: number) => `还有 ${count} 个心愿的内容在路上（驿站还没联网）。`,
    more: '还有更多，审完再看。',
    published: '公开的文字', hide: '一键隐去标出的内容', approve: '通过', askBack: '退回补充', refuse: '不通过', question: '给骑手的话（骑手会看到原话）', send: '发送',
    before: '墙上原来的文字', isClaimed: '已有人认领：通过后对方要先看过新内容。', nothingFound: '没有发现电话、证件号等信息。',
    wall: '认领心愿',
    wallLead: '先看到期退回的，再看等得最久的。认领后请在期限内联系；到期会回到墙上。',
    wallEmpty: '现在没有等着认领的心愿。谢谢你们。',
    claim: '我们来认领', join: '一起参加', mine: '我们已认领', held: '已有人认领',
    claimSure: '认领这个心愿？', claimLead: '请在期限内和驿站联系。不公开骑手的电话，由站里转达。',
    goneTitle: '这个心愿已经不在墙上', goneLead: '它可能刚被点亮、撤回，或者正在重新审核。', seeWall: '看看别的心愿',
    myClaims: '我们的认领', myClaimsEmpty: '还没有认领过心愿。',
    endsSoon: (hours: number) => (hours < 1 ? '不到 1 小时就到期了。' : `还有 ${hours} 小时到期。`), endsSoonNext: '办得到就延期，办不到就退回，好让别人来。',
    endsAt: '到期', members: '认领方', extend: '延期', extensionsLeft: (count: number) => `还能延期 ${count} 次`, reason: '延期原因', fulfil: '点亮：已经办到', fulfilWords: '说一句话（骑手会看到）', fulfilPhoto: '照片（骑手会看到）', fulfilPhotoHint: '照片和话，有一样就行。JPEG、PNG 或 WebP，最多 16 MB；地点等信息会去掉。请别拍到别人的脸和门牌。', photoSending: '正在上传…', photoSent: '照片已传好', photoOf: '点亮的照片', seePhoto: '看照片',
    giveBack: '退回', giveBackSure: '把心愿退回墙上？', giveBackLead: '退回后它排在最前面，让别的单位来。', see: '我看过了', changedLead: '骑手改过这个心愿，请先看过新的内容。', waitsReview: '骑手改了内容，正在审核。',
    meetings: '恳谈与答复', addMeeting: '登记一次恳谈', kind: '形式', meetingTitle: '主题', heldOn: '日期', notes: '大家说了什么', wishes: '心愿数', answer: '答复', answered: '已公布', publish: '公布答复',
    searchMeeting: '主题里的词', save: '保存', atStation: '在哪个驿站', nowhere: '不在驿站', notAnswered: '还没有答复',
    postFor: '代骑手许愿', postForLead: '写骑手自己的话；提交后照样要审核。', rider: '骑手编号', riderHint: '在“骑手”页打开这位骑手，从那里许愿。', shown: '署名', shownAs: { named: '隐去名的姓名', anonymous: '一位骑手' }, textHint: '最多 140 个字。', post: '提交', ofMeeting: '来自哪次恳谈', noMeeting: '不是恳谈上说的', postedDone: '已提交，进入审核。',
  },
  en: {
    title: 'Wishes',
    categories: enCategory, states: enState, acts: enAct, flags: enFlag, news: enNews, claimStates: enClaim, meetingKinds: enMeeting, personal: enPersonal,
    search: 'A word of the text on the wall',
    category: 'Category', state: 'State', text: 'Text', station: 'Station', posted: 'Posted', changed: 'Changed', by: 'Claimed by', until: 'Until', who: 'Signed', reach: 'How to reach',
    notShown: 'not public', again: 'again', anonymous: 'A rider', phone: 'Phone or office', late: '(too late)',
    reaches: { station: 'At the station', staff_phone: 'By phone through staff' },
    byState: 'Wishes now',
    figures: 'How long until somebody comes, and until it is lit',
    figuresLead: 'From the approval, medians; and claims that came to nothing.',
    postedCount: 'Posted', inReview: 'In review', open: 'Open', claimed: 'Claimed', lit: 'Lit', toClaim: 'To claim', toLight: 'To light', lapsed: 'Lapsed',
    days: (days) => (days === null ? '—' : `${days} days`),
    all: 'All',
    history: 'History', when: 'When', what: 'What', round: 'Claim', person: 'Who', words: 'Words', told: 'What the claimants were told', seenBy: 'seen', unseen: 'not seen',
    staffWords: 'Words to the rider', fulfilment: 'When it was lit', meeting: 'From the talk', claimRound: (claim) => (claim === 0 ? '—' : `No. ${claim}`), notYet: 'The rider says: not yet',
    queue: 'Review of wishes',
    queueLead: 'Approved, the whole district can read it. What is marked may say who somebody is: hide it first.',
    queueEmpty: 'No wish waits.',
    awaited: (count) => `The words of ${count} more are on their way (their stations are cut off).`,
    more: 'There are more; they come when these are done.',
    published: 'Public text', hide: 'Hide all that is marked', approve: 'Approve', askBack: 'Ask back', refuse: 'Refuse', question: 'Words to the rider, who reads them as they are', send: 'Send',
    before: 'On the wall before', isClaimed: 'It is claimed: the claimant has to read the new text first.', nothingFound: 'No phone, number or name was found.',
    wall: 'Claim a wish',
    wallLead: 'What came back first, then what waits longest. Get in touch before the claim ends; then it goes back to the wall.',
    wallEmpty: 'No wish waits for anybody now. Thank you.',
    claim: 'We take it', join: 'Join in', mine: 'Ours', held: 'Claimed',
    claimSure: 'Claim this wish?', claimLead: "Get in touch with the station in time. The rider's phone is not told; the station passes it on.",
    goneTitle: 'This wish is not on the wall', goneLead: 'It may have just been lit, taken back, or is being reviewed again.', seeWall: 'See the others',
    myClaims: 'Our claims', myClaimsEmpty: 'Nothing was claimed yet.',
    endsSoon: (hours) => (hours < 1 ? 'It ends within the hour.' : hours === 1 ? 'One hour is left.' : `${hours} hours are left.`), endsSoonNext: 'Extend it if you will manage, give it back if not, so that somebody else can.',
    endsAt: 'Ends', members: 'Taken on by', extend: 'Extend', extensionsLeft: (count) => `${count} extensions left`, reason: 'Reason', fulfil: 'Lit: it is done', fulfilWords: 'A word that the rider reads', fulfilPhoto: 'A photo (the rider sees it)', fulfilPhotoHint: 'A photo or a line, either will do. JPEG, PNG or WebP, 16 MB at most; where it was taken is removed. Please keep faces and door numbers of others out of it.', photoSending: 'On its way…', photoSent: 'The photo is here', photoOf: 'Photo of the lit wish', seePhoto: 'See the photo',
    giveBack: 'Give back', giveBackSure: 'Give the wish back?', giveBackLead: 'It comes first on the wall then, for somebody else.', see: 'I have read it', changedLead: 'The rider has changed this wish; read it first.', waitsReview: 'The rider has changed it; the new text is in review.',
    meetings: 'Talks and answers', addMeeting: 'Enter a talk', kind: 'Kind', meetingTitle: 'Subject', heldOn: 'Held', notes: 'What was said', wishes: 'Wishes', answer: 'Answer', answered: 'Published', publish: 'Publish the answer',
    searchMeeting: 'A word of the subject', save: 'Save', atStation: 'At which station', nowhere: 'At none', notAnswered: 'Not answered yet',
    postFor: 'Post a wish for a rider', postForLead: "In the rider's own words; it is reviewed like any other.", rider: 'Rider', riderHint: 'Open the rider on the page of riders, and post it from there.', shown: 'Signed', shownAs: { named: 'Masked name', anonymous: 'A rider' }, textHint: 'At most 140 characters.', post: 'Post', ofMeeting: 'From which talk', noMeeting: 'From none', postedDone: 'Posted; it is in review.',
  },
})
