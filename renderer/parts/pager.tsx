// Whole pages instead of scrolling: back, which of how many, on. Both ends stay in place and answer, so that a hand never
// misses because something moved.

import { Icon } from './icons.tsx'

export interface PagerProps {
  label: string
  previousWord: string
  nextWord: string
  /** "2 / 3" */
  position: string
  atStart: boolean
  atEnd: boolean
  onTurn: (to: 'previous' | 'next') => void
}

export function Pager({ label, previousWord, nextWord, position, atStart, atEnd, onTurn }: PagerProps) {
  return (
    <nav className="pager" aria-label={label}>
      <button type="button" className="touch pager-button" disabled={atStart} onClick={() => onTurn('previous')}>
        <Icon name="previous" />
        <span>{previousWord}</span>
      </button>
      <span className="pager-position" aria-live="polite">
        {position}
      </span>
      <button type="button" className="touch pager-button" disabled={atEnd} onClick={() => onTurn('next')}>
        <span>{nextWord}</span>
        <Icon name="next" />
      </button>
    </nav>
  )
}
