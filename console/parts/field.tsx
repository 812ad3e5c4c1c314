// A labelled field of a form, with what is wrong with it beneath.

import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react'
import { TooLong, useTooLong } from './typed-length.tsx'

export function Field({ label, hint, ...input }: { label: string; hint?: string | undefined } & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const id = useId()
  const { maxLength: _cut, ...shown } = input
  const tooLong = useTooLong(input)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...shown} ref={(field) => field?.setCustomValidity(tooLong ?? '')} />
      <TooLong said={tooLong} />
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

export interface Choice {
  value: string
  label: string
}

export function Choose({ label, choices, ...select }: { label: string; choices: readonly Choice[] } & SelectHTMLAttributes<HTMLSelectElement>): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select}>
        {choices.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Any of several, under one heading. */
export function ChooseSome({ label, choices, chosen, onChange }: { label: string; choices: readonly Choice[]; chosen: readonly string[]; onChange: (chosen: string[]) => void }): ReactNode {
  return (
    <fieldset className="choose-some">
      <legend>{label}</legend>
      {choices.map(({ value, label: words }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, value].toSorted() : chosen.filter((one) => one !== value))}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
