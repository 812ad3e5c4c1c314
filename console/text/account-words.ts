// Words of accounts, sessions and the audit trail.

import type { ACCOUNT_STATES } from '../../contract/console/accounts.ts'
import type { OfficeAct } from '../../contract/console/audit-trail.ts'
import type { SESSION_ENDS } from '../../contract/console/session.ts'
import { words } from './language.tsx'

type AccountState = (typeof ACCOUNT_STATES)[number]
type SessionState = 'open' | 'idle' | (typeof SESSION_ENDS)[number]

const zhAccount: Record<AccountState, string> = { invited: '已邀请', active: '使用中', closed: '已关闭' }
const enAccount: Record<AccountState, string> = { invited: 'invited', active: 'active', closed: 'closed' }
const zhSession: Record<SessionState, string> = {
  open: '在线', idle: '已过期', signed_out: '已退出', ended_by_staff: '被结束', too_many: '被更新的登录顶替', account_closed: '账号已关闭', invited_again: '重新邀请后结束',
}
const enSession: Record<SessionState, string> = {
  open: 'open', idle: 'lapsed', signed_out: 'signed out', ended_by_staff: 'ended', too_many: 'made room', account_closed: 'account closed', invited_again: 'invited again',
}
const zhAct: Record<OfficeAct, string> = {
  signed_in: '登录', sign_in_failed: '登录失败', signed_out: '退出登录', session_ended: '结束登录', account_invited: '邀请账号', account_invited_again: '重新邀请', invitation_accepted: '接受邀请',
  account_closed: '关闭账号', passkey_added: '添加通行密钥', passkey_removed: '删除通行密钥', rider_name_shown: '查看骑手全名', rider_erased: '按要求删除骑手', card_revoked: '挂失骑手卡', card_reissued: '补发骑手卡', passes_printed: '打印骑手码', rule_changed: '修改规则', service_changed: '修改服务积分',
  correction_proposed: '提出积分更正', correction_booked: '积分更正入账', correction_refused: '驳回积分更正', item_changed: '修改物资', fact_acknowledged: '处理存疑记录', fact_accepted: '认可存疑记录',
  partner_added: '新增共建单位', partner_changed: '修改共建单位', partner_closed: '停用共建单位', table_exported: '导出表格',
  wish_approved: '通过心愿', wish_asked_back: '退回心愿', wish_refused: '驳回心愿', wish_posted_for: '代骑手许愿', wish_claimed: '认领心愿', claim_joined: '一起认领',
  claim_extended: '延长认领', claim_given_back: '退回认领', wish_fulfilled: '点亮心愿', meeting_added: '登记恳谈', meeting_answered: '公布答复',
  training_made: '安排培训', training_changed: '修改培训', training_cancelled: '取消培训', attendance_recorded: '登记到场', certificate_printed: '打印证书',
}
const enAct: Record<OfficeAct, string> = {
  signed_in: 'signed in', sign_in_failed: 'failed to sign in', signed_out: 'signed out', session_ended: 'ended a session', account_invited: 'invited an account', account_invited_again: 'invited again',
  invitation_accepted: 'accepted an invitation', account_closed: 'closed an account', passkey_added: 'added a passkey', passkey_removed: 'removed a passkey', rider_name_shown: 'looked at a whole name', rider_erased: 'erased a rider on request', card_revoked: 'revoked a card', card_reissued: 'issued a card', passes_printed: 'printed passes',
  rule_changed: 'changed a rule', service_changed: 'changed the points of a service', correction_proposed: 'proposed a correction', correction_booked: 'booked a correction', correction_refused: 'refused a correction',
  item_changed: 'changed an item', fact_acknowledged: 'dealt with a record', fact_accepted: 'accepted a record', partner_added: 'added a partner', partner_changed: 'changed a partner', partner_closed: 'closed a partner',
  table_exported: 'exported a table', wish_approved: 'approved a wish', wish_asked_back: 'asked a wish back', wish_refused: 'refused a wish',
  wish_posted_for: 'posted a wish for a rider', wish_claimed: 'claimed a wish', claim_joined: 'joined a claim', claim_extended: 'extended a claim', claim_given_back: 'gave a claim back',
  wish_fulfilled: 'lit a wish', meeting_added: 'entered a talk', meeting_answered: 'answered a talk', training_made: 'made a training', training_changed: 'changed a training', training_cancelled: 'cancelled a training',
  attendance_recorded: 'recorded who came', certificate_printed: 'printed a certificate',
}

export const accountWords = words({
  zh: {
    title: '账号',
    search: '登录名或姓名',
    name: '姓名', signInName: '登录名', role: '角色', of: '所属', state: '状态', seen: '最近使用', made: '建立', acts: '操作',
    states: zhAccount,
    invite: '邀请同事',
    nameHint: '后台里显示的名字。',
    signInNameHint: '小写字母、数字、点、横线，2 到 40 个。',
    station: '驿站',
    partner: '共建单位',
    makeLink: '生成邀请链接',
    link: '一次性邀请链接',
    linkLead: '请把链接亲手交给本人。三天内有效，只能用一次，打开后设密码和验证器。',
    again: '重新邀请',
    againSure: (name: string) => `重新邀请 ${name}？`,
    againLead: '用于忘了密码或换了手机。新链接用过之后，旧密码、旧验证器和所有登录都作废。',
    close: '关闭账号',
    closeSure: (name: string) => `关闭 ${name} 的账号？`,
    closeLead: '所有登录立即结束，账号不能再打开。',
  },
  en: {
    title: 'Accounts',
    search: 'Sign-in name or name',
    name: 'Name', signInName: 'Sign-in name', role: 'Role', of: 'Of', state: 'State', seen: 'Last used', made: 'Made', acts: 'Acts',
    states: enAccount,
    invite: 'Invite a colleague',
    nameHint: 'As the office shows it.',
    signInNameHint: 'Small letters, digits, dots and dashes, 2 to 40.',
    station: 'Station',
    partner: 'Partner',
    makeLink: 'Make the link',
    link: 'Invitation link',
    linkLead: 'Hand it to that person yourself. It works once within three days, and asks for a password and an authenticator.',
    again: 'Invite again',
    againSure: (name) => `Invite ${name} again?`,
    againLead: 'For a forgotten password or a new phone. Once the new link is used, the old password, authenticator and sessions are void.',
    close: 'Close',
    closeSure: (name) => `Close the account of ${name}?`,
    closeLead: 'Every session ends at once; the account can not be opened again.',
  },
})

export const sessionWords = words({
  zh: {
    title: '登录记录', whose: '谁的', mine: '我的', everybody: '全部', name: '姓名', role: '角色', browser: '浏览器', began: '开始', seen: '最近使用', state: '状态', acts: '操作', states: zhSession, this: '当前', end: '结束',
    passkeys: '我的通行密钥', passkeysLead: '用这台设备的指纹、面容或锁屏密码登录，不用再输密码和数字。', noPasskeys: { a_number: '现在的网址是一串数字，加不了通行密钥。请用 https 域名打开后台。', browser: '这个浏览器不支持通行密钥，请换一个新些的，并用 https 打开后台。' }, passkeysHere: (address: string) => `就在这台电脑上试用，可以打开 ${address}`, passkey: '名称', made: '添加', used: '最近使用', addPasskey: '添加这台设备', passkeyName: '给它起个名字', passkeyHint: '比如“办公室电脑”。', remove: '删除', removeSure: (name: string) => `删除“${name}”？`, removeLead: '之后这台设备不能再用它登录。', addSubmit: '继续',
    search: '姓名', endSure: '结束这个登录？', endLead: '那边的页面会立即要求重新登录。',
  },
  en: {
    title: 'Sessions', whose: 'Whose', mine: 'Mine', everybody: 'All', name: 'Name', role: 'Role', browser: 'Browser', began: 'Began', seen: 'Last used', state: 'State', acts: 'Acts', states: enSession, this: 'this one', end: 'End it',
    passkeys: 'My passkeys', passkeysLead: 'Sign in with this device\'s fingerprint, face or screen lock instead of password and digits.', noPasskeys: { a_number: 'This address is a number, and a passkey belongs to a name. Open the office by its https name.', browser: 'This browser has no passkeys. Take a newer one, and open the office over https.' }, passkeysHere: (address) => `On this very machine ${address} will do.`, passkey: 'Name', made: 'Added', used: 'Last used', addPasskey: 'Add this device', passkeyName: 'Give it a name', passkeyHint: 'Such as “desk computer”.', remove: 'Remove', removeSure: (name) => `Remove “${name}”?`, removeLead: 'This device can not sign in with it any more.', addSubmit: 'Go on',
    search: 'Name', endSure: 'End this session?', endLead: 'That page will ask to sign in at once.',
  },
})

export const auditWords = words({
  zh: { title: '审计日志', search: '记录编号', when: '时间', who: '谁', operator: '运维（命令行）', act: '做了什么', on: '对象', before: '之前', after: '之后', acts: zhAct, lead: '每一步操作都在这里，谁也改不了。' },
  en: { title: 'Audit trail', search: 'Key of a row', when: 'When', who: 'Who', operator: 'operator (command line)', act: 'What', on: 'On', before: 'Before', after: 'After', acts: enAct, lead: 'Every act stands here, and nobody can change it.' },
})
