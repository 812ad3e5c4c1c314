// The one style sheet of the operator's pages: the kiosk's paper and ink, for a desk and for a phone.

export const STYLE = `
:root { --paper:#faf6ef; --surface:#fff; --ink:#1d1a17; --soft:#5a5248; --line:#e6dfd1; --strong:#857a6a; --accent:#d8452b; --deep:#862411;
  --good:#12694a; --good-tint:#ddeddc; --warm:#6b4000; --warm-tint:#fbeccb; --bad:#862411; --bad-tint:#f7dfd2; --quiet:#f1ebdf; --r:14px }
* { box-sizing:border-box }
body { margin:0; background:var(--paper); color:var(--ink); font:16px/1.5 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif }
a { color:inherit }
.en, small { display:block; font-size:.8em; font-weight:400; color:var(--soft); line-height:1.4 }
h1, h2, p, dl, dd, ul, ol { margin:0 }
h1 { font-size:1.6rem; line-height:1.25 }
.top { display:flex; align-items:center; gap:28px; padding:0 32px; height:68px; background:var(--surface); border-bottom:1px solid var(--line); position:sticky; top:0; z-index:1 }
.brand { display:flex; align-items:center; gap:12px; font-weight:700; line-height:1.2; white-space:nowrap }
.mark { width:30px; height:30px; border-radius:9px; background:var(--accent); position:relative; flex:none }
.mark::after { content:""; position:absolute; inset:9px 8px 7px; background:#fff; clip-path:polygon(50% 0,100% 42%,100% 100%,0 100%,0 42%) }
nav { display:flex; gap:4px; flex:1; align-self:stretch }
nav a { padding:0 16px; text-decoration:none; font-weight:600; line-height:1.15; display:flex; flex-direction:column; justify-content:center; border-bottom:3px solid transparent; border-top:3px solid transparent; position:relative }
nav a[aria-current] { border-bottom-color:var(--accent) }
nav .dot { position:absolute; top:14px; right:6px; width:8px; height:8px; border-radius:50%; background:var(--accent) }
main { max-width:1180px; margin:0 auto; padding:28px 32px 64px }
.card { background:var(--surface); border:1px solid var(--line); border-radius:var(--r); padding:22px 24px }
.head { display:flex; align-items:flex-start; justify-content:space-between; gap:24px; margin-bottom:18px }
.hint { color:var(--soft); margin-top:8px }
.alert { margin:0 0 18px; padding:12px 16px; border-radius:10px; background:var(--bad-tint); color:var(--bad); font-weight:600 }
.alert.is-good { background:var(--good-tint); color:var(--good) }
.alert .en { color:inherit }
button, .button { display:inline-flex; flex-direction:column; align-items:center; justify-content:center; min-height:46px; padding:5px 18px; border:1px solid var(--strong); border-radius:10px; background:var(--surface); color:var(--ink); font:inherit; font-weight:600; font-size:15px; line-height:1.2; text-decoration:none; cursor:pointer; text-align:center }
button.main, .button.main { background:#b93520; border-color:#b93520; color:#fff }
button.bad { background:var(--bad); border-color:var(--bad); color:#fff }
button.main .en, .button.main .en, .button.main small, button.bad .en { color:#fff; opacity:.92 }
button.plain { border-color:transparent; min-height:44px; padding:4px 10px }
button:hover, .button:hover, summary:hover { filter:brightness(.96) }
:focus-visible { outline:3px solid #1d1a17; outline-offset:2px }
label { display:block; font-weight:600; margin-top:12px }
input:not([type=checkbox]), select { display:block; width:100%; min-height:44px; margin-top:4px; padding:6px 12px; border:1px solid var(--strong); border-radius:10px; background:#fff; color:inherit; font:inherit }
label.check { display:flex; gap:10px; align-items:flex-start }
label.check input { width:20px; height:20px; margin:2px 0 0; flex:none }
form > button { margin-top:16px }
.acts > form > button, .top form > button { margin-top:0 }
.lead { padding:28px 30px }
.lead h1 { font-size:2rem }
.lead > p { max-width:62ch; margin-top:12px }
.lead.is-warm { border-left:8px solid #a86400 }
.lead.is-good { border-left:8px solid var(--good) }
progress { appearance:none; width:100%; height:12px; margin-top:20px; border:0; border-radius:6px; overflow:hidden; background:var(--quiet) }
progress::-webkit-progress-bar { background:var(--quiet) }
progress::-webkit-progress-value { background:var(--good) }
progress::-moz-progress-bar { background:var(--good) }
.figures { display:flex; gap:48px; margin-top:18px }
.figures dd { font-size:1.7rem; font-weight:700; line-height:1.2; font-variant-numeric:tabular-nums }
.figures dd small { display:inline; font-size:1rem; margin-left:4px }
.figures dd.words { font-size:1.15rem; padding-top:4px }
dt { color:var(--soft); font-size:.88rem; line-height:1.3 }
dt .zh::after { content:" " }
dt .en { display:inline; font-size:.92em }
thead th { vertical-align:bottom; white-space:nowrap }
h2.after { margin-top:36px; font-size:1.25rem; line-height:1.3 }
table.missing { width:100%; margin-top:20px; border-collapse:separate; border-spacing:0; background:var(--surface); border:1px solid var(--line); border-radius:var(--r); overflow:hidden }
table.missing th, table.missing td { padding:12px 16px; text-align:left; vertical-align:top; border-top:1px solid var(--line) }
table.missing thead th { border-top:0; background:var(--quiet); font-size:.88rem; color:var(--soft); font-weight:600 }
table.missing .number { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap }
table.missing tbody th { font-weight:600; display:flex; gap:12px }
table.missing tbody th .en { display:block; font-size:.8em }
table.missing .todo { width:38% }
table.missing tr.is-back td, table.missing tr.is-back th { color:var(--good); background:#fbfdfa }
.no { display:inline-flex; align-items:center; justify-content:center; min-width:34px; height:34px; padding:0 8px; border-radius:9px; background:var(--quiet); font-size:.95rem; flex:none; font-variant-numeric:tabular-nums }
tr.is-missing .no { background:var(--warm-tint); color:var(--warm) }
tr.is-back .no { background:var(--good-tint) }
.stations { display:grid; grid-template-columns:repeat(auto-fill,minmax(480px,1fr)); gap:18px; align-items:start }
.station header { display:flex; align-items:flex-start; gap:12px }
.station h2 { font-size:1.15rem; line-height:1.3; flex:1 }
.badge { display:inline-block; padding:3px 12px; border-radius:999px; background:var(--quiet); color:var(--soft); font-size:.88rem; font-weight:600; line-height:1.35; text-align:center; white-space:nowrap }
.badge .en { color:inherit; font-size:.82em; line-height:1.1 }
.badge.good { background:var(--good-tint); color:var(--good) } .badge.warm { background:var(--warm-tint); color:var(--warm) } .badge.bad { background:var(--bad-tint); color:var(--bad) }
.facts { display:grid; grid-template-columns:1fr 1fr; gap:14px 20px; margin-top:18px }
.facts dd { font-weight:600; line-height:1.35; font-variant-numeric:tabular-nums }
.facts .bad dd, .facts .bad dd .en { color:var(--bad) }
.stranded { margin-top:16px; padding:10px 14px; border-radius:10px; background:var(--warm-tint); color:var(--warm); font-weight:600 }
.stranded .en { color:inherit }
.acts { display:flex; flex-wrap:wrap; gap:10px; margin-top:18px; padding-top:16px; border-top:1px solid var(--line) }
details.act > summary { list-style:none; display:inline-flex; flex-direction:column; justify-content:center; min-height:46px; padding:5px 18px; border:1px solid var(--line); border-radius:10px; cursor:pointer; font-weight:600; font-size:15px; line-height:1.2; background:var(--surface); text-align:center }
details.act > summary::-webkit-details-marker { display:none }
details.act[open]:not(.new) { flex-basis:100% }
details.act[open] > summary { background:var(--quiet); border-color:var(--strong) }
details.act.new { position:relative }
details.new > summary.main { background:#b93520; border-color:#b93520; color:#fff }
details.new[open] > form { position:absolute; right:0; top:calc(100% + 8px); width:min(400px,calc(100vw - 32px)); z-index:2; box-shadow:0 12px 40px rgb(29 26 23 / 18%) }
.new form label:first-of-type { margin-top:0 }
.danger { margin-top:12px; padding:16px 18px; border-radius:12px; background:var(--bad-tint) }
.danger .en { color:var(--soft) }
.danger button .en { color:#fff }
ul.files { list-style:none; padding:0; margin-top:8px }
ul.files li { padding:12px 0; border-top:1px solid var(--line) }
ul.files li:first-child { border-top:0 }
ul.files details { margin-top:8px }
code { font:600 .95em ui-monospace,monospace; background:var(--quiet); padding:2px 7px; border-radius:6px; overflow-wrap:anywhere }
.sign-in { max-width:420px; margin:8vh auto 0 }
.sign-in .alert { margin:16px 0 0 }
.sign-in button { width:100% }
.code { max-width:560px; margin:0 auto }
.code .qr { display:flex; justify-content:center; margin:18px 0 6px }
.code .qr svg { width:260px; height:260px }
.signs { text-align:center; font:700 1.9rem/1.3 ui-monospace,monospace; letter-spacing:.06em }
.code .button { width:100%; margin-top:16px }
.code ol { margin:18px 0; padding-left:1.4em }
.code li { margin-top:8px }
@media (max-width:760px) {
  .top { flex-wrap:wrap; gap:0 8px; padding:8px 16px 0; height:auto; position:static }
  .brand { flex:1 }
  nav { order:3; flex-basis:100%; height:52px }
  nav a { flex:1; align-items:center }
  nav .dot { right:28% }
  main { padding:18px 16px 48px }
  .card { padding:18px }
  .lead { padding:20px }
  .lead h1 { font-size:1.6rem }
  .figures { gap:24px; justify-content:space-between }
  .stations { grid-template-columns:1fr }
  .facts { gap:12px 14px }
  .head { flex-wrap:wrap }
  table.missing, table.missing tbody { display:block; border:0; background:none }
  table.missing thead { display:none }
  table.missing tr { display:grid; grid-template-columns:1fr 1fr 1fr; gap:10px 12px; padding:16px; margin-bottom:12px; background:var(--surface); border:1px solid var(--line); border-radius:var(--r) }
  table.missing th, table.missing td { padding:0; border:0 }
  table.missing tbody th, table.missing .todo { grid-column:1 / -1; width:auto }
  table.missing td.number { text-align:left }
  table.missing td[data-zh]::before { content:attr(data-zh) " " attr(data-en); display:block; font-size:.78rem; color:var(--soft); line-height:1.3; white-space:normal }
  table.missing tr.is-back td, table.missing tr.is-back th { background:none }
  .signs { font-size:1.5rem }
}
`
