// Builds the office's pages into dist/console, for central to serve: hashed assets, nothing inline, because the pages' policy
// allows no inline script or style.

import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const consoleDir = join(import.meta.dirname, 'console')

/** The pages' own folder is the root, also for a build script that names one root for all its parts. */
const ownRoot: Plugin = { name: 'own-root', config: () => ({ root: consoleDir }) }

export default defineConfig({
  root: consoleDir,
  base: '/console/',
  publicDir: false,
  plugins: [ownRoot, react()],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Office machines and WeChat's browser.
    target: ['chrome86', 'safari14'],
  },
})
