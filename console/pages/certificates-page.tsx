// Certificates: who holds which and until when, and a sheet of those that are picked.

import { type ReactNode, useState } from 'react'
import { CERTIFICATE_STATES, CERTIFICATES_MAX, type CertificateRow, certificatesDoor } from '../../contract/console/certificates.ts'
import { TRAINING_TOPICS } from '../../contract/kiosk/training-view.ts'
import { TOPIC_WORDS } from '../../contract/console/trainings.ts'
import { hrefOf } from '../app/route.ts'
import { useWho } from '../app/session.tsx'
import { PrintCertificates } from '../parts/print-certificates.tsx'
import { Chip, PageHead } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useLanguage, useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { showDay } from '../text/times.ts'
import { certificateWords } from '../text/training-words.ts'
import { HEADS, type OfficePage, STAFF } from './office-page.ts'
import { CERTIFICATE_TONES } from './training-tones.ts'

interface Picking {
  picked: ReadonlySet<string>
  onPick: (id: string, isPicked: boolean) => void
}

function columnsOf(said: TextOf<typeof certificateWords>, { of }: Tell, topics: Readonly<Record<string, string>>, picking: Picking | null, isOfOne: boolean): Column<CertificateRow>[] {
  const pick: Column<CertificateRow>[] = picking === null ? [] : [{
    id: 'pick', heading: said.choose,
    show: ({ id, number }) => (
      <input
        type="checkbox" className="pick" aria-label={said.chooseOne(number)} checked={picking.picked.has(id)} disabled={!picking.picked.has(id) && picking.picked.size >= CERTIFICATES_MAX}
        onChange={(event) => picking.onPick(id, event.target.checked)}
      />
    ),
  }]
  return [
    ...pick,
    { id: 'number', heading: said.number, out: 'number', show: ({ number }) => <span className="unbroken">{number}</span> },
    ...(isOfOne ? [] : [{ id: 'rider', heading: said.rider, out: 'maskedName' as const, show: ({ rider, maskedName }: CertificateRow) => <a href={hrefOf('riders', rider)}>{maskedName}</a> }]),
    { id: 'topic', heading: said.topic, out: { key: 'topic', words: topics }, show: ({ topic }) => topics[topic] },
    { id: 'training', heading: said.training, out: 'title', show: ({ training, title }) => <a href={hrefOf('trainings', training)} dir="auto">{of(title)}</a> },
    { id: 'station', heading: said.station, out: 'station', show: ({ station }) => of(station) },
    { id: 'issued', heading: said.issued, kind: 'time', sort: 'issued', out: 'issuedDay', show: ({ issuedDay }) => showDay(issuedDay) },
    { id: 'expires', heading: said.expires, kind: 'time', sort: 'expires', out: 'expiresDay', show: ({ expiresDay }) => (expiresDay === null ? said.forGood : showDay(expiresDay)) },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state }) => <Chip tone={CERTIFICATE_TONES[state]}>{said.states[state]}</Chip> },
    ...(picking === null ? [] : [{ id: 'print', heading: said.print, show: ({ id, number }: CertificateRow) => <PrintCertificates certificates={[id]} label={said.print} name={said.printOne(number)} /> }]),
  ]
}

/** Of everybody, or of one rider. */
export function Certificates({ rider }: { rider?: string }): ReactNode {
  const said = useWords(certificateWords)
  const { language } = useLanguage()
  const tell = useTell()
  const mayPrint = HEADS.includes(useWho().role)
  const table = useTable(certificatesDoor, { descending: true, filters: rider === undefined ? {} : { rider } })
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const topics = Object.fromEntries(TRAINING_TOPICS.map((topic) => [topic, TOPIC_WORDS[topic][language]]))
  const onPick = (id: string, isPicked: boolean): void => setPicked((before) => new Set(isPicked ? [...before, id] : [...before].filter((one) => one !== id)))
  return (
    <>
      {picked.size > 0 && (
        <div className="row-acts picked" role="status">
          <PrintCertificates certificates={[...picked]} label={said.printChosen(picked.size)} />
          <button type="button" className="button" onClick={() => setPicked(new Set())}>
            {said.clear}
          </button>
          {picked.size >= CERTIFICATES_MAX && <span className="hint">{said.chosenMax(CERTIFICATES_MAX)}</span>}
        </div>
      )}
      <TableOf
        door={certificatesDoor} table={table} label={said.title} {...(rider === undefined ? { searchLabel: said.search } : {})} rowKey={({ id }) => id}
        columns={columnsOf(said, tell, topics, mayPrint ? { picked, onPick } : null, rider !== undefined)}
        filters={rider === undefined ? [
          { id: 'state', label: said.state, choices: CERTIFICATE_STATES.map((value) => ({ value, label: said.states[value] })) },
          { id: 'topic', label: said.topic, choices: TRAINING_TOPICS.map((value) => ({ value, label: topics[value] ?? value })) },
        ] : []}
      />
    </>
  )
}

function CertificatesPage(): ReactNode {
  const said = useWords(certificateWords)
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      <Certificates />
    </>
  )
}

export const certificatesPage: OfficePage = { path: 'certificates', title: certificateWords, group: 'people', door: 'certificates', roles: STAFF, Show: CertificatesPage }
