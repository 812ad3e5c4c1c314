// What a scrape of /metrics says, by series: `boai_refusals_total{code="too_large"}` → 3.

export type Series = ReadonlyMap<string, number>

export function readMetrics(text: string): Series {
  const series = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) series.set(name, Number(value))
  }
  return series
}

/** What grew between two scrapes, of series that match. */
export function grown(before: Series, after: Series, names: RegExp): Record<string, number> {
  return Object.fromEntries(
    [...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const).filter(([name, by]) => by !== 0 && names.test(name)),
  )
}
