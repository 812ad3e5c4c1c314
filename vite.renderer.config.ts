// Builds the touchscreen into dist/renderer: hashed assets, relative addresses (it is served over http and from the app's own
// protocol), nothing inline, because the page's policy allows no inline script or style.

import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const rendererDir = join(import.meta.dirname, 'renderer')

/** The page's own folder is the root, also for a build script that names one root for all its parts. */
const ownRoot: Plugin = { name: 'own-root', config: () => ({ root: rendererDir }) }

export default defineConfig({
  root: rendererDir,
  base: './',
  publicDir: false,
  plugins: [ownRoot, react()],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome110',
  },
})
