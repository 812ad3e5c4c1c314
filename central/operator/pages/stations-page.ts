// How every station fares, and what the operator can do with it. Names of staff are masked; nothing of a rider.

import type { FileView, StationView } from '../../store/operator-views.ts'
import { WRITE_OFF_REASONS } from '../../store/staff-acts.ts'
import { framed } from './frame.ts'
import { type Html, html } from './html.ts'
import { ago, both, clockOff, oneLine, REASON_WORDS, STATE_WORDS, type Words } from './say.ts'

export interface StationsShown {
  stations: readonly StationView[]
  districts: readonly { district: string; name: Words }[]
  staff: readonly { id: string; district: string; name: Words }[]
  recovering: boolean
  /** Of the act that was just done, or refused. */
  told: { isDone: boolean; words: Words } | null
  nowMs: number
}

/** So long a station may be silent before it is shown as such. */
const SILENT_AFTER_MS = 24 * 3_600_000
const CLOCK_OFF_MS = 5 * 60_000

export function stationsPage(shown: StationsShown): string {
  const { stations, told } = shown
  return framed({
    title: { zh: '驿站', en: 'Stations' },
    here: 'stations',
    recovering: shown.recovering,
    body: html`<div class="head"><h1>${both({ zh: '驿站', en: 'Stations' })}</h1>${newStation(shown)}</div>
${told === null ? null : html`<p class="alert ${told.isDone ? 'is-good' : ''}" role="status">${both(told.words)}</p>`}
<div class="stations">${stations.map((station) => stationCard(station, shown))}</div>`,
  })
}

function newStation({ districts }: StationsShown): Html {
  return html`<details class="act new"><summary class="button main">＋ 新驿站<small lang="en">New station</small></summary>
<form method="post" action="/operator/stations" class="card">
<input type="hidden" name="act" value="enrolment-code">
<label>${both({ zh: '区', en: 'District' })}<select name="district">${districts.map(({ district, name }) => html`<option value="${district}">${oneLine(name)}</option>`)}</select></label>
<label>${both({ zh: '中文名', en: 'Chinese name' })}<input name="zh" maxlength="60" required></label>
<label>${both({ zh: '英文名', en: 'English name' })}<input name="en" maxlength="60" required></label>
<label>${both({ zh: '编号（可空）', en: 'Number (may be left out)' })}<input name="number" inputmode="numeric" pattern="[0-9]{1,5}"></label>
<button class="main">${both({ zh: '生成入网码', en: 'Make its code' })}</button>
</form></details>`
}

function stationCard(station: StationView, shown: StationsShown): Html {
  const [newest] = station.files
  const { nowMs } = shown
  const heardAtMs = station.files.reduce<number | null>((latest, { heardAtMs }) => Math.max(latest ?? 0, heardAtMs), null)
  const badge = badgeOf(station, heardAtMs, nowMs)
  const stranded = station.files.filter(({ state, points, programPoints }) => state !== 'active' && points + programPoints > 0)
  return html`<article class="card station">
<header><b class="no">${station.number}</b><h2>${both(station.name)}</h2><span class="badge ${badge.tone}">${both(badge.words)}</span></header>
<dl class="facts">
${fact({ zh: '最近联系', en: 'Last heard' }, both(ago(heardAtMs, nowMs)), heardAtMs !== null && nowMs - heardAtMs > SILENT_AFTER_MS)}
${newest === undefined ? null : [
  fact({ zh: '已收记录', en: 'Records received' }, html`${newest.lastSeq}`),
  fact({ zh: '还在它那里', en: 'Still with it' }, unsent(newest, nowMs), isBehind(newest)),
  fact({ zh: '备份到', en: 'Backed up to' }, html`${newest.backedUpSeq}`),
  fact({ zh: '时钟', en: 'Clock' }, both(clockOff(newest.clockOffsetMs)), Math.abs(newest.clockOffsetMs ?? 0) > CLOCK_OFF_MS),
  fact({ zh: '手中积分', en: 'Points it holds' }, holding(newest, nowMs)),
  fact({ zh: '异常 / 待读', en: 'Flagged / parked' }, html`${total(station, 'flagged')} / ${total(station, 'parked')}`, total(station, 'flagged') + total(station, 'parked') > 0),
]}
</dl>
${stranded.length === 0 ? null : html`<p class="stranded">${both({
  zh: `${stranded.reduce((sum, { points }) => sum + points, 0)} 积分滞留在旧文件里，最早 ${ago(oldest(stranded), nowMs).zh} 借出。`,
  en: `${stranded.reduce((sum, { points }) => sum + points, 0)} points are stranded in old files, the oldest lent ${ago(oldest(stranded), nowMs).en}.`,
})}</p>`}
<div class="acts">${acts(station, shown)}</div>
</article>`
}

function acts(station: StationView, shown: StationsShown): Html {
  return html`${
    station.status === 'revoked'
      ? null
      : html`<form method="post" action="/operator/stations"><input type="hidden" name="act" value="enrolment-code"><input type="hidden" name="station" value="${station.station}"><button>${both({ zh: '更换机器', en: 'Replace its machine' })}</button></form>`
  }
${station.files.filter(({ state }) => state === 'waiting').map(
  ({ incarnation, beganAtMs }) => html`<form method="post" action="/operator/stations"><input type="hidden" name="act" value="admit"><input type="hidden" name="station" value="${station.station}"><input type="hidden" name="incarnation" value="${incarnation}"><button class="main">${both({ zh: `确认新文件（${ago(beganAtMs, shown.nowMs).zh}）`, en: `Admit its new file (${ago(beganAtMs, shown.nowMs).en})` })}</button></form>`,
)}
<details class="act"><summary>${both({ zh: `数据文件 ${station.files.length}`, en: `Files ${station.files.length}` })}</summary>
<ul class="files">${station.files.map((file) => fileLine(station, file, shown))}</ul></details>
${
  station.status === 'revoked'
    ? null
    : html`<details class="act"><summary>${both({ zh: '吊销', en: 'Revoke' })}</summary>
<form method="post" action="/operator/stations" class="danger"><input type="hidden" name="act" value="revoke-station"><input type="hidden" name="station" value="${station.station}">
<p>${both({ zh: '此后它的一切都不再算数，只保存并标记。不能撤回。', en: 'From then on nothing of it counts; what it says is kept and flagged. It can not be undone.' })}</p>
<label class="check"><input type="checkbox" required> ${both({ zh: `我要吊销 ${station.number} 号驿站`, en: `I revoke station ${station.number}` })}</label>
<button class="bad">${both({ zh: '吊销', en: 'Revoke' })}</button></form></details>`
}`
}

function fileLine(station: StationView, file: FileView, { staff, nowMs }: StationsShown): Html {
  const people = staff.filter(({ district }) => district === station.district)
  const choose = (named: string): Html =>
    html`<select name="${named}" required><option value=""></option>${people.map(({ id, name }) => html`<option value="${id}">${oneLine(name)}</option>`)}</select>`
  return html`<li>
<p><code translate="no" title="${file.incarnation}">${file.incarnation.slice(0, 8)}</code> <span class="badge ${file.state === 'active' ? 'good' : file.state === 'superseded' ? '' : 'bad'}">${both(STATE_WORDS[file.state])}</span>
${both({ zh: `${ago(file.beganAtMs, nowMs).zh}开始 · ${file.lastSeq} 条 · 持有 ${file.points} 积分（${file.riders} 人）`, en: `began ${ago(file.beganAtMs, nowMs).en} · ${file.lastSeq} records · holds ${file.points} points of ${riderCount(file.riders)}` })}</p>
${
  file.state === 'banned' && file.points + file.programPoints === 0
    ? null
    : html`<details class="act"><summary>${both({ zh: '核销', en: 'Write off' })}</summary>
<form method="post" action="/operator/stations" class="danger"><input type="hidden" name="act" value="write-off"><input type="hidden" name="station" value="${station.station}"><input type="hidden" name="incarnation" value="${file.incarnation}">
<p>${both({ zh: '它名下的积分退回骑手和项目；它若已花掉而没有上传，由项目承担。', en: 'What it holds goes back to riders and programme; what it spent and did not report, the programme bears.' })}</p>
<label>${both({ zh: '原因', en: 'Reason' })}<select name="reason">${WRITE_OFF_REASONS.map((reason) => html`<option value="${reason}">${oneLine(REASON_WORDS[reason])}</option>`)}</select></label>
<label>${both({ zh: '第一人', en: 'First person' })}${choose('one')}</label>
<label>${both({ zh: '第二人', en: 'Second person' })}${choose('two')}</label>
<button class="bad">${both({ zh: '两人核销', en: 'Write off, by both' })}</button></form></details>`
}</li>`
}

function fact(name: Words, value: Html, isBad = false): Html {
  return html`<div${isBad ? html` class="bad"` : null}><dt>${both(name)}</dt><dd>${value}</dd></div>`
}

function badgeOf(station: StationView, heardAtMs: number | null, nowMs: number): { words: Words; tone: string } {
  const [newest] = station.files
  if (station.status === 'revoked') return { words: { zh: '已吊销', en: 'revoked' }, tone: 'bad' }
  if (newest === undefined || heardAtMs === null) return { words: { zh: '未启用', en: 'not yet heard' }, tone: '' }
  if (newest.state !== 'active') return { words: STATE_WORDS[newest.state], tone: 'bad' }
  if (nowMs - heardAtMs > SILENT_AFTER_MS) return { words: { zh: '失联', en: 'silent' }, tone: 'warm' }
  return { words: { zh: '正常', en: 'well' }, tone: 'good' }
}

function isBehind({ claimedSeq, lastSeq }: FileView): boolean {
  return (claimedSeq ?? 0) > lastSeq
}

/** As it told in its last hello. */
function unsent(file: FileView, nowMs: number): Html {
  if (!isBehind(file)) return both({ zh: '无', en: 'nothing' })
  const depth = (file.claimedSeq ?? 0) - file.lastSeq
  const since = ago(file.helloAtMs, nowMs)
  return both({ zh: `${depth} 条（${since.zh}）`, en: `${depth} records, as of ${since.en}` })
}

function holding({ points, riders, oldestLentAtMs }: FileView, nowMs: number): Html {
  if (points === 0) return html`0`
  const since = ago(oldestLentAtMs, nowMs)
  return both({ zh: `${points}（${riders} 人，最早 ${since.zh}）`, en: `${points} of ${riderCount(riders)}, oldest ${since.en}` })
}

function riderCount(riders: number): string {
  return riders === 1 ? '1 rider' : `${riders} riders`
}

function oldest(files: readonly FileView[]): number | null {
  const times = files.flatMap(({ oldestLentAtMs }) => (oldestLentAtMs === null ? [] : [oldestLentAtMs]))
  return times.length === 0 ? null : Math.min(...times)
}

function total(station: StationView, what: 'flagged' | 'parked'): number {
  return station.files.reduce((sum, file) => sum + file[what], 0)
}
