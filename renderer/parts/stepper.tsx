// A number with one less and one more on either side of it.

import { Icon } from './icons.tsx'

export interface StepperProps {
  number: number
  lessWord: string
  moreWord: string
  onLess: () => void
  onMore: () => void
  /** The number itself can be touched (to type it). */
  onNumber?: { word: string; press: () => void }
}

export function Stepper({ number, lessWord, moreWord, onLess, onMore, onNumber }: StepperProps) {
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
      <button type="button" className="touch step-button" aria-label={moreWord} onClick={onMore}>
        <Icon name="plus" />
      </button>
    </div>
  )
}
