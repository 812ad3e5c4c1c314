// A list that is longer than its place: whole pages of it. Where in it one looks is all it remembers, and only while it is
// on the screen.

import { type ReactNode, useState } from 'react'
import type { Catalogue } from '../text/catalogue.ts'
import { Pager } from './pager.tsx'

export interface PagedRowsProps {
  rows: readonly ReactNode[]
  pageSize: number
  text: Catalogue
  onTurned: () => void
}

export function PagedRows({ rows, pageSize, text, onTurned }: PagedRowsProps) {
  const [wanted, setWanted] = useState(0)
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const page = Math.min(wanted, pages - 1)
  return (
    <div className="paged-rows">
      <ul className="rows" data-rows={Math.min(rows.length, pageSize)}>
        {rows.slice(page * pageSize, (page + 1) * pageSize)}
      </ul>
      {pages === 1 ? null : (
        <Pager
          label={text.parts.page(page + 1, pages)}
          previousWord={text.parts.previousPage}
          nextWord={text.parts.nextPage}
          position={`${page + 1} / ${pages}`}
          atStart={page === 0}
          atEnd={page === pages - 1}
          onTurn={(to) => {
            setWanted(page + (to === 'next' ? 1 : -1))
            onTurned()
          }}
        />
      )}
    </div>
  )
}
