// A form by which something is done: sends once, says why it was refused, stays filled in. Who asks twice while it runs asks once.

import { type ReactNode, type SyntheticEvent, useState } from 'react'
import type { ConsoleDoor } from '../../contract/console/console-door.ts'
import type { Outcome, Refusal } from '../app/ask-door.ts'
import { useSession } from '../app/session.tsx'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { RefusalSaid } from './said.tsx'

export interface Acting<Answer> {
  isActing: boolean
  error: Refusal | null
  act: (work: () => Promise<Outcome<Answer>>, done: (answer: Answer) => void, refused?: (error: Refusal) => void) => void
}

export function useActing<Answer>(): Acting<Answer> {
  const [isActing, setActing] = useState(false)
  const [error, setError] = useState<Refusal | null>(null)
  return {
    isActing,
    error,
    act: (work, done, refused) => {
      if (!isActing) void run(work, done, refused)
    },
  }

  async function run(work: () => Promise<Outcome<Answer>>, done: (answer: Answer) => void, refused: ((error: Refusal) => void) | undefined): Promise<void> {
    setActing(true)
    setError(null)
    const outcome = await work()
    setActing(false)
    if (outcome.ok) return done(outcome.answer)
    setError(outcome.error)
    refused?.(outcome.error)
  }
}

export function ActForm<Asked, Answer>(props: {
  door: ConsoleDoor<string, Asked, Answer>
  /** What the fields say; null: something is missing yet. */
  asked: () => NoInfer<Asked> | null
  submit: string
  tone?: 'accent' | 'plain'
  onDone: (answer: Answer) => void
  onCancel?: () => void
  /** Where the act itself is a cancelling. */
  cancelLabel?: string
  /** It says so by itself; this is for a form that then shows something more. */
  onRefused?: (error: Refusal) => void
  children?: ReactNode
}): ReactNode {
  const { ask } = useSession()
  const frame = useWords(frameWords)
  const { isActing, error, act } = useActing<Answer>()
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    const asked = props.asked()
    if (asked !== null) act(() => ask(props.door, asked), props.onDone, props.onRefused)
  }
  return (
    <form className="act-form" onSubmit={send} noValidate={false}>
      {props.children}
      {error !== null && <RefusalSaid error={error} />}
      <div className="form-acts">
        {props.onCancel !== undefined && (
          <button type="button" className="button" onClick={props.onCancel}>
            {props.cancelLabel ?? frame.cancel}
          </button>
        )}
        <button type="submit" className="button" data-kind={props.tone === 'plain' ? undefined : 'primary'} aria-disabled={isActing}>
          {props.submit}
        </button>
      </div>
    </form>
  )
}
