// Whether all that was asked is text that a database can hold: no NUL, no half of a pair of code units.

const DEPTH_MAX = 12
const HALF_OR_NUL = /[\p{Surrogate}\0]/u

export function hasOnlyText(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !HALF_OR_NUL.test(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= DEPTH_MAX) return false
  return Object.entries(value).every(([key, one]) => hasOnlyText(key, depth + 1) && hasOnlyText(one, depth + 1))
}
