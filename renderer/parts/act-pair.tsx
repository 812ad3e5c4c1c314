// Two ways on, weighed against each other: the plain one first, the one that is meant beside it.

import type { ReactNode } from 'react'

export function ActPair({ plain, main }: { plain: ReactNode; main: ReactNode }) {
  return (
    <div className="act-row weigh-bar">
      {plain}
      {main}
    </div>
  )
}
