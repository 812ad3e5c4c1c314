// One training: when and where, its places, everybody on its list, who came, and what may be done with it.

import { type ReactNode, useState } from 'react'
import type { AnswerOf } from '../../contract/console/console-door.ts'
import { CANCEL_REASON_SIGNS_MAX, cancelTrainingDoor, TOPIC_WORDS, trainingDoor } from '../../contract/console/trainings.ts'
import { DOOR_OPENS_MS, ENTERED_AFTER_DAYS } from '../../domain/training/attendance.ts'
import { PLATFORMS } from '../../domain/registering.ts'
import { hrefOf } from '../app/route.ts'
import { useDoor, useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { ChangeTraining } from '../parts/change-training.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PrintAllCertificates } from '../parts/print-certificates.tsx'
import { RecordOther } from '../parts/record-attendance.tsx'
import { Chip, Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { TextBox } from '../parts/text-box.tsx'
import { TrainingPeople, useNow } from '../parts/training-people.tsx'
import { attendanceWords } from '../text/attendance-words.ts'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { trainingWords } from '../text/training-words.ts'
import { HEADS } from './office-page.ts'
import { TRAINING_TONES } from './training-tones.ts'

const DAY_MS = 86_400_000
type Answer = AnswerOf<typeof trainingDoor>

export function TrainingPage({ training: id }: { training: string }): ReactNode {
  const said = useWords(trainingWords)
  const door = useWords(attendanceWords)
  const { of } = useTell()
  const { role, station } = useWho()
  const nowMs = useNow()
  const { answer, error, again } = useDoor(trainingDoor, { training: id })
  const [asking, setAsking] = useState<'edit' | 'cancel' | 'record' | null>(null)
  const [done, setDone] = useState<string | null>(null)
  if (answer === null) return error === null ? <Loading /> : <RefusalSaid error={error} again={again} />
  const { training, people, revision } = answer
  const isHere = station === null || station.id === training.host
  const isHead = HEADS.includes(role) && isHere
  const mayChange = isHead && (training.state === 'to_come' || training.state === 'under_way')
  const isDoorOpen = training.state === 'under_way' || (training.state === 'to_come' && nowMs >= training.startsAtMs - DOOR_OPENS_MS)
  const isJustOver = training.state === 'over' && nowMs < training.endsAtMs + ENTERED_AFTER_DAYS * DAY_MS
  const mayRecord = isHere && people !== null && ((isDoorOpen && role !== 'read_only') || (isJustOver && isHead))
  const certificates = (people ?? []).flatMap(({ attended }) => (attended === null || attended.certificate === null ? [] : [attended.certificate.id]))
  const finish = (words: string | null = null): void => {
    setAsking(null)
    setDone(words)
    again()
  }
  return (
    <>
      <PageHead title={of(training.title)}>
        <Chip tone={TRAINING_TONES[training.state]}>{said.states[training.state]}</Chip>
        {mayChange && (
          <>
            <button type="button" className="button" data-kind="primary" onClick={() => setAsking('edit')}>
              {said.edit}
            </button>
            <button type="button" className="button" onClick={() => setAsking('cancel')}>
              {said.cancel}
            </button>
          </>
        )}
        {isHead && certificates.length > 0 && <PrintAllCertificates certificates={certificates} />}
      </PageHead>
      {error !== null && <RefusalSaid error={error} again={again} />}
      {done !== null && <p className="said" data-tone="good" role="status">{done}</p>}
      {answer.cancelReason !== null && <p className="said" data-tone="bad"><span><strong>{said.cancelled}</strong> <span dir="auto">{answer.cancelReason}</span></span></p>}
      {answer.places.surplus > 0 && training.state !== 'over' && <p className="said" data-tone="warm">{said.surplusNow(answer.places.surplus)}</p>}
      <Facts answer={answer} />
      <Places answer={answer} />
      {mayRecord && (
        <span className="row-acts">
          {isDoorOpen && (
            <a className="button" data-kind="primary" href={hrefOf('attendance', id)}>
              {door.start}
            </a>
          )}
          <button type="button" className="button" onClick={() => setAsking('record')}>
            {said.recordOther}
          </button>
        </span>
      )}
      {people === null ? (
        <p className="lead">{said.elsewhere}</p>
      ) : (
        <TrainingPeople people={people} isOver={training.state === 'over'} record={mayRecord ? { training: id, onDone: finish } : null} />
      )}
      {answer.isMore && <p className="hint">{said.more}</p>}

      {asking === 'edit' && <ChangeTraining training={id} shown={answer} onDone={() => finish()} onClose={() => setAsking(null)} />}
      {asking === 'cancel' && <CancelTraining training={id} revision={revision} again={again} onDone={() => finish()} onClose={() => setAsking(null)} />}
      {asking === 'record' && <RecordOther training={id} isOver={training.state === 'over'} onDone={finish} onClose={() => setAsking(null)} />}
    </>
  )
}

function Facts({ answer }: { answer: Answer }): ReactNode {
  const said = useWords(trainingWords)
  const { frame, of, time } = useTell()
  const { training, form, closesAtMs, others } = answer
  const { platforms, stations, groups } = form.audience
  const audience = [
    ...PLATFORMS.filter((platform) => platforms.includes(platform)).map((platform) => said.platforms[platform]), ...groups.map((group) => said.groups[group]),
    ...(stations.length === 0 ? [] : [`${said.fields.stations} ${stations.length}`]),
  ]
  const facts: readonly (readonly [string, string])[] = [
    [said.when1, `${time(training.startsAtMs)}–${time(training.endsAtMs).slice(-5)}`], [said.topic, of(TOPIC_WORDS[training.topic])], [said.station, of(training.station)], [said.place, of(training.place)],
    [said.closes, time(closesAtMs)], [said.audience, audience.length === 0 ? said.all : audience.join(', ')], [said.fields.points, frame.points(form.points)],
    [said.certificate, form.certificateMonths === null ? said.noCertificate : said.certificateMonths(form.certificateMonths)], [said.answerIn, said.minutes(form.answerMinutes)],
    [said.fields.late, said.minutes(form.lateMinutes)], [said.fields.walkIns, said.walkInsAre[form.walkIns ? 'yes' : 'no']],
  ]
  return (
    <dl className="facts training-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
      {others.length > 0 && (
        <div>
          <dt>{said.series}</dt>
          <dd>
            {others.map((other, index) => (
              <span key={other.id}>
                {index > 0 && ', '}
                <a href={hrefOf('trainings', other.id)}>{time(other.startsAtMs).slice(0, 10)}</a>
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  )
}

function Places({ answer: { training, places } }: { answer: Answer }): ReactNode {
  const said = useWords(trainingWords)
  const isPast = training.state === 'over' || training.state === 'cancelled'
  const tiles = [
    ...(training.attended > 0 || training.state === 'over' ? [['attended', String(training.attended)] as const] : []),
    ['taken', said.ofCapacity(places.taken, training.capacity)] as const,
    ...(isPast ? [] : [['free', String(places.free)] as const, ['lent', String(places.lent)] as const, ['offered', String(places.offered)] as const, ['waiting', String(training.waiting)] as const]),
  ]
  return (
    <ul className="tiles">
      {tiles.map(([what, count]) => (
        <li key={what} className="tile" data-tone={(what === 'waiting' || what === 'offered') && count !== '0' ? 'warm' : 'plain'}>
          <strong>{count}</strong>
          <span>{said.tiles[what]}</span>
        </li>
      ))}
    </ul>
  )
}

function CancelTraining({ training, revision, again, onDone, onClose }: { training: string; revision: number; again: () => void; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(trainingWords)
  const [reason, setReason] = useState('')
  return (
    <Dialog title={said.cancelSure} onClose={onClose}>
      <p>{said.cancelLead}</p>
      {/* Where somebody has changed it meanwhile, the page behind shows how it is now, and what was typed here stays. */}
      <ActForm
        door={cancelTrainingDoor} asked={() => (reason.trim() === '' ? null : { training, revision, reason })} submit={said.cancel} cancelLabel={said.keep} onDone={onDone} onCancel={onClose}
        onRefused={(error) => (error === 'changed_meanwhile' ? again() : undefined)}
      >
        <TextBox label={said.reason} value={reason} required maxLength={CANCEL_REASON_SIGNS_MAX} rows={3} onChange={(event) => setReason(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}
