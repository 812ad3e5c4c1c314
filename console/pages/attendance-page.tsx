// Attendance at the door of a training, made for a phone in one hand: the camera reads passes, a hand scanner types them, and who
// has none along is found on the list. Codes that are no pass are not sent anywhere.

import { type ReactNode, useState } from 'react'
import { scanAttendanceDoor } from '../../contract/console/attendance.ts'
import type { AnswerOf } from '../../contract/console/console-door.ts'
import { recordAttendanceDoor, trainingDoor, type TrainingPerson, type TrainingRow, trainingsDoor } from '../../contract/console/trainings.ts'
import { decodePass } from '../../contract/pass/pass-code.ts'
import { DOOR_OPENS_MS } from '../../domain/training/attendance.ts'
import type { Refusal } from '../app/ask-door.ts'
import { hrefOf } from '../app/route.ts'
import { useDoor, useSession, useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { AttendanceList } from '../parts/attendance-list.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { PassCamera } from '../parts/pass-camera.tsx'
import { RecordOther } from '../parts/record-attendance.tsx'
import { Chip, Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { useTable } from '../parts/use-table.ts'
import { attendanceWords } from '../text/attendance-words.ts'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { trainingWords } from '../text/training-words.ts'
import { HELPERS, type OfficePage } from './office-page.ts'

/** What is shown to choose from starts within this time. */
const AHEAD_MS = 18 * 3_600_000
/** A camera sees one card many times. */
const SAME_CODE_MS = 4_000

export function AttendancePage({ rest }: { rest: readonly string[] }): ReactNode {
  const [training] = rest
  return training === undefined ? <ChooseTraining /> : <AtTheDoor training={training} />
}

function ChooseTraining(): ReactNode {
  const said = useWords(attendanceWords)
  const { of, time } = useTell()
  const { skewMs } = useSession()
  const { station } = useWho()
  const tables = [useTable(trainingsDoor, { filters: { state: 'under_way' } }), useTable(trainingsDoor, { filters: { state: 'to_come' } })]
  const [openedMs] = useState(() => Date.now())
  const nowMs = openedMs + skewMs
  const rows = tables.flatMap(({ answer }) => answer?.rows ?? []).filter(({ startsAtMs, host }) => startsAtMs < nowMs + AHEAD_MS && (station === null || station.id === host))
  const error = tables.find((table) => table.error !== null)?.error ?? null
  const isRead = tables.every(({ answer }) => answer !== null)
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      {error !== null && <RefusalSaid error={error} again={() => tables.forEach((table) => table.again())} />}
      {!isRead && error === null && <Loading />}
      {isRead && rows.length === 0 && <p className="empty">{said.none}</p>}
      <ul className="cards">
        {rows.map((row) => (
          <li key={row.id} className="card">
            <p className="card-head">
              {of(row.title)} <WhenOpen row={row} nowMs={nowMs} />
            </p>
            <p className="hint">
              {time(row.startsAtMs)} · {of(row.place)}
            </p>
            <p className="hint">{said.came(row.attended, row.seated)}</p>
            <a className="button" data-kind="primary" href={hrefOf('attendance', row.id)}>
              {said.start}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function WhenOpen({ row, nowMs }: { row: TrainingRow; nowMs: number }): ReactNode {
  const said = useWords(attendanceWords)
  const { time } = useTell()
  if (row.state === 'under_way') return <Chip tone="good">{said.underWay}</Chip>
  return nowMs >= row.startsAtMs - DOOR_OPENS_MS ? <Chip tone="good">{said.isOpen}</Chip> : <Chip tone="plain">{said.opensAt(time(row.startsAtMs - DOOR_OPENS_MS))}</Chip>
}

type Entered = AnswerOf<typeof recordAttendanceDoor>
type News = { kind: 'in' | 'already'; name: string; entered: Entered } | { kind: 'refused'; error: Refusal } | { kind: 'told'; words: string }

function AtTheDoor({ training }: { training: string }): ReactNode {
  const said = useWords(attendanceWords)
  const others = useWords(trainingWords)
  const { of, time } = useTell()
  const { ask } = useSession()
  const { answer, error, again } = useDoor(trainingDoor, { training })
  const [news, setNews] = useState<News | null>(null)
  const [typed, setTyped] = useState('')
  const [sure, setSure] = useState<TrainingPerson | null>(null)
  const [isOther, setOther] = useState(false)
  const [scans] = useState(() => ({ text: '', atMs: -Infinity, isAsking: false, seen: new Set<string>() }))

  async function scan(text: string): Promise<void> {
    const atMs = performance.now()
    if (scans.isAsking || (text === scans.text && atMs - scans.atMs < SAME_CODE_MS)) {
      if (text === scans.text) scans.atMs = atMs
      return
    }
    Object.assign(scans, { text, atMs })
    const pass = text.trim()
    // Somebody's payment code, say, is nobody's business.
    if (!decodePass(pass).ok) return setNews({ kind: 'refused', error: 'pass_unreadable' })
    scans.isAsking = true
    const outcome = await ask(scanAttendanceDoor, { training, pass })
    scans.isAsking = false
    scans.atMs = performance.now()
    if (!outcome.ok) {
      // Not reached: the same card may be held there again at once.
      if (outcome.error === 'offline' || outcome.error === 'busy') scans.text = ''
      return setNews({ kind: 'refused', error: outcome.error })
    }
    const { rider, maskedName, ...entered } = outcome.answer
    wasEntered(rider, maskedName, entered)
  }

  function wasEntered(rider: string, name: string, entered: Entered): void {
    const wasThere = scans.seen.has(rider) || answer?.people?.some((one) => one.rider === rider && one.attended !== null) === true
    scans.seen.add(rider)
    setNews({ kind: wasThere ? 'already' : 'in', name, entered })
    // Felt in the hand, where the phone can.
    if (!wasThere && 'vibrate' in navigator) navigator.vibrate(80)
    again()
  }

  return (
    <>
      <PageHead title={answer === null ? said.title : of(answer.training.title)}>
        <a className="button" href={hrefOf('attendance')}>
          {said.back}
        </a>
      </PageHead>
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer === null && error === null && <Loading />}
      {answer !== null && (
        <div className="at-the-door">
          <p className="hint">
            {time(answer.training.startsAtMs)} · {of(answer.training.place)} · <strong>{said.came(answer.training.attended, answer.training.seated)}</strong>
          </p>
          <div role="status">{news !== null && <NewsSaid news={news} />}</div>
          {answer.people === null ? (
            <p className="empty">{said.notHere}</p>
          ) : (
            <>
              <PassCamera onCode={(text) => void scan(text)} />
              <form
                className="code-form"
                onSubmit={(event) => {
                  event.preventDefault()
                  scans.text = ''
                  if (typed.trim() !== '') void scan(typed)
                  setTyped('')
                }}
              >
                <Field label={said.code} hint={said.codeHint} value={typed} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={200} onChange={(event) => setTyped(event.target.value)} />
                <button type="submit" className="button">
                  {said.enter}
                </button>
              </form>
              <AttendanceList people={answer.people} onChoose={setSure} />
              <button type="button" className="button" onClick={() => setOther(true)}>
                {others.recordOther}
              </button>
            </>
          )}
        </div>
      )}
      {isOther && (
        <RecordOther
          training={training} isOver={answer?.training.state === 'over'}
          onDone={(words) => {
            setOther(false)
            setNews({ kind: 'told', words })
            again()
          }}
          onClose={() => setOther(false)}
        />
      )}
      {sure !== null && (
        <Dialog title={said.sure(sure.maskedName)} onClose={() => setSure(null)}>
          <p>{said.sureLead}</p>
          <ActForm
            door={recordAttendanceDoor} asked={() => ({ training, rider: sure.rider })} submit={said.record}
            onDone={(entered) => {
              wasEntered(sure.rider, sure.maskedName, entered)
              setSure(null)
            }}
            onCancel={() => setSure(null)}
          />
        </Dialog>
      )}
    </>
  )
}

function NewsSaid({ news }: { news: News }): ReactNode {
  const said = useWords(attendanceWords)
  if (news.kind === 'refused') return <RefusalSaid error={news.error} />
  if (news.kind === 'told') return <div className="came" data-tone="good">{news.words}</div>
  const { late, walkIn, points, certificate } = news.entered
  const more = [...(late ? [said.late] : []), ...(walkIn ? [said.walkIn] : []), ...(points > 0 ? [said.points(points)] : []), ...(certificate ? [said.certificate] : [])]
  return (
    <div className="came" data-tone={news.kind === 'in' ? 'good' : 'warm'}>
      <strong>{news.kind === 'in' ? said.isIn(news.name) : said.alreadyIn(news.name)}</strong>
      {more.length > 0 && <span>{more.join(' · ')}</span>}
    </div>
  )
}

const title = { zh: { title: attendanceWords.zh.title }, en: { title: attendanceWords.en.title } }
export const attendancePage: OfficePage = { path: 'attendance', title, group: 'today', door: 'scan-attendance', roles: HELPERS, Show: AttendancePage }
