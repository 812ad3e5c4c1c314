// A keyboard on the screen for the signs of a code or an address. Which page of it is shown is all it remembers.

import { useState } from 'react'
import { Icon } from './icons.tsx'
import type { KeyboardPlan } from './keyboard-plan.ts'
import { gridStyle } from './grid-style.ts'

export interface SignKeyboardProps {
  plan: KeyboardPlan
  signs: string
  label: string
  eraseWord: string
  doneWord: string
  moreWord: string
  doneDimmed: boolean
  onSign: (sign: string) => void
  onErase: () => void
  onDone: () => void
  onTurned: () => void
}

export function SignKeyboard({ plan, signs, label, eraseWord, doneWord, moreWord, doneDimmed, onSign, onErase, onDone, onTurned }: SignKeyboardProps) {
  const [page, setPage] = useState(0)
  const shown = [...signs].slice(page * plan.signsPerPage, (page + 1) * plan.signsPerPage)
  const blanks = plan.pages === 1 ? 0 : plan.signsPerPage - shown.length
  return (
    <div className="sign-keyboard" role="group" aria-label={label} style={gridStyle(plan)}>
      {shown.map((sign) => (
        <button key={sign} type="button" className="touch key" data-key={sign} onClick={() => onSign(sign)}>
          {sign}
        </button>
      ))}
      {Array.from({ length: blanks }, (_, index) => (
        <span key={index} className="key-blank" aria-hidden="true" />
      ))}
      {plan.pages === 1 ? null : (
        <button
          type="button"
          className="touch key"
          data-key="more"
          onClick={() => {
            setPage((page + 1) % plan.pages)
            onTurned()
          }}
        >
          {moreWord}
        </button>
      )}
      {plan.hasActs ? (
        <>
          <button type="button" className="touch key" data-key="erase" style={{ gridColumn: `span ${plan.eraseSpan}` }} onClick={onErase}>
            <Icon name="erase" />
            <span>{eraseWord}</span>
          </button>
          <button type="button" className="touch key" data-key="done" aria-disabled={doneDimmed ? true : undefined} style={{ gridColumn: `span ${plan.doneSpan}` }} onClick={onDone}>
            <span>{doneWord}</span>
          </button>
        </>
      ) : null}
    </div>
  )
}
