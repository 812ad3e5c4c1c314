// Odd facts, each with what is odd about it and what to do.

import { type ReactNode, useState } from 'react'
import { acceptFactDoor, acknowledgeFactDoor, exceptionsDoor, FACT_STATES, type FactRow } from '../../contract/console/exceptions.ts'
import { hrefOf } from '../app/route.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Chip, PageHead, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { exceptionWords, oddOf } from '../text/exception-words.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { HEADS, type OfficePage, STAFF } from './office-page.ts'

const TONES: Record<FactRow['state'], Tone> = { waiting: 'warm', acknowledged: 'plain', accepted: 'good' }
type Doing = { what: 'acknowledge' | 'accept'; fact: FactRow }

function columnsOf(said: TextOf<typeof exceptionWords>, { frame, of, time }: Tell, may: { acknowledge: boolean; accept: boolean }, begin: (doing: Doing) => void): Column<FactRow>[] {
  return [
    { id: 'received', heading: said.received, kind: 'time', sort: 'received', out: 'receivedAtMs', show: ({ receivedAtMs }) => time(receivedAtMs) },
    { id: 'when', heading: said.when, kind: 'time', out: 'wallAtMs', show: ({ wallAtMs }) => time(wallAtMs) },
    { id: 'station', heading: said.station, out: 'stationName', show: ({ station, stationName }) => <a href={hrefOf('stations', station)}>{of(stationName)}</a> },
    { id: 'odd', heading: said.odd, out: 'code', show: ({ code }) => oddOf(said.codes, code)?.what ?? <code>{code}</code> },
    { id: 'remedy', heading: said.remedy, show: ({ code }) => <span className="long-words">{oddOf(said.codes, code)?.remedy ?? said.unknown}</span> },
    { id: 'cost', heading: said.cost, kind: 'number', out: 'points', show: ({ points }) => (points === 0 ? frame.nothing : frame.points(points)) },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state }) => <Chip tone={TONES[state]}>{said.states[state]}</Chip> },
    {
      id: 'acts', heading: said.acts,
      show: (fact) => (
        <span className="row-acts">
          {may.acknowledge && fact.state === 'waiting' && (
            <button type="button" className="button" onClick={() => begin({ what: 'acknowledge', fact })}>
              {said.acknowledge}
            </button>
          )}
          {may.accept && fact.canAccept && (
            <button type="button" className="button" onClick={() => begin({ what: 'accept', fact })}>
              {said.accept}
            </button>
          )}
        </span>
      ),
    },
  ]
}

function ExceptionsPage(): ReactNode {
  const said = useWords(exceptionWords)
  const tell = useTell()
  const { role } = useWho()
  const table = useTable(exceptionsDoor, { descending: true })
  const [doing, setDoing] = useState<Doing | null>(null)
  const close = (): void => setDoing(null)
  const done = (): void => {
    close()
    table.again()
  }
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      <TableOf
        door={exceptionsDoor} table={table} label={said.title} rowKey={({ id }) => id} columns={columnsOf(said, tell, { acknowledge: HEADS.includes(role), accept: role === 'district_staff' }, setDoing)}
        filters={[
          { id: 'state', label: said.state, choices: FACT_STATES.map((value) => ({ value, label: said.states[value] })) },
          { id: 'outcome', label: said.outcome, choices: (['flagged', 'parked'] as const).map((value) => ({ value, label: said.outcomes[value] })) },
        ]}
      />
      {doing?.what === 'acknowledge' && (
        <Dialog title={said.acknowledgeSure} onClose={close}>
          <p>{said.acknowledgeLead}</p>
          <ActForm door={acknowledgeFactDoor} asked={() => ({ event: doing.fact.id })} submit={said.acknowledge} onDone={done} onCancel={close} />
        </Dialog>
      )}
      {doing?.what === 'accept' && (
        <Dialog title={said.acceptSure(doing.fact.points)} onClose={close}>
          <p>{said.acceptLead}</p>
          <ActForm door={acceptFactDoor} asked={() => ({ event: doing.fact.id })} submit={said.accept} onDone={done} onCancel={close} />
        </Dialog>
      )}
    </>
  )
}

export const exceptionsPage: OfficePage = { path: 'exceptions', title: exceptionWords, group: 'today', door: 'exceptions', roles: STAFF, Show: ExceptionsPage }
