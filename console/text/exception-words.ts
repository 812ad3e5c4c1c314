// Words of odd facts: for each code that central can write, what is odd and what a district officer should do now. The fact
// itself stays as the station told it, so a remedy is a look, a question, or an act of another page.

import type { FACT_STATES } from '../../contract/console/exceptions.ts'
import type { OddCode } from '../../contract/sync/odd-codes.ts'
import { words } from './language.tsx'

const zhFact: Record<(typeof FACT_STATES)[number], string> = { waiting: '待处理', acknowledged: '已知悉', accepted: '已认可' }
const enFact: Record<(typeof FACT_STATES)[number], string> = { waiting: 'waits', acknowledged: 'looked at', accepted: 'accepted' }

interface Odd {
  what: string
  remedy: string
}

const zhOdd: Record<OddCode, Odd> = {
  rider_unknown: { what: '中心没有这位骑手', remedy: '可能没登记过，也可能已按本人要求删除。问驿站当时是谁；没登记的，请他登记；发出的物资由项目承担。' },
  rider_known: { what: '登记的骑手，中心早已有了', remedy: '原来的姓名和卡都没动。问驿站登记的是谁；若是另一个人，请他再登记一次。' },
  staff_unknown: { what: '不是本区的工作人员', remedy: '事情已照记。问驿站这张工作卡是谁在用；不该有的，当场收回。' },
  banned: { what: '来自已停用的数据文件', remedy: '先问驿站。确有其事、又有差异的，点“认可”，由项目承担；别的点“知悉”。' },

  overdrawn: { what: '动用的积分比驿站手里的多', remedy: '已照实入账，差额由项目承担，不向骑手追。问驿站这台机器是不是复制过、还原过；是的，告诉运维。' },
  item_unknown: { what: '目录里没有这种物资', remedy: '数量已照记。问驿站是什么物资，再核对物资目录。' },
  service_unknown: { what: '中心没有这项服务', remedy: '积分已照给。问驿站做的是什么；给错了的，用“积分更正”改过来。' },
  sum_wrong: { what: '兑换的总数和明细对不上', remedy: '积分按总数扣，库存按明细减。请驿站盘点一次、核对收据；扣错的，用“积分更正”补回。' },
  request_repeated: { what: '同一次确认记了两遍', remedy: '两遍都入了账。请驿站核对：东西只发了一次的，用“积分更正”补回；服务只做了一次的，用它扣回。' },
  grant_unknown: { what: '收到了中心没有拨过的额度', remedy: '没有入账。问驿站这台机器是不是复制过、还原过，并告诉运维。' },
  redemption_unknown: { what: '撤销的兑换不存在', remedy: '没有退分，货也没有记回。请驿站找出收据；确实退了货的，盘点一次，用“积分更正”还积分。' },
  already_undone: { what: '同一笔兑换撤销了两次', remedy: '只算一次，不用处理。' },
  limit_exceeded: { what: '同一种物资领得超过了每人限额', remedy: '几个驿站当时互相看不到记录，不追回也不扣分。常常这样的，和他说一声。' },

  training_unknown: { what: '中心没有这场培训', remedy: '没有给位置，也没有发证书；到场的积分已照给。问驿站说的是哪一场，再到“培训”里核对名单。' },
  seat_not_held: { what: '动了不归这个驿站管的位置', remedy: '没有两个人坐一个位置：少了位置的人换到别的空位，或排在候补最前。看一看这场培训，位置不够就加名额。' },
  seated_twice: { what: '一个人在一场培训里有两个位置', remedy: '他留着先记下的那个，另一个已空出，他会看到。不用处理。' },
  block_unknown: { what: '收到了中心没有借出的位置', remedy: '这些位置没有给驿站。看一看这场培训的名单，并问运维中心是不是从备份恢复过。' },
  already_attended: { what: '同一个人到场记了两遍', remedy: '到场和证书只算一次；多给的积分从他在中心的余额收回，不够的不追。不用处理。' },
  not_hosted_here: { what: '不是举办的驿站记了到场', remedy: '到场、积分和证书都已照记。问两个驿站他来了没有；没来的，用“积分更正”扣回积分。' },
  certificate_repeated: { what: '证书编号已经用过', remedy: '到场和积分已照记，证书没有再发。到“证书”里看他有没有这一张；没有的，告诉运维。' },
  points_differ: { what: '到场给的积分比规定的多', remedy: '已照给。看一看这场培训的积分改过没有；给错了的，用“积分更正”扣回。' },

  wish_unknown: { what: '没有这个心愿，或不是这位骑手的', remedy: '没有改动任何心愿。问驿站说的是谁的哪个心愿，再到“心愿”里核对。' },
  wish_repeated: { what: '同一个心愿报了两遍', remedy: '只留第一遍，不用处理。' },
  wish_not_in_state: { what: '说得太晚，心愿已到下一步', remedy: '心愿没有变；有人在办的，他已看到提醒。打开这个心愿，问骑手现在要什么。' },
  claim_stale: { what: '说的是以前那次认领', remedy: '现在认领的人已看到提醒。打开这个心愿，问骑手东西拿到没有；拿到了的，请认领的人不用再送。' },

  kind_unknown: { what: '中心还不认识这类记录', remedy: '原样留着，还没入账。请运维升级中心，升级后会自动补记。' },
  body_unreadable: { what: '记录内容读不出来', remedy: '原样留着，没有入账。问驿站那时做了什么，并告诉运维。' },
}
const enOdd: Record<OddCode, Odd> = {
  rider_unknown: { what: 'Central has no such rider', remedy: 'Never registered, or erased on request. Ask the station who it was; if not registered, have it done. What was handed out the programme bears.' },
  rider_known: { what: 'Central had this rider already', remedy: 'Name and cards stay as they were. Ask the station who was registered; if it was somebody else, register that person again.' },
  staff_unknown: { what: "Nobody of this district's staff", remedy: 'It is booked. Ask the station who uses this staff card; if nobody should, take it back.' },
  banned: { what: 'From a file that no longer counts', remedy: 'Ask the station. If it did happen and there is a discrepancy, accept it: the programme bears it. Else mark it as looked at.' },

  overdrawn: { what: 'More points were used than the station held', remedy: 'It is booked; the programme bears the rest and the rider owes nothing. Ask whether this machine was copied or set back; if so, tell the operator.' },
  item_unknown: { what: 'Goods that are not in the catalogue', remedy: 'The quantity is booked. Ask the station what it was, then look at the catalogue.' },
  service_unknown: { what: 'Central has no such service', remedy: 'The points are given. Ask the station what was done; if they are wrong, correct them (Corrections).' },
  sum_wrong: { what: 'Total and lines of a redemption differ', remedy: 'Points went by the total, stock by the lines. Have the station count its shelf and look at the receipt; give back what was too much (Corrections).' },
  request_repeated: { what: 'One confirmation was recorded twice', remedy: 'Both are booked. Ask the station: if the goods went out once, give the points back; if the service was done once, take them back (Corrections).' },
  grant_unknown: { what: 'Points that central never lent', remedy: 'It is not booked. Ask whether this machine was copied or set back, and tell the operator.' },
  redemption_unknown: { what: 'The redemption that was undone does not exist', remedy: 'No points went back, and no goods were booked in. Have the station find the receipt; if the goods did come back, count the shelf and give the points back (Corrections).' },
  already_undone: { what: 'One redemption was undone twice', remedy: 'It counts once; nothing to do.' },
  limit_exceeded: { what: 'More of one article than one person may have', remedy: 'The stations could not see each other then; nothing is taken back. If it happens often, have a word with the rider.' },

  training_unknown: { what: 'Central has no such training', remedy: 'No place and no certificate came of it; points for being there are given. Ask the station which one it was, then look at its list (Trainings).' },
  seat_not_held: { what: "A place that was not this station's to give", remedy: 'Nobody shares a place: who lost one has another, or comes first in the list. Look at the training; add places if there are too few.' },
  seated_twice: { what: 'Two places for one rider in one training', remedy: 'The first one stays, the other is free again, and the rider is told. Nothing to do.' },
  block_unknown: { what: 'Places that central never lent', remedy: 'The station does not have them. Look at the list of the training, and ask the operator whether central was restored from a backup.' },
  already_attended: { what: 'One rider was recorded there twice', remedy: 'Attendance and certificate count once; points given twice are taken from what he has at central, and no further. Nothing to do.' },
  not_hosted_here: { what: 'Recorded at a station that was not the host', remedy: 'Attendance, points and certificate are booked. Ask both stations whether the rider came; if not, take the points back (Corrections).' },
  certificate_repeated: { what: 'The number of the certificate was used before', remedy: 'Attendance and points are booked, no second certificate is made. See whether the rider has this one (Certificates); if not, tell the operator.' },
  points_differ: { what: 'More points than this training gives', remedy: 'They are given. See whether the points of the training were changed; if they are wrong, take them back (Corrections).' },

  wish_unknown: { what: "No such wish, or not this rider's", remedy: 'No wish was changed. Ask the station whose wish was meant, then look at it (Wishes).' },
  wish_repeated: { what: 'One wish was posted twice', remedy: 'The first one stays; nothing to do.' },
  wish_not_in_state: { what: 'Too late: the wish had moved on', remedy: 'The wish is as it was; whoever holds it is told. Open it, and ask the rider what is wanted now.' },
  claim_stale: { what: 'Meant for an earlier claim', remedy: 'Whoever holds the wish now is told. Open it, and ask the rider whether the thing has come; if so, it need not be brought again.' },

  kind_unknown: { what: 'A kind of record this central does not know yet', remedy: 'It is kept as it came and not booked yet. Have the operator update central: it is booked then.' },
  body_unreadable: { what: 'The record can not be read', remedy: 'It is kept as it came and not booked. Ask the station what was done then, and tell the operator.' },
}

/** null: a code that this program does not write any more; the page shows the code itself. */
export function oddOf(codes: Readonly<Partial<Record<string, Odd>>>, code: string): Odd | null {
  return codes[code] ?? null
}

export const exceptionWords = words({
  zh: {
    title: '存疑记录', lead: '驿站发生过的事从不改写；这里是中心看着不对的，等人看一眼。', station: '驿站', odd: '哪里不对', remedy: '怎么办', when: '发生', received: '收到', cost: '差异', state: '状态', acts: '操作',
    states: zhFact, outcome: '类别', outcomes: { flagged: '存疑', parked: '搁置' }, codes: zhOdd, unknown: '需要人看一看。',
    acknowledge: '知悉', acknowledgeSure: '标为已知悉？', acknowledgeLead: '表示您看过并处理了；记录本身不变。', accept: '认可', acceptSure: (points: number) => `认可，由项目承担 ${points} 分？`, acceptLead: '确有其事时用。只能认可一次。',
  },
  en: {
    title: 'Exceptions', lead: 'What happened at a station is never rewritten; these look odd to central and wait for a person.', station: 'Station', odd: 'What is odd', remedy: 'What to do', when: 'Happened', received: 'Received', cost: 'Discrepancy', state: 'State', acts: 'Acts',
    states: enFact, outcome: 'Kind', outcomes: { flagged: 'flagged', parked: 'parked' }, codes: enOdd, unknown: 'A person should look at it.',
    acknowledge: 'Looked at', acknowledgeSure: 'Mark it as looked at?', acknowledgeLead: 'It says that you have dealt with it; the record stays as it is.', accept: 'Accept', acceptSure: (points) => `Accept it, and let the programme bear ${points} points?`, acceptLead: 'Where it did happen. It can be done once.',
  },
})
