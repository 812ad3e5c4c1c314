// Ten digits, one to take back, one to end. Big keys for a gloved hand; in low reach it lies down so that it stays under the
// middle line. It keeps nothing of what is typed.

import { Icon } from './icons.tsx'

export interface KeypadProps {
  label: string
  eraseWord: string
  /** null: it ends by itself (a PIN of six digits). */
  doneWord: string | null
  onDigit: (digit: string) => void
  onErase: () => void
  onDone?: () => void
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export function Keypad({ label, eraseWord, doneWord, onDigit, onErase, onDone }: KeypadProps) {
  return (
    <div className="keypad" role="group" aria-label={label} data-done={doneWord === null ? undefined : ''}>
      {DIGITS.map((digit) => (
        <Key key={digit} digit={digit} onDigit={onDigit} />
      ))}
      <button type="button" className="touch key" data-key="erase" onClick={onErase}>
        <Icon name="erase" />
        <span>{eraseWord}</span>
      </button>
      <Key digit="0" onDigit={onDigit} />
      {doneWord === null ? null : (
        <button type="button" className="touch key" data-key="done" onClick={onDone}>
          <Icon name="check" />
          <span>{doneWord}</span>
        </button>
      )}
    </div>
  )
}

function Key({ digit, onDigit }: { digit: string; onDigit: (digit: string) => void }) {
  return (
    <button type="button" className="touch key" data-key={digit} onClick={() => onDigit(digit)}>
      {digit}
    </button>
  )
}
