// A page's grid as the custom properties that the stylesheet lays out by.

import type { CSSProperties } from 'react'
import type { Grid } from '../flow/page-grids.ts'

export function gridStyle(grid: Grid): CSSProperties {
  return { '--columns': grid.columns, '--rows': grid.rows } as CSSProperties
}
