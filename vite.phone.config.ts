// Builds the pages of handed-over phones into dist/phone, for the browsers that people have: also the older one inside WeChat.

import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const phoneDir = join(import.meta.dirname, 'phone')
const ownRoot: Plugin = { name: 'own-root', config: () => ({ root: phoneDir }) }

/** docs/decisions/0010; tests/phone/old-browsers.test.ts looks at what is built. */
export const PHONE_TARGET = ['chrome86', 'safari14']

export default defineConfig({
  root: phoneDir,
  base: './',
  publicDir: false,
  plugins: [ownRoot],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'phone'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: PHONE_TARGET,
    cssTarget: PHONE_TARGET,
  },
})
