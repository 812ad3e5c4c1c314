// Names with a bar and a number each, for what is compared rather than read. Length says the same as the number beside it.

import type { ReactNode } from 'react'
import type { Tone } from './said.tsx'

export interface Bar {
  key: string
  name: string
  value: number
  shown: string
  tone: Tone
}

const WIDTH = 100

export function BarList({ bars, label }: { bars: readonly Bar[]; label: string }): ReactNode {
  const max = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <ul className="bar-list" aria-label={label}>
      {bars.map(({ key, name, value, shown, tone }) => (
        <li key={key}>
          <span>{name}</span>
          <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
            <rect className="bar-ground" width={WIDTH} height="10" rx="2" />
            <rect className="bar-value" data-tone={tone} width={value === 0 ? 0 : Math.max(1, (value / max) * WIDTH)} height="10" rx="2" />
          </svg>
          <strong>{shown}</strong>
        </li>
      ))}
    </ul>
  )
}
