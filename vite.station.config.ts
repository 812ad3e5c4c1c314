// The station's process for the pinned Node: everything in one place but the two packages with native code, which the
// package lays beside it.
import { execFileSync } from 'node:child_process'
import { defineConfig } from 'vite'
import about from './package.json' with { type: 'json' }

/** Version and commit; outside of a checkout only the version is known. */
function builtFrom(): string {
  try {
    const commit = execFileSync('git', ['rev-parse', '--short=9', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return `${about.version} (${commit})`
  } catch {
    return about.version
  }
}

export default defineConfig({
  publicDir: false,
  define: { BUILT_FROM: JSON.stringify(builtFrom()) },
  ssr: { noExternal: true, external: ['better-sqlite3', 'node-hid'] },
  build: {
    ssr: 'station/index.ts',
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'index.js' } },
  },
})
