// A JSON value, its places, and copies of it with one place changed: what a hostile or newer peer might send.

type Path = readonly (string | number)[]

export interface Place {
  path: Path
  value: unknown
}

/** Every place of the value, the value itself first. */
export function placesOf(value: unknown, path: Path = []): Place[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return [{ path, value }, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))]
}

/** A copy with what stands at the path replaced. */
export function withPlace(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value)) return value.map((inner: unknown, index) => (index === key ? withPlace(inner, rest, replacement) : inner))
  if (typeof value !== 'object' || value === null) throw new Error(`there is nothing at ${key}`)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === key ? withPlace(inner, rest, replacement) : inner]))
}

/** Copies with one more field, one for each object in the value. */
export function withFieldAdded(value: unknown, name: string, added: unknown): unknown[] {
  return placesOf(value)
    .filter((place) => typeof place.value === 'object' && place.value !== null && !Array.isArray(place.value))
    .map(({ path, value: object }) => withPlace(value, path, { ...(object as object), [name]: added }))
}
