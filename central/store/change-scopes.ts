// The scopes of the log that stations read, as text that is stable for ever: it stands in the database. Pure, so every kind
// of store has the same ones.

/** Everyone in the district. */
export const DISTRICT_SCOPE = 'district'

export function stationScope(station: string): string {
  return `station@${station}`
}

/** The riders that a station mirrors. */
export function ridersScope(station: string): string {
  return `riders@${station}`
}

/** All that a station reads of its district's log. */
export function scopesOfReader(station: string): string[] {
  return [DISTRICT_SCOPE, stationScope(station), ridersScope(station)]
}
