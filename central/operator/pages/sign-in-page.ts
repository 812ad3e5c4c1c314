// Where the operator's token is pasted.

import { framed } from './frame.ts'
import { html } from './html.ts'
import { both, type Words } from './say.ts'

const PROBLEMS: Record<'wrong' | 'too_many', Words> = {
  wrong: { zh: '口令不对', en: 'This is not the token' },
  too_many: { zh: '尝试太多次，请一分钟后再试', en: 'Too many tries: wait a minute' },
}

export function signInPage(problem: 'wrong' | 'too_many' | null): string {
  return framed({
    title: { zh: '登录', en: 'Sign in' },
    here: null,
    body: html`<section class="sign-in card">
<h1>${both({ zh: '运维登录', en: 'Operator' })}</h1>
<p class="hint">${both({ zh: '口令在中心数据目录的 operator-token 文件里。', en: "The token is in the file operator-token of central's data folder." })}</p>
${problem === null ? null : html`<p class="alert" role="alert">${both(PROBLEMS[problem])}</p>`}
<form method="post" action="/operator/sign-in">
<label>${both({ zh: '口令', en: 'Token' })}<input name="token" type="password" autocomplete="current-password" required autofocus></label>
<button class="main">${both({ zh: '登录', en: 'Sign in' })}</button>
</form>
</section>`,
  })
}
