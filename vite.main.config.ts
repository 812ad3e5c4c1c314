// The window's own process: one file with everything in it but Electron itself. CommonJS, because it is then loaded before
// Electron is ready, always; an ES module may come too late to register the protocol and the sandbox.
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: 'main/main.ts',
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'main.cjs' } },
  },
})
