// A number with one less and one more on either side of it.

import { Icon } from './icons.tsx'

export interface StepperProps {
  number: number
  lessWord: string
  moreWord: string
  /** One more is not possible now; a touch says why. */
  moreDimmed?: boolean
  onLess: () => void
  onMore: () => void
  /** The number itself can be touched (to type it). */
  onNumber?: { word: string; press: () => void }
}

export function Stepper({ number, lessWord, moreWord, moreDimmed = false, onLess, onMore, onNumber }: StepperProps) {
  return (
    <div className="stepper">
      <button type="button" className="touch step-button" aria-label={lessWord} onClick={onLess}>
        <Icon name="minus" />
      </button>
      {onNumber === undefined ? (
        <span className="step-number" aria-live="polite">
          {number}
        </span>
      ) : (
        <button type="button" className="touch step-number" aria-label={onNumber.word} onClick={onNumber.press}>
          {number}
        </button>
      )}
      <button type="button" className="touch step-button" aria-label={moreWord} aria-disabled={moreDimmed ? true : undefined} onClick={onMore}>
        <Icon name="plus" />
      </button>
    </div>
  )
}
