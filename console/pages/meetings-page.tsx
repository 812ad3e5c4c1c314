// Talks at which needs are gathered: entered by staff, answered, and the answer published to everybody who uses the office.

import { type ReactNode, useState } from 'react'
import { addMeetingDoor, answerMeetingDoor, MEETING_KINDS, type MeetingRow, meetingsDoor, MEETING_TITLE_MAX, MEETING_WORDS_MAX } from '../../contract/console/meetings.ts'
import { stationsDoor } from '../../contract/console/stations.ts'
import { dayOf } from '../../domain/calendar.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Choose, Field } from '../parts/field.tsx'
import { PageHead } from '../parts/said.tsx'
import { TextBox } from '../parts/text-box.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { showDay } from '../text/times.ts'
import { wishWords } from '../text/wish-words.ts'
import { EVERYBODY, HEADS, type OfficePage } from './office-page.ts'

const DAY_MS = 86_400_000

function columnsOf(said: TextOf<typeof wishWords>, { of, time, frame }: Tell, answer: ((meeting: MeetingRow) => void) | null): Column<MeetingRow>[] {
  return [
    { id: 'held', heading: said.heldOn, kind: 'time', sort: 'held', out: 'heldDay', show: ({ heldDay }) => showDay(heldDay) },
    { id: 'kind', heading: said.kind, out: { key: 'kind', words: said.meetingKinds }, show: ({ kind }) => said.meetingKinds[kind] },
    { id: 'title', heading: said.meetingTitle, out: 'title', show: ({ title }) => <span dir="auto">{title}</span> },
    { id: 'station', heading: said.station, out: 'station', show: ({ station }) => (station === null ? frame.nothing : of(station)) },
    { id: 'notes', heading: said.notes, out: 'notes', show: ({ notes }) => <span className="long-words" dir="auto">{notes}</span> },
    { id: 'wishes', heading: said.wishes, kind: 'number', out: 'wishes', show: ({ wishes }) => wishes },
    { id: 'answer', heading: said.answer, out: 'answer', show: ({ answer: words, answeredAtMs }) => (words === null ? <span className="hint">{said.notAnswered}</span> : <span className="long-words" dir="auto" title={time(answeredAtMs)}>{words}</span>) },
    ...(answer === null ? [] : [{
      id: 'acts', heading: said.answer,
      show: (meeting: MeetingRow) => (
        <button type="button" className="button" onClick={() => answer(meeting)}>
          {said.publish}
        </button>
      ),
    }]),
  ]
}

function MeetingsPage(): ReactNode {
  const said = useWords(wishWords)
  const tell = useTell()
  const { role } = useWho()
  const table = useTable(meetingsDoor, { descending: true })
  const [asking, setAsking] = useState<MeetingRow | 'add' | null>(null)
  const mayAct = HEADS.includes(role)
  const done = (): void => {
    setAsking(null)
    table.again()
  }
  return (
    <>
      <PageHead title={said.meetings}>
        {mayAct && (
          <button type="button" className="button" data-kind="primary" onClick={() => setAsking('add')}>
            {said.addMeeting}
          </button>
        )}
      </PageHead>
      <TableOf
        door={meetingsDoor} table={table} label={said.meetings} searchLabel={said.searchMeeting} rowKey={({ id }) => id} columns={columnsOf(said, tell, mayAct ? setAsking : null)}
        filters={[{ id: 'kind', label: said.kind, choices: MEETING_KINDS.map((value) => ({ value, label: said.meetingKinds[value] })) }]}
      />
      {asking === 'add' && <AddMeeting onDone={done} onClose={() => setAsking(null)} />}
      {asking !== null && asking !== 'add' && <AnswerMeeting meeting={asking} onDone={done} onClose={() => setAsking(null)} />}
    </>
  )
}

function AddMeeting({ onDone, onClose }: { onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const { of } = useTell()
  const { nowMs, utcOffsetMinutes } = useWho()
  const stations = useTable(stationsDoor).answer?.rows ?? []
  const [id] = useState(() => crypto.randomUUID())
  const [kind, setKind] = useState<(typeof MEETING_KINDS)[number]>('talk')
  const [title, setTitle] = useState('')
  const [day, setDay] = useState(() => showDay(dayOf(nowMs, utcOffsetMinutes)))
  const [station, setStation] = useState('')
  const [notes, setNotes] = useState('')
  const asked = () => ({ id, kind, title, heldDay: Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS), station: station === '' ? null : station, notes })
  return (
    <Dialog title={said.addMeeting} onClose={onClose}>
      <ActForm door={addMeetingDoor} asked={asked} submit={said.save} onDone={onDone} onCancel={onClose}>
        <Choose label={said.kind} value={kind} choices={MEETING_KINDS.map((value) => ({ value, label: said.meetingKinds[value] }))} onChange={(event) => setKind(MEETING_KINDS.find((one) => one === event.target.value) ?? kind)} />
        <Field label={said.meetingTitle} value={title} required maxLength={MEETING_TITLE_MAX} onChange={(event) => setTitle(event.target.value)} />
        <Field label={said.heldOn} type="date" value={day} required onChange={(event) => setDay(event.target.value)} />
        <Choose label={said.atStation} value={station} choices={[{ value: '', label: said.nowhere }, ...stations.map((one) => ({ value: one.id, label: of(one.name) }))]} onChange={(event) => setStation(event.target.value)} />
        <TextBox label={said.notes} value={notes} required maxLength={MEETING_WORDS_MAX} onChange={(event) => setNotes(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}

function AnswerMeeting({ meeting, onDone, onClose }: { meeting: MeetingRow; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const [answer, setAnswer] = useState(meeting.answer ?? '')
  return (
    <Dialog title={said.publish} onClose={onClose}>
      <p dir="auto">{meeting.title}</p>
      <ActForm door={answerMeetingDoor} asked={() => ({ meeting: meeting.id, answer })} submit={said.publish} onDone={onDone} onCancel={onClose}>
        <TextBox label={said.answer} value={answer} required maxLength={MEETING_WORDS_MAX} onChange={(event) => setAnswer(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}

const title = { zh: { title: wishWords.zh.meetings }, en: { title: wishWords.en.meetings } }
export const meetingsPage: OfficePage = { path: 'meetings', title, group: 'people', door: 'meetings', roles: EVERYBODY, Show: MeetingsPage }
