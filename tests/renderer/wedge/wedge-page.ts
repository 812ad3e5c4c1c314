// Serves a small page with the real wedge listener on 127.0.0.1: the modules as they are, their types stripped on the way.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const servedModule = /^\/(?:renderer\/wedge|contract\/scan)\/[a-z0-9-]+\.ts$/

const page = `<!doctype html><meta charset="utf-8"><title>wedge</title>
<input id="field"><button id="button">+1</button>
<script type="module">
  import { listenForWedge } from '/renderer/wedge/wedge-listener.ts';
  window.heard = [];
  window.pressed = 0;
  window.shortcuts = 0;
  document.querySelector('#button').addEventListener('click', () => { window.pressed += 1; });
  window.addEventListener('keydown', (event) => { if (event.ctrlKey || /^F[0-9]|Escape/.test(event.code)) window.shortcuts += 1; });
  window.stopListening = listenForWedge(window, (text) => { window.heard.push(text); });
</script>`

export async function serveWedgePage(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    } else if (servedModule.test(path)) {
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(stripTypeScriptTypes(readFileSync(root + path, 'utf8')))
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => new Promise((resolve, reject) => server.close((error) => (error === undefined ? resolve() : reject(error)))),
  }
}
