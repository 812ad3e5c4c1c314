// The whole face: the panel's real millimetres, the brand's colours, day or night, the language's direction, the screen of
// the moment and what lies over it. The one component the application mounts.

import { type CSSProperties, useEffect, useMemo } from 'react'
import { brandTokens } from '../brand/brand-colours.ts'
import type { FlowState, Layout, Tap } from '../flow/flow-state.ts'
import { pitchUntilTold, planPanel } from '../parts/panel-plan.ts'
import { useWindowSize } from '../parts/use-window-size.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { minuteOfDay } from '../text/wall-time.ts'
import { Overlays } from './overlays.tsx'
import { CurrentScreen } from './screen-registry.tsx'

export interface KioskFaceProps {
  state: FlowState
  text: Catalogue
  tap: (tap: Tap) => void
  /** The panel was measured or turned; the flow counts its pages by it. */
  onLaidOut: (layout: Layout) => void
  /** Shown whatever the hour (the gallery). */
  night?: boolean
}

const NIGHT_FROM_HOUR = 21
const NIGHT_TO_HOUR = 6

export function KioskFace({ state, text, tap, onLaidOut, night = isNight(state) }: KioskFaceProps) {
  const { widthPx, heightPx } = useWindowSize()
  const pitchMm = state.view?.station?.panelPitchMm ?? pitchUntilTold(widthPx, heightPx)
  const plan = useMemo(() => planPanel({ widthPx, heightPx, pitchMm }), [widthPx, heightPx, pitchMm])
  const { orientation, compact } = plan.layout
  useEffect(() => onLaidOut({ orientation, compact }), [onLaidOut, orientation, compact])
  const brand = state.view?.station?.brand ?? null
  const style = useMemo(() => ({ '--mm': `${plan.mmPx}px`, ...brandTokens(brand, night) }) as CSSProperties, [plan.mmPx, brand, night])
  return (
    <div
      className="kiosk"
      lang={text.htmlLang}
      dir={text.direction}
      data-orientation={orientation}
      data-compact={compact ? '' : undefined}
      data-low-reach={state.lowReach ? '' : undefined}
      data-night={night ? '' : undefined}
      style={style}
    >
      <CurrentScreen state={state} text={text} tap={tap} />
      <Overlays state={state} text={text} tap={tap} />
    </div>
  )
}

export function isNight(state: Pick<FlowState, 'view' | 'wallMs'>): boolean {
  if (state.view === null) return false
  const hour = Math.floor(minuteOfDay(state.wallMs, state.view.utcOffsetMinutes) / 60)
  return hour >= NIGHT_FROM_HOUR || hour < NIGHT_TO_HOUR
}
