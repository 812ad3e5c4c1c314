// An enrolment code, once: to be scanned from this page or typed at the new machine. It is in no address and in no log.

import { showEnrolmentCode, showKeyPrint } from '../../../contract/sync/enrolment.ts'
import { framed } from './frame.ts'
import { html, raw } from './html.ts'
import { both } from './say.ts'

export interface ShownCode {
  code: string
  number: number
  centralUrl: string
  /** Of central's key. */
  keyPrint: string
  /** An SVG of our own making. */
  qrSvg: string
}

export function codePage({ code, number, centralUrl, keyPrint, qrSvg }: ShownCode): string {
  return framed({
    title: { zh: '入网码', en: 'Enrolment code' },
    here: 'stations',
    body: html`<section class="card code">
<h1>${both({ zh: `${number} 号驿站的入网码`, en: `Enrolment code of station ${number}` })}</h1>
<p class="qr">${raw(qrSvg)}</p>
<p class="signs" translate="no">${showEnrolmentCode(code)}</p>
<ol>
<li>${both({ zh: '给新机器通电并接通网络，屏幕会显示“设置本机”。', en: 'Switch the new machine on with a network: its screen asks to be set up.' })}</li>
<li>${both({ zh: '让它扫描这个二维码；或输入上面的 12 位代码。', en: 'Let it scan this code, or type the twelve signs.' })}</li>
<li>${both({ zh: '如果它问中心地址，输入：', en: 'If it asks where central is, type:' })} <code translate="no">${centralUrl}</code></li>
<li>${both({ zh: '输入代码后，它会显示 16 位核对码。必须与这里完全一样，否则不要加入：', en: 'After a typed code it shows sixteen signs. They must be these, or do not join:' })} <code translate="no">${showKeyPrint(keyPrint)}</code></li>
</ol>
<p class="hint">${both({ zh: '10 分钟内有效，只能用一次。离开本页后不再显示。', en: 'Good for ten minutes and for one machine. It is not shown again.' })}</p>
<p><a class="button main" href="/operator/stations">${both({ zh: '完成', en: 'Done' })}</a></p>
</section>`,
  })
}
