// Whom a station counted as a visitor, as far as the screen tells: a rider who is greeted for the first time in a while is one. Where
// nobody was greeted after a card was held to the scanner (the machine died over it, the disk failed) nobody knows.

import type { CounterLife } from './counter-life.ts'
import type { Kiosk } from './kiosk.ts'
import type { Arrivals } from './witness.ts'

const SHOWN_MS_MAX = 1_500
const KNOCK_MS_MAX = 500
/** Under these a greeting is one without a record. */
const UNRECORDED = new Set(['disk_full', 'storage_failing'])

/** After a rider's card was held to a screen at which nobody stood; `before`: the session that was the last one then. */
export async function countArrival(life: CounterLife, kiosk: Kiosk, before: string | undefined): Promise<void> {
  await kiosk.shows(({ session }) => session?.kind === 'rider' && session.session !== before, SHOWN_MS_MAX)
  const view = kiosk.view()
  const session = view?.session
  const arrivals = arrivalsOf(life)
  if (session?.kind !== 'rider' || session.session === before || UNRECORDED.has(view?.trouble?.code ?? '')) arrivals.uncertain += 1
  else if (!session.sameVisit) arrivals.counted += 1
}

/** After a card was held to a screen at which somebody stands: a knock is no visit yet. */
export async function countKnock(life: CounterLife, kiosk: Kiosk): Promise<void> {
  if (!(await kiosk.shows(({ knock }) => knock !== null, KNOCK_MS_MAX))) arrivalsOf(life).uncertain += 1
}

function arrivalsOf({ witness, post }: CounterLife): Arrivals {
  const { id } = post.station
  return (witness.arrivals[id] ??= { counted: 0, uncertain: 0 })
}
