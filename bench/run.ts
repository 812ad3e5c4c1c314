// `npm run -s bench -- NAME --json`: a figure beside its limit, both measured in this run. Without --json the blocks are said
// as well; the last line is always the JSON. `--folder DIR` measures on another file system,
// `--sentences FILE` types other sentences, `--keys nine` on nine keys.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '../scripts/command-line.ts'
import { benchBootstrap } from './bootstrap.ts'
import { benchCatchUp } from './catchup.ts'
import { benchConsole } from './console.ts'
import { benchFleet } from './fleet.ts'
import { benchPinyin, EVERYDAY_SENTENCES } from './pinyin.ts'
import { benchRedeem } from './redeem.ts'
import { benchUpload } from './upload.ts'

const { values, positionals } = readCommandLine('npm run bench', 'NAME [--json] [--folder DIR] [--sentences FILE] [--keys letters|nine]', {
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(import.meta.dirname, '..', '.data', 'bench') },
    sentences: { type: 'string', default: EVERYDAY_SENTENCES },
    keys: { type: 'string', default: 'letters' },
  },
})

const BENCHES: Record<string, (folder: string, say: (line: string) => void) => unknown> = {
  redeem: benchRedeem,
  upload: benchUpload,
  bootstrap: benchBootstrap,
  catchup: benchCatchUp,
  fleet: benchFleet,
  console: benchConsole,
  pinyin: (_folder, say) => benchPinyin(values.sentences, say, values.keys === 'nine' ? 'nine' : 'letters'),
}

const [name] = positionals
const bench = name === undefined || !Object.hasOwn(BENCHES, name) ? undefined : BENCHES[name]
if (bench === undefined || (values.keys !== 'letters' && values.keys !== 'nine')) {
  process.stderr.write(`npm run bench -- NAME [--json] [--folder DIR] [--sentences FILE] [--keys letters|nine]; NAME is one of ${Object.keys(BENCHES).join(', ')}\n`)
  process.exit(2)
}
mkdirSync(values.folder, { recursive: true })
const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`)
}
process.stdout.write(`${JSON.stringify(await bench(values.folder, say))}\n`)
