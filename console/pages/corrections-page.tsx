// Corrections of points: what waits for a second person, and what became of each.

import { type ReactNode, useState } from 'react'
import { CORRECTION_REASONS, CORRECTION_STATES, type CorrectionReason, type CorrectionRow, correctionsDoor, decideCorrectionDoor, NOTE_SIGNS_MAX, proposeCorrectionDoor } from '../../contract/console/corrections.ts'
import { hrefOf } from '../app/route.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Choose, Field } from '../parts/field.tsx'
import { Chip, PageHead, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useWords } from '../text/language.tsx'
import { correctionWords } from '../text/rule-words.ts'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { type OfficePage, STAFF } from './office-page.ts'

const TONES: Record<CorrectionRow['state'], Tone> = { waiting: 'warm', booked: 'good', refused: 'plain' }

interface Deciding {
  correction: CorrectionRow
  isApproved: boolean
}

function columnsOf(said: TextOf<typeof correctionWords>, { frame, time }: Tell, decide: ((deciding: Deciding) => void) | null): Column<CorrectionRow>[] {
  return [
    { id: 'proposed', heading: said.proposed, kind: 'time', sort: 'proposed', out: 'proposedAtMs', show: ({ proposedAtMs }) => time(proposedAtMs) },
    { id: 'by', heading: said.by, out: 'proposedBy', show: ({ proposedBy }) => proposedBy },
    { id: 'rider', heading: said.rider, out: 'maskedName', show: ({ rider, maskedName }) => <a href={hrefOf('riders', rider)}>{maskedName}</a> },
    { id: 'points', heading: said.points, kind: 'number', out: 'points', show: ({ points }) => <span data-sign={points < 0 ? 'minus' : 'plus'}>{points > 0 ? `+${points}` : `−${-points}`}</span> },
    { id: 'reason', heading: said.reason, out: { key: 'reason', words: said.reasons }, show: ({ reason }) => said.reasons[reason] },
    { id: 'note', heading: said.note, out: 'note', show: ({ note }) => note },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state }) => <Chip tone={TONES[state]}>{said.states[state]}</Chip> },
    { id: 'decided', heading: said.decided, out: 'decidedAtMs', show: ({ decidedAtMs, decidedBy }) => (decidedBy === null ? frame.nothing : `${time(decidedAtMs)} ${decidedBy}`) },
    ...(decide === null
      ? []
      : [
          {
            id: 'acts', heading: said.acts,
            show: (correction: CorrectionRow) =>
              correction.state !== 'waiting' ? null : (
                <span className="row-acts">
                  {correction.isMine ? (
                    <span className="hint">{said.mine}</span>
                  ) : (
                    <button type="button" className="button" onClick={() => decide({ correction, isApproved: true })}>
                      {said.approve}
                    </button>
                  )}
                  <button type="button" className="button" onClick={() => decide({ correction, isApproved: false })}>
                    {said.refuse}
                  </button>
                </span>
              ),
          },
        ]),
  ]
}

function CorrectionsPage(): ReactNode {
  const said = useWords(correctionWords)
  const tell = useTell()
  const { role } = useWho()
  const table = useTable(correctionsDoor, { descending: true })
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      <TableOf
        door={correctionsDoor} table={table} label={said.title} rowKey={({ id }) => id} columns={columnsOf(said, tell, role === 'district_staff' ? setDeciding : null)}
        filters={[{ id: 'state', label: said.state, choices: CORRECTION_STATES.map((value) => ({ value, label: said.states[value] })) }]}
      />
      {deciding !== null && (
        <Dialog title={deciding.isApproved ? said.approveSure(deciding.correction.points) : said.refuseSure} onClose={() => setDeciding(null)}>
          <p>
            {deciding.correction.maskedName} · {said.reasons[deciding.correction.reason]} {deciding.correction.note}
          </p>
          <ActForm
            door={decideCorrectionDoor} submit={deciding.isApproved ? said.approve : said.refuse} onCancel={() => setDeciding(null)}
            asked={() => ({ correction: deciding.correction.id, isApproved: deciding.isApproved })}
            onDone={() => {
              setDeciding(null)
              table.again()
            }}
          />
        </Dialog>
      )}
    </>
  )
}

/** On a rider's page. */
export function ProposeCorrection({ rider, onDone, onClose }: { rider: string; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(correctionWords)
  const { frame } = useTell()
  const [id] = useState(() => crypto.randomUUID())
  const [points, setPoints] = useState('')
  const [reason, setReason] = useState<CorrectionReason>('forgotten')
  const [note, setNote] = useState('')
  const [state, setState] = useState<CorrectionRow['state'] | null>(null)
  if (state !== null) {
    return (
      <Dialog title={said.propose} onClose={onDone}>
        <p role="status">{state === 'booked' ? said.booked : said.waits}</p>
        <div className="form-acts">
          <button type="button" className="button" data-kind="primary" onClick={onDone}>
            {frame.close}
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={said.propose} onClose={onClose}>
      <ActForm door={proposeCorrectionDoor} asked={() => ({ id, rider, points: Number(points), reason, note })} submit={said.submit} onDone={(answer) => setState(answer.state)} onCancel={onClose}>
        <Field label={said.amount} hint={said.amountHint} type="number" step={1} required value={points} onChange={(event) => setPoints(event.target.value)} />
        <Choose label={said.reason} value={reason} choices={CORRECTION_REASONS.map((value) => ({ value, label: said.reasons[value] }))} onChange={(event) => setReason(CORRECTION_REASONS.find((one) => one === event.target.value) ?? reason)} />
        <Field label={said.note} hint={said.noteHint} maxLength={NOTE_SIGNS_MAX} value={note} onChange={(event) => setNote(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}

export const correctionsPage: OfficePage = { path: 'corrections', title: correctionWords, group: 'goods', door: 'corrections', roles: STAFF, Show: CorrectionsPage }
