// A card is held to the scanner until somebody stands at the screen.

import type { Kiosk } from './kiosk.ts'

const SESSION_MS_MAX = 1_500

/** The session of whoever was scanned; null where the desk did not open one (unknown person, somebody stands there). */
export async function scanIn(kiosk: Kiosk, pass: string, kind: 'rider' | 'staff'): Promise<string | null> {
  const before = kiosk.view()?.session?.session
  if (before !== undefined) await kiosk.ask('end_session', { session: before })
  await kiosk.shows((view) => view.session === null, SESSION_MS_MAX)
  await kiosk.ask('scan', { text: pass, source: 'simulated' })
  await kiosk.shows((view) => view.session?.kind === kind, SESSION_MS_MAX)
  const session = kiosk.view()?.session
  return session?.kind === kind ? session.session : null
}
