// How a panel is divided, from its pixels and their real pitch: the size of a millimetre on it and which of the three
// layouts fits. Pure. Keeps the rule that nothing falls under its millimetres on a panel we support (from 12 inch lying, from
// 21.5 inch upright); bigger panels show bigger things; only a window smaller than any panel (the demo on a laptop) shows
// smaller ones.

import type { Layout } from '../flow/flow-state.ts'

export type Panel = { readonly widthPx: number; readonly heightPx: number; readonly pitchMm: number }

export type PanelPlan = {
  /** CSS pixels of one millimetre, as the screens use it. */
  readonly mmPx: number
  readonly layout: Layout
}

/** Of the smallest panels we support: 21.5 inch upright, 15.6 and 12.1 inch lying. */
const PITCH_MM_LEAST = { upright: 0.248, lying: 0.179, lyingSmall: 0.204 }
const LYING_SMALL_BELOW_PX = 1600

/** Until the station has told its own (a machine that is being set up): whatever panel it is, nothing is too small on it. */
export function pitchUntilTold(widthPx: number, heightPx: number): number {
  if (widthPx <= heightPx) return PITCH_MM_LEAST.upright
  return widthPx < LYING_SMALL_BELOW_PX ? PITCH_MM_LEAST.lyingSmall : PITCH_MM_LEAST.lying
}

/** The real thing at 21.5 inch, less the bars a browser window may have. */
const PORTRAIT_MM = { width: 266, height: 430 }
const LANDSCAPE_MM = { width: 340, height: 190 }
/** 12.1 inch, 1280×800. */
const LANDSCAPE_SMALLEST_MM = { width: 256, height: 160 }
/** Under this there is room for two columns of goods only. */
const COMPACT_BELOW_MM = { width: 325, height: 178 }
const SCALE_MAX = 1.5

export function planPanel(panel: Panel): PanelPlan {
  const width = panel.widthPx * panel.pitchMm
  const height = panel.heightPx * panel.pitchMm
  const orientation = panel.widthPx > panel.heightPx ? 'landscape' : 'portrait'
  const scale = orientation === 'portrait' ? Math.min(SCALE_MAX, width / PORTRAIT_MM.width, height / PORTRAIT_MM.height) : landscapeScale(width, height)
  const compact = orientation === 'landscape' && (width / scale < COMPACT_BELOW_MM.width || height / scale < COMPACT_BELOW_MM.height)
  return { mmPx: scale / panel.pitchMm, layout: { orientation, compact } }
}

function landscapeScale(width: number, height: number): number {
  const smallest = Math.min(width / LANDSCAPE_SMALLEST_MM.width, height / LANDSCAPE_SMALLEST_MM.height)
  if (smallest < 1) return smallest
  return Math.min(SCALE_MAX, Math.max(1, Math.min(width / LANDSCAPE_MM.width, height / LANDSCAPE_MM.height)))
}
