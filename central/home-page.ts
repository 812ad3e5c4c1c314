// What a person sees who opens central's address in a browser, until the console stands there.

export function homePage(): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>博爱小站 · 中心 | Bo'ai Station · central</title>
<h1>博爱小站 · 中心</h1>
<p>这里是各驿站的汇总中心：接收每台机器上的记录，下发骑手、物资和额度。</p>
<p><a href="/console/">进入管理后台</a></p>
<p lang="en">This is central: it records what happens at each station and gives stations their riders, goods and allowances.</p>
<p lang="en"><a href="/console/">To the office</a></p>
</html>
`
}
