// The gallery: every screen in every state as a page of its own, without a station.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'renderer/gallery',
  base: './',
  publicDir: false,
  plugins: [react()],
  build: { outDir: '../../dist/gallery', emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  server: { host: '127.0.0.1', port: 5199, fs: { allow: ['../..'] } },
  preview: { host: '127.0.0.1', port: 5199 },
})
