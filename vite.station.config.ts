// The station's process for the pinned Node: everything in one place but the two packages with native code, which the
// package lays beside it.
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3', 'node-hid'] },
  build: {
    ssr: 'station/index.ts',
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'index.js' } },
  },
})
