// A labelled field for more than a line, in whichever direction it is written.

import { type ReactNode, type TextareaHTMLAttributes, useId } from 'react'

export function TextBox({ label, hint, ...box }: { label: string; hint?: string | undefined } & TextareaHTMLAttributes<HTMLTextAreaElement>): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} dir="auto" rows={4} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...box} />
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
