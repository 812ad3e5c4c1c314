// What a page says of itself: what went wrong and what to do, that it reads, a state in a chip.

import type { ReactNode } from 'react'
import type { Refusal } from '../app/ask-door.ts'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { refusalWords } from '../text/refusal-words.ts'

export function RefusalSaid({ error, again }: { error: Refusal; again?: (() => void) | undefined }): ReactNode {
  const said = useWords(refusalWords)
  const frame = useWords(frameWords)
  return (
    <div className="said" data-tone="bad" role="alert">
      <p>{said[error]}</p>
      {/* Asking once more would be answered the same: only the new pages read it. */}
      {error === 'newer' ? (
        <button type="button" className="button" onClick={() => location.reload()}>
          {frame.reload}
        </button>
      ) : again === undefined ? null : (
        <button type="button" className="button" onClick={again}>
          {frame.again}
        </button>
      )}
    </div>
  )
}

export type Tone = 'good' | 'warm' | 'bad' | 'plain'

export function Chip({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className="chip" data-tone={tone}>
      {children}
    </span>
  )
}

export function Loading(): ReactNode {
  const frame = useWords(frameWords)
  return (
    <p className="loading" role="status">
      {frame.loading}
    </p>
  )
}

export function PageHead({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {children !== undefined && <div className="page-acts">{children}</div>}
    </header>
  )
}
