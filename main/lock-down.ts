// Owns what the page is refused: leaving, opening, downloading, permissions, devices, the network, keys that lead outside.
// Electron allows most of these by default. It refuses to know why somebody asked; a refusal is logged without the address.

import type { Session, WebContents } from 'electron'
import { isLoadable } from './app-protocol.ts'
import { isKeyLetThrough } from './input-guard.ts'
import type { Say } from './window-log.ts'

export function lockDownSession(session: Session, say: Say): void {
  // Nothing but the app's own files is loaded, whatever a page names.
  session.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !isLoadable(request.url) }))
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    say('permission_refused', { permission })
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    say('download_refused')
    event.preventDefault()
  })
}

export function lockDownContents(contents: WebContents, say: Say): void {
  const refuse = (event: { preventDefault(): void }): void => {
    say('navigation_refused')
    event.preventDefault()
  }
  contents.on('will-navigate', refuse)
  contents.on('will-frame-navigate', refuse)
  contents.on('will-redirect', refuse)
  contents.on('will-attach-webview', refuse)
  contents.setWindowOpenHandler(() => {
    say('window_refused')
    return { action: 'deny' }
  })
  contents.on('before-input-event', (event, input) => {
    if (!isKeyLetThrough(input)) event.preventDefault()
  })
  contents.setIgnoreMenuShortcuts(true)
  contents.on('did-finish-load', () => {
    contents.setVisualZoomLevelLimits(1, 1).catch(() => say('zoom_not_locked'))
  })
}
