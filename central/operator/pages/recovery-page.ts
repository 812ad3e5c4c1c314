// Which files of which stations a restored central still waits for, and what to do about each; and the banned files whose points a
// restore brought back. Refreshes itself; says nothing of a person.

import type { AwaitedView, BannedView, RecoveryView } from '../../store/operator-views.ts'
import { framed } from './frame.ts'
import { type Html, html } from './html.ts'
import { ago, both, STATE_WORDS, type Words } from './say.ts'

const REFRESH_SECONDS = 10

export function recoveryPage(view: RecoveryView, nowMs: number): string {
  const missing = view.files.filter(({ backAtMs }) => backAtMs === null)
  const isRecovering = view.recoveringSinceMs !== null
  const back = view.files.length - missing.length
  const missingStations = new Set(missing.map(({ station }) => station)).size
  return framed({
    title: { zh: '恢复', en: 'Recovery' },
    here: 'recovery',
    refreshSeconds: REFRESH_SECONDS,
    recovering: isRecovering,
    body: html`<section class="card lead ${isRecovering ? 'is-warm' : 'is-good'}">
<h1>${both(headline(isRecovering, missingStations, view.restoredAtMs))}</h1>
<p>${both(explanation(isRecovering, view.restoredAtMs))}</p>
${
  isRecovering
    ? html`<progress max="${view.files.length}" value="${back}"></progress>
<dl class="figures">
<div><dt>${both({ zh: '已回来的文件', en: 'files back' })}</dt><dd>${back}<small>/ ${view.files.length}</small></dd></div>
<div><dt>${both({ zh: '还缺', en: 'missing' })}</dt><dd>${missing.length}</dd></div>
<div><dt>${both({ zh: '开始于', en: 'began' })}</dt><dd class="words">${both(ago(view.recoveringSinceMs, nowMs))}</dd></div>
</dl>`
    : null
}
</section>
${
  isRecovering
    ? html`<table class="missing">
<thead><tr><th>${both({ zh: '驿站与数据文件', en: 'Station and file' })}</th><th>${both({ zh: '最近联系', en: 'Last heard' })}</th><th class="number">${both({ zh: '它已记录', en: 'It recorded' })}</th><th class="number">${both({ zh: '已收到', en: 'Received' })}</th><th>${both({ zh: '怎么办', en: 'What to do' })}</th></tr></thead>
<tbody>${view.files.map((file) => fileRow(file, nowMs))}</tbody>
</table>`
    : null
}
${view.bannedFiles.length === 0 ? null : bannedSection(view.bannedFiles)}`,
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

function fileRow(file: AwaitedView, nowMs: number): Html {
  const isBack = file.backAtMs !== null
  return html`<tr class="${isBack ? 'is-back' : 'is-missing'}">
<th scope="row"><b class="no">${file.number}</b><span>${both(file.name)}${fileName(file)}</span></th>
<td data-zh="最近联系" data-en="Last heard">${both(ago(file.helloAtMs ?? file.heardAtMs, nowMs))}</td>
<td class="number" data-zh="它已记录" data-en="It recorded">${file.claimedSeq ?? '—'}</td>
<td class="number" data-zh="已收到" data-en="Received">${file.lastSeq ?? '—'}</td>
<td class="todo">${both(whatToDo(file))}</td>
</tr>`
}

function fileName({ incarnation, state }: Pick<AwaitedView, 'incarnation' | 'state'>): Html {
  return html`<code translate="no" title="${incarnation}">${incarnation.slice(0, 8)}</code>${state === null ? null : both(STATE_WORDS[state])}`
}

function whatToDo({ backAtMs, claimedSeq, helloAtMs, state }: AwaitedView): Words {
  if (backAtMs !== null) return { zh: '✓ 已回来', en: 'back' }
  if (state === 'waiting' && claimedSeq === null) return { zh: '它换了新文件：在“驿站”页确认或停用。', en: 'It has a new file: admit it or write it off on the stations page.' }
  if (state === 'quarantined') return { zh: '它有两份副本：把各份都接上网，让记录传完，再在“驿站”页核销。', en: 'There are two copies of it: connect each until it has told what it recorded, then write it off on the stations page.' }
  if (claimedSeq !== null && helloAtMs === null) {
    return {
      zh: '驿站另存了这个旧文件，会自己补传，请等待。旧文件若已不在，在“驿站”页由两人核销。',
      en: 'Its station keeps this former file aside and sends what is missing: wait. If that file is gone, two people write it off on the stations page.',
    }
  }
  if (claimedSeq !== null) {
    return {
      zh: '正在补传记录，请等待。一小时没有进展（较早的记录已清除），在“驿站”页由两人核销。',
      en: 'It is sending its records: wait. No progress within an hour (its older records are pruned): two people write it off on the stations page.',
    }
  }
  if (state === 'superseded') {
    return {
      zh: '已被替换的旧文件：驿站若另存了它，联网后会自己补传；若在旧机器上，开机联网一次。找不到，在“驿站”页由两人核销。',
      en: 'A former file: kept aside by its station it comes back by itself; on an old machine, switch that on once with a network. Not to be found: two people write it off on the stations page.',
    }
  }
  return { zh: '开机并接通网络，它会自己回来。若已遗失或损坏，在“驿站”页由两人核销。', en: 'Switch it on and give it a network: it comes back by itself. Lost or broken: two people write it off on the stations page.' }
}

function bannedSection(files: readonly BannedView[]): Html {
  return html`<h2 class="after">${both({ zh: '已停用、仍持有积分的文件', en: 'Banned files that hold points' })}</h2>
<p class="hint">${both({
    zh: '恢复备份时停用会补上，核销的积分变动不会：备份里这些积分还在旧文件名下，谁也用不了。请在“驿站”页由两人再核销一次；已经补核销的会从这里消失。',
    en: 'A restore plays bans back, not the movements of a write-off: these points lie with files that can not spend them. Two people write each off once more on the stations page; it then goes from this list.',
  })}</p>
<table class="missing">
<thead><tr><th>${both({ zh: '驿站与数据文件', en: 'Station and file' })}</th><th class="number">${both({ zh: '骑手积分', en: "Riders' points" })}</th><th class="number">${both({ zh: '骑手', en: 'Riders' })}</th><th class="number">${both({ zh: '项目积分', en: "Programme's points" })}</th><th>${both({ zh: '怎么办', en: 'What to do' })}</th></tr></thead>
<tbody>${files.map(
    (file) => html`<tr class="is-missing">
<th scope="row"><b class="no">${file.number}</b><span>${both(file.name)}${fileName({ ...file, state: null })}</span></th>
<td class="number" data-zh="骑手积分" data-en="Riders' points">${file.points}</td>
<td class="number" data-zh="骑手" data-en="Riders">${file.riders}</td>
<td class="number" data-zh="项目积分" data-en="Programme's points">${file.programPoints}</td>
<td class="todo"><a href="/operator/stations">${both({ zh: '在“驿站”页由两人核销', en: 'Two people write it off on the stations page' })}</a></td>
</tr>`,
  )}</tbody>
</table>`
}
