// A labelled field for more than a line, in whichever direction it is written.

import { type ReactNode, type TextareaHTMLAttributes, useId } from 'react'
import { TooLong, useTooLong } from './typed-length.tsx'

export function TextBox({ label, hint, ...box }: { label: string; hint?: string | undefined } & TextareaHTMLAttributes<HTMLTextAreaElement>): ReactNode {
  const id = useId()
  const { maxLength: _cut, ...shown } = box
  const tooLong = useTooLong(box)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} dir="auto" rows={4} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...shown} ref={(field) => field?.setCustomValidity(tooLong ?? '')} />
      <TooLong said={tooLong} />
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
