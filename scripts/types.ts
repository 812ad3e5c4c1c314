// `npm run types`: the whole tree, then the two layers that may know neither Node nor a browser.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
let failed = false
for (const project of ['.', 'domain', 'contract']) {
  const { status } = spawnSync('tsc', ['--noEmit', '-p', project], { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` } })
  if (status !== 0) failed = true
}
process.exit(failed ? 1 : 0)
