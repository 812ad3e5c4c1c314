// `npm run scan -- NAME [NAME ...]`: scans a pass or a goods code of the demo, as a scanner would; without a name it lists
// them. `--text TEXT` scans any text, `--data DIR` names the demo's folder.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { endWith, readCommandLine } from './command-line.ts'

interface Code {
  handle: string
  label: { zh: string; en: string }
  kind: string
  text: string
}

const root = join(import.meta.dirname, '..')
const { values, positionals } = readCommandLine('npm run scan', 'NAME [NAME ...] [--text TEXT] [--data DIR]', {
  allowPositionals: true,
  options: { data: { type: 'string', default: join(root, '.data', 'demo') }, text: { type: 'string' } },
})

const fail = (line: string): never => endWith('npm run scan', line)

const kioskFile = join(resolve(values.data), 'kiosk.json')
if (!existsSync(kioskFile)) fail('no demo is running here: `npm start` first, or name its folder with --data')
const { kiosk, codes: codesFile } = JSON.parse(readFileSync(kioskFile, 'utf8')) as { kiosk: string; codes: string }
const { codes } = JSON.parse(readFileSync(codesFile, 'utf8')) as { codes: Code[] }

if (positionals.length === 0 && values.text === undefined) {
  for (const code of codes) process.stdout.write(`${code.handle.padEnd(22)} ${code.kind.padEnd(6)} ${code.label.zh} · ${code.label.en}\n`)
  process.exit(0)
}
const address = new URL(kiosk)
const token = address.hash.replace('#token=', '')
const texts = positionals.map((name) => codes.find((code) => code.handle === name)?.text ?? fail(`the demo has no code ${name}; without a name all are listed`))
if (values.text !== undefined) texts.push(values.text)
for (const text of texts) {
  const response = await fetch(new URL('/scan', address.origin), { method: 'POST', body: text, headers: { authorization: `Bearer ${token}` } }).catch(() =>
    fail(`the station does not answer at ${address.origin}`),
  )
  if (!response.ok) fail(`the station refuses (${response.status})`)
}
process.stdout.write(`scanned ${positionals.join(', ') || 'the text'}\n`)
