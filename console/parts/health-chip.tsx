// How a station is, as a chip: a word and a tint, never a tint alone.

import type { ReactNode } from 'react'
import type { StationHealth } from '../../contract/console/overview.ts'
import { useWords } from '../text/language.tsx'
import { stationWords } from '../text/overview-words.ts'
import { Chip, type Tone } from './said.tsx'

const TONES: Record<StationHealth, Tone> = { well: 'good', late: 'warm', silent: 'bad', never: 'warm', revoked: 'plain' }

export function HealthChip({ health }: { health: StationHealth }): ReactNode {
  const said = useWords(stationWords)
  return <Chip tone={TONES[health]}>{said.health[health]}</Chip>
}
