// The bridge: one CommonJS file, because a sandboxed preload can load nothing else.
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: 'preload/preload.ts',
    target: 'chrome130',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
  },
})
