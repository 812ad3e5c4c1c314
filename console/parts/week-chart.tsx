// Two bars a week, drawn by ourselves: thirteen weeks need no library. The same numbers stand in a table beneath, for who reads
// rather than looks.

import type { ReactNode } from 'react'

export interface WeekBars {
  label: string
  title: string
  values: readonly [number, number]
}

const WIDTH = 720
const HEIGHT = 220
const LEFT = 52
const BOTTOM = 28
const TOP = 12

export function WeekChart({ weeks, names, label }: { weeks: readonly WeekBars[]; names: readonly [string, string]; label: string }): ReactNode {
  const max = niceMax(Math.max(1, ...weeks.flatMap(({ values }) => values)))
  const plot = HEIGHT - TOP - BOTTOM
  const step = (WIDTH - LEFT) / Math.max(1, weeks.length)
  const bar = Math.min(18, step * 0.34)
  const y = (value: number): number => TOP + plot * (1 - value / max)
  return (
    <figure className="chart" tabIndex={0} aria-label={label}>
      <ul className="legend" aria-hidden="true">
        <li data-series="0">{names[0]}</li>
        <li data-series="1">{names[1]}</li>
      </ul>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(max * part)} y2={y(max * part)} />
            <text className="tick" x={LEFT - 8} y={y(max * part) + 4} textAnchor="end">
              {(max * part).toLocaleString('en')}
            </text>
          </g>
        ))}
        {weeks.map((week, index) => {
          const middle = LEFT + step * (index + 0.5)
          return (
            <g key={week.label}>
              <title>{week.title}</title>
              {week.values.map((value, series) => (
                <rect key={names[series]} className="bar" data-series={series} x={middle + (series === 0 ? -bar - 1 : 1)} y={y(value)} width={bar} height={TOP + plot - y(value)} rx="2" />
              ))}
              {index % 2 === 0 && (
                <text className="tick" x={middle} y={HEIGHT - 8} textAnchor="middle">
                  {week.label}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

/** 1, 2 or 5 times a power of ten, at least the value, and even. */
function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10
  return Math.max(2, step * power)
}
