// Central for the pinned Node: our own code in one file; its packages stay in node_modules, where a server has them.
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'central/index.ts',
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'index.js' } },
  },
})
