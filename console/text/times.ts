// Times as the district's wall clock shows them, and how long ago something was.

import { civilOfDay, dayOf } from '../../domain/calendar.ts'
import { useSession, useWho } from '../app/session.tsx'
import { frameWords } from './frame-words.ts'
import { useWords } from './language.tsx'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const two = (count: number): string => String(count).padStart(2, '0')

export function showDay(day: number): string {
  const { year, month, dayOfMonth } = civilOfDay(day)
  return `${year}-${two(month)}-${two(dayOfMonth)}`
}

export function showTime(atMs: number, utcOffsetMinutes: number): string {
  const localMs = atMs + utcOffsetMinutes * MINUTE_MS
  const minutes = Math.floor(localMs / MINUTE_MS) % 1440
  return `${showDay(dayOf(atMs, utcOffsetMinutes))} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export function useTimes(): { time: (atMs: number | null) => string; ago: (atMs: number | null) => string; /** By central's clock. */ msUntil: (atMs: number) => number; offset: number } {
  const { utcOffsetMinutes } = useWho()
  const { skewMs } = useSession()
  const said = useWords(frameWords)
  return {
    offset: utcOffsetMinutes,
    msUntil: (atMs) => atMs - Date.now() - skewMs,
    time: (atMs) => (atMs === null ? said.nothing : showTime(atMs, utcOffsetMinutes)),
    ago: (atMs) => {
      if (atMs === null) return said.never
      const ms = Math.max(0, Date.now() + skewMs - atMs)
      if (ms < MINUTE_MS) return said.justNow
      if (ms < HOUR_MS) return said.ago.minute(Math.floor(ms / MINUTE_MS))
      return ms < 2 * DAY_MS ? said.ago.hour(Math.floor(ms / HOUR_MS)) : said.ago.day(Math.floor(ms / DAY_MS))
    },
  }
}
