// How long something takes or is ago, cut down to its largest unit, for the catalogues to put into words.

export interface Elapsed {
  number: number
  unit: 'second' | 'minute' | 'hour' | 'day'
}

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const

export function elapsed(ms: number): Elapsed {
  const whole = Math.abs(ms)
  const found = UNITS.find((unit) => whole >= unit.ms)
  return found === undefined ? { number: 0, unit: 'second' } : { number: Math.floor(whole / found.ms), unit: found.unit }
}
