// What every page of the operator has around it: the name, where one is, the way out. No script; its style is one file.

import { type Html, html } from './html.ts'
import { oneLine, type Words } from './say.ts'

export interface Framed {
  title: Words
  /** null: nobody is signed in. */
  here: 'stations' | 'recovery' | null
  body: Html
  refreshSeconds?: number
  /** Central recovers: said on every page. */
  recovering?: boolean
}

const PLACES = [
  { id: 'stations', words: { zh: '驿站', en: 'Stations' } },
  { id: 'recovery', words: { zh: '恢复', en: 'Recovery' } },
] as const

export function framed({ title, here, body, refreshSeconds, recovering }: Framed): string {
  const page = html`<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${oneLine(title)} | 博爱小站 · 中心</title>
<link rel="stylesheet" href="/operator/style.css">
<header class="top">
<p class="brand"><span class="mark" aria-hidden="true"></span><span>博爱小站 · 中心<small lang="en">Bo'ai Station · central</small></span></p>
${
  here === null
    ? null
    : html`<nav>${PLACES.map(
        ({ id, words }) => html`<a href="/operator/${id}"${id === here ? html` aria-current="page"` : null}>${words.zh}<small lang="en">${words.en}</small>${id === 'recovery' && recovering === true ? html`<i class="dot" title="${oneLine({ zh: '中心正在恢复', en: 'central is recovering' })}"></i>` : null}</a>`,
      )}</nav>
<form method="post" action="/operator/sign-out"><button class="plain">退出<small lang="en">Sign out</small></button></form>`
}
</header>
<main>${body}</main>
</html>
`
  return page.text
}
