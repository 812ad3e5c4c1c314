// Who was there and had no card with him: one of the list at a touch, or somebody who is looked for first.

import { type ReactNode, type SyntheticEvent, useState } from 'react'
import type { AnswerOf } from '../../contract/console/console-door.ts'
import { type RiderRow, ridersDoor } from '../../contract/console/riders.ts'
import { recordAttendanceDoor } from '../../contract/console/trainings.ts'
import { useSession } from '../app/session.tsx'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { useActing } from './act-form.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { RefusalSaid } from './said.tsx'

type Recorded = AnswerOf<typeof recordAttendanceDoor>
export interface Attended {
  training: string
  onDone: (said: string) => void
}

export function RecordButton({ training, rider, maskedName, onDone }: Attended & { rider: string; maskedName: string }): ReactNode {
  const said = useWords(trainingWords)
  const { ask } = useSession()
  const { act, error, isActing } = useActing<Recorded>()
  return (
    <>
      <button
        type="button" className="button" aria-disabled={isActing} aria-label={`${said.record}: ${maskedName}`}
        onClick={() => act(() => ask(recordAttendanceDoor, { training, rider }), ({ points, certificate }) => onDone(said.recorded(maskedName, points, certificate)))}
      >
        {said.record}
      </button>
      {error !== null && <RefusalSaid error={error} />}
    </>
  )
}

const FOUND_MAX = 8

export function RecordOther({ training, isOver, onDone, onClose }: Attended & { isOver: boolean; onClose: () => void }): ReactNode {
  const said = useWords(trainingWords)
  const frame = useWords(frameWords)
  const { ask } = useSession()
  const { act, error, isActing } = useActing<{ rows: RiderRow[] }>()
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<readonly RiderRow[] | null>(null)
  const find = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (typed.trim() === '') return
    act(() => ask(ridersDoor, { search: typed, sort: 'joined', descending: true, filters: {}, after: null, limit: FOUND_MAX }), ({ rows }) => setFound(rows))
  }
  return (
    <Dialog title={said.recordOther} onClose={onClose}>
      <p>{said.recordLead}</p>
      {isOver && <p>{said.recordAfter}</p>}
      <form className="act-form" role="search" onSubmit={find}>
        <Field label={said.findRider} value={typed} maxLength={80} required autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        {error !== null && <RefusalSaid error={error} />}
        <div className="form-acts">
          <button type="button" className="button" onClick={onClose}>
            {frame.close}
          </button>
          <button type="submit" className="button" data-kind="primary" aria-disabled={isActing}>
            {said.find}
          </button>
        </div>
      </form>
      {found !== null && found.length === 0 && <p className="empty" role="status">{said.noRider}</p>}
      {found !== null && found.length > 0 && (
        <ul className="settings" aria-label={said.rider}>
          {found.map(({ id, maskedName, phoneTail, site }) => (
            <li key={id}>
              <span>
                <strong>{maskedName}</strong>
                <span className="hint">
                  …{phoneTail} · {site}
                </span>
              </span>
              <RecordButton training={training} rider={id} maskedName={maskedName} onDone={onDone} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
