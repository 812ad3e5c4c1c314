// Which stations a restored central still waits for, and what to do about each. Refreshes itself; says nothing of a person.

import type { MissingView, RecoveryView } from '../../store/operator-views.ts'
import { framed } from './frame.ts'
import { type Html, html } from './html.ts'
import { ago, both, type Words } from './say.ts'

const REFRESH_SECONDS = 10

export function recoveryPage(view: RecoveryView, nowMs: number): string {
  const missing = view.stations.filter(({ backAtMs }) => backAtMs === null)
  const isRecovering = view.recoveringSinceMs !== null
  const back = view.stations.length - missing.length
  return framed({
    title: { zh: '恢复', en: 'Recovery' },
    here: 'recovery',
    refreshSeconds: REFRESH_SECONDS,
    recovering: isRecovering,
    body: html`<section class="card lead ${isRecovering ? 'is-warm' : 'is-good'}">
<h1>${both(headline(isRecovering, missing.length, view.restoredAtMs))}</h1>
<p>${both(explanation(isRecovering, view.restoredAtMs))}</p>
${
  isRecovering
    ? html`<progress max="${view.stations.length}" value="${back}"></progress>
<dl class="figures">
<div><dt>${both({ zh: '已回来', en: 'back' })}</dt><dd>${back}<small>/ ${view.stations.length}</small></dd></div>
<div><dt>${both({ zh: '还缺', en: 'missing' })}</dt><dd>${missing.length}</dd></div>
<div><dt>${both({ zh: '开始于', en: 'began' })}</dt><dd class="words">${both(ago(view.recoveringSinceMs, nowMs))}</dd></div>
</dl>`
    : null
}
</section>
${
  isRecovering
    ? html`<table class="missing">
<thead><tr><th>${both({ zh: '驿站', en: 'Station' })}</th><th>${both({ zh: '最近联系', en: 'Last heard' })}</th><th class="number">${both({ zh: '它已记录', en: 'It recorded' })}</th><th class="number">${both({ zh: '已收到', en: 'Received' })}</th><th>${both({ zh: '怎么办', en: 'What to do' })}</th></tr></thead>
<tbody>${view.stations.map((station) => stationRow(station, nowMs))}</tbody>
</table>`
    : null
}`,
  })
}

function headline(isRecovering: boolean, missing: number, restoredAtMs: number | null): Words {
  if (isRecovering) return { zh: `还缺 ${missing} 个驿站`, en: missing === 1 ? '1 station is still missing' : `${missing} stations are still missing` }
  if (restoredAtMs === null) return { zh: '一切正常', en: 'All is well' }
  return { zh: '所有驿站都回来了', en: 'Every station is back' }
}

function explanation(isRecovering: boolean, restoredAtMs: number | null): Words {
  if (isRecovering) {
    return {
      zh: '中心从备份恢复，不知道此后借出了多少积分。所有驿站报到并补传记录之前，不再拨出额度；各驿站照常使用手中的额度。',
      en: 'Central was restored from a backup and does not know what it lent since. Until every station has reported and sent its records again, nothing is lent; stations go on with what they hold.',
    }
  }
  if (restoredAtMs === null) return { zh: '中心没有从备份恢复过。', en: 'Central has never been restored from a backup.' }
  return { zh: '恢复已结束，额度照常拨出。', en: 'Recovery is over; points are lent as usual.' }
}

function stationRow(station: MissingView, nowMs: number): Html {
  const isBack = station.backAtMs !== null
  return html`<tr class="${isBack ? 'is-back' : 'is-missing'}">
<th scope="row"><b class="no">${station.number}</b><span>${both(station.name)}</span></th>
<td data-zh="最近联系" data-en="Last heard">${both(ago(station.helloAtMs ?? station.heardAtMs, nowMs))}</td>
<td class="number" data-zh="它已记录" data-en="It recorded">${station.claimedSeq ?? '—'}</td>
<td class="number" data-zh="已收到" data-en="Received">${station.lastSeq ?? '—'}</td>
<td class="todo">${both(whatToDo(station))}</td>
</tr>`
}

function whatToDo({ backAtMs, claimedSeq, state }: MissingView): Words {
  if (backAtMs !== null) return { zh: '✓ 已回来', en: 'back' }
  if (claimedSeq !== null) return { zh: '正在补传记录，请等待。', en: 'It is sending its records: wait.' }
  if (state === 'waiting') return { zh: '它换了新文件：在“驿站”页确认或停用。', en: 'It has a new file: admit it or write it off on the stations page.' }
  if (state === 'quarantined') return { zh: '它有两份副本：查明后在“驿站”页核销。', en: 'There are two copies of it: find out which, then write it off on the stations page.' }
  return { zh: '开机并接通网络，它会自己回来。若已遗失或损坏，在“驿站”页由两人核销。', en: 'Switch it on and give it a network: it comes back by itself. Lost or broken: two people write it off on the stations page.' }
}
