// When is it over: every outbox is empty at central, every mirror is at central's last number, nothing is being asked for, and
// it stays so. What central keeps only raw (a file that contradicted itself) counts as sent once central has it. Bounded.

import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { peekStationTable } from './read-rows.ts'
import type { StationPost } from './station-post.ts'

const LOOK_EVERY_MS = 1_000
/** Somebody holds a wrong code to the scanner: a station that waits out a long backoff hears that there is life. */
const PASS_BY_EVERY = 3
const STILL_LOOKS = 2

export interface QuietOptions {
  posts: readonly StationPost[]
  databaseUrl: string
  /** Central's clock looks at trainings; how many it changed. */
  tend: () => Promise<number>
  msMax: number
}

/** What is still unquiet when the time is over; empty: it became quiet. */
export async function waitUntilQuiet(options: QuietOptions): Promise<string[]> {
  const client = new pg.Client(options.databaseUrl)
  await client.connect()
  try {
    let unquiet: string[] = []
    let still = 0
    const beganAtMs = Date.now()
    for (let look = 1; Date.now() - beganAtMs < options.msMax; look += 1) {
      const tended = await options.tend()
      unquiet = [...(await lookAround(options.posts, client)), ...(tended === 0 ? [] : [`central has just seen to ${tended} trainings`])]
      still = unquiet.length === 0 ? still + 1 : 0
      if (still >= STILL_LOOKS) return []
      if (look % PASS_BY_EVERY === 0) await passBy(options.posts, unquiet)
      await pause(LOOK_EVERY_MS)
    }
    return unquiet.length === 0 ? ['it was quiet for a moment only'] : unquiet
  } finally {
    await client.end()
  }
}

async function passBy(posts: readonly StationPost[], unquiet: readonly string[]): Promise<void> {
  for (const post of posts.filter(({ name }) => unquiet.some((said) => said.startsWith(`${name}:`)))) {
    await post.kiosk()?.ask('scan', { text: 'https://example.com/', source: 'simulated' })
  }
}

async function lookAround(posts: readonly StationPost[], client: pg.Client): Promise<string[]> {
  const unquiet: string[] = []
  for (const post of posts) {
    const said = await whyUnquiet(post, client)
    if (said !== null) unquiet.push(`${post.name}: ${said}`)
  }
  return unquiet
}

/** null: it is quiet. */
async function whyUnquiet(post: StationPost, client: pg.Client): Promise<string | null> {
  const kiosk = post.kiosk()
  if (kiosk === null || kiosk.isBroken() || kiosk.view() === null) return 'no station'
  const [identity] = peekStationTable(post.dataFolder, 'SELECT incarnation FROM identity')
  const outbox = peekStationTable(post.dataFolder, 'SELECT seq, hash, body FROM outbox ORDER BY seq DESC LIMIT 1')[0]
  const [sync] = peekStationTable(post.dataFolder, 'SELECT * FROM sync_state')
  const life = [post.station.id, identity?.['incarnation']]
  const { rows: lives } = await client.query<{ state: string; last_seq: string }>('SELECT state, last_seq FROM incarnations WHERE station_id = $1 AND incarnation = $2', life)
  const lastSeq = Number(outbox?.['seq'] ?? 0)
  const known = lives[0]
  if (known === undefined) return 'central does not know this file'
  const { rows: booked } = await client.query('SELECT 1 FROM events WHERE station_id = $1 AND incarnation = $2 AND hash = $3', [...life, outbox?.['hash'] ?? null])
  const isFenced = known.state !== 'active' || kiosk.view()?.trouble !== null
  if (isFenced && outbox !== undefined && booked.length === 0) {
    const { rows: raw } = await client.query('SELECT 1 FROM quarantined_events WHERE station_id = $1 AND incarnation = $2 AND seq = $3 AND body = $4', [...life, lastSeq, outbox['body']])
    return raw.length > 0 ? null : `${known.state}: its last event ${lastSeq} is not at central, not even raw`
  }
  if (Number(known.last_seq) < lastSeq) return `${lastSeq - Number(known.last_seq)} events to send`
  const { rows: counters } = await client.query<{ number: string }>('SELECT max(number) AS number FROM change_counters')
  const behind = Number(counters[0]?.number ?? 0) - Number(sync?.['cursor_number'] ?? 0)
  if (behind > 0) return `${behind} changes to pull`
  // To a fenced file nothing is lent: what it had asked before stays open until it begins anew.
  if (isFenced) return null
  const asked = peekStationTable(post.dataFolder, 'SELECT 1 FROM allowance_requests')
  return asked.length > 0 ? `${asked.length} questions open` : null
}
