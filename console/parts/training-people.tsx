// Everybody on a training's list, in the order in which central keeps them, each list with what matters of it.

import { type ReactNode, useEffect, useState } from 'react'
import type { TrainingPerson } from '../../contract/console/trainings.ts'
import type { SignupStanding } from '../../domain/training/training-book.ts'
import { hrefOf } from '../app/route.ts'
import { useSession } from '../app/session.tsx'
import { useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { type Attended, RecordButton } from './record-attendance.tsx'
import { Chip, type Tone } from './said.tsx'

type Said = TextOf<typeof trainingWords>
interface PersonColumn {
  heading: string
  show: (person: TrainingPerson) => ReactNode
}

const TONES: Record<SignupStanding, Tone> = { attended: 'good', seated: 'good', offered: 'warm', waiting: 'warm', declined: 'plain', cancelled: 'plain', refused: 'plain' }
const LISTS = [
  { list: 'attended', of: ['attended'] }, { list: 'seated', of: ['seated'] }, { list: 'offered', of: ['offered'] }, { list: 'waiting', of: ['waiting'] }, { list: 'gone', of: ['declined', 'cancelled', 'refused'] },
] as const satisfies readonly { list: string; of: readonly SignupStanding[] }[]
type List = (typeof LISTS)[number]['list']

/** `record`: it may be entered that somebody of the list was there. */
export function TrainingPeople({ people, isOver, record }: { people: readonly TrainingPerson[]; isOver: boolean; record: Attended | null }): ReactNode {
  const said = useWords(trainingWords)
  const tell = useTell()
  const nowMs = useNow()
  if (people.length === 0) return <p className="empty">{said.nobody}</p>
  return LISTS.map(({ list, of }) => {
    const listed = people.filter(({ standing }) => (of as readonly SignupStanding[]).includes(standing))
    if (listed.length === 0) return null
    const columns = columnsOf(list, said, tell, nowMs, record)
    return (
      <section key={list} aria-labelledby={`list-${list}`}>
        <h2 id={`list-${list}`}>
          {said.lists[isOver && list === 'seated' ? 'missed' : list]} <span className="count">{listed.length}</span>
        </h2>
        <div className="table-scroll people" tabIndex={0} role="region" aria-labelledby={`list-${list}`}>
          <table>
            <thead>
              <tr>
                {columns.map(({ heading }) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {listed.map((person) => (
                <tr key={person.rider}>
                  {columns.map(({ heading, show }) => (
                    <td key={heading} data-heading={heading}>
                      {show(person)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    )
  })
}

function columnsOf(list: List, said: Said, tell: Tell, nowMs: number, record: Attended | null): PersonColumn[] {
  const { frame, time } = tell
  const name: PersonColumn = { heading: said.rider, show: ({ rider, maskedName }) => <a href={hrefOf('riders', rider)}>{maskedName}</a> }
  const seat: PersonColumn = { heading: said.seat, show: ({ seat: number }) => number ?? frame.nothing }
  const asked: PersonColumn = { heading: said.asked, show: ({ askedAtMs }) => time(askedAtMs) }
  const note: PersonColumn = {
    heading: said.note,
    show: (person) => {
      const notes = [...(person.note === null ? [] : [said.notes[person.note]]), ...(person.refusal === null ? [] : [said.refusals[person.refusal]]), ...(person.hasSeen ? [] : [said.unseen])]
      return notes.length === 0 ? frame.nothing : notes.join(' · ')
    },
  }
  const acts: PersonColumn[] = record === null ? [] : [{ heading: said.acts, show: ({ rider, maskedName }) => <RecordButton {...record} rider={rider} maskedName={maskedName} /> }]
  switch (list) {
    case 'attended':
      return [
        name,
        { heading: said.came, show: ({ attended }) => (attended === null ? frame.nothing : <Came attended={attended} said={said} shown={time(attended.atMs)} />) },
        { heading: said.given, show: ({ attended }) => (attended === null ? frame.nothing : givenBy(attended, said, tell)) },
        { heading: said.by, show: ({ attended }) => (attended === null ? frame.nothing : recordedBy(attended, tell)) },
      ]
    case 'seated':
      return [name, seat, asked, note, ...acts]
    case 'offered':
      return [name, seat, { heading: said.until, show: ({ offerEndsAtMs }) => time(offerEndsAtMs) }, { heading: said.left, show: ({ offerEndsAtMs }) => leftOf(offerEndsAtMs, nowMs, said) }, note, ...acts]
    case 'waiting':
      return [name, { heading: said.turn, show: ({ turn }) => turn ?? frame.nothing }, asked, note, ...acts]
    case 'gone':
      return [name, { heading: said.state, show: ({ standing }) => <Chip tone={TONES[standing]}>{said.standings[standing]}</Chip> }, asked, note, ...acts]
  }
}

function recordedBy({ station, account }: NonNullable<TrainingPerson['attended']>, { frame, of }: Tell): string {
  const names = [...(station === null ? [] : [of(station)]), ...(account === null ? [] : [account])]
  return names.length === 0 ? frame.nothing : names.join(' · ')
}

function givenBy({ points, certificate }: NonNullable<TrainingPerson['attended']>, said: Said, { frame }: Tell): string {
  const given = [...(points === 0 ? [] : [frame.points(points)]), ...(certificate === null ? [] : [`${said.certificate} ${certificate.number}`])]
  return given.length === 0 ? frame.nothing : given.join(' · ')
}

function Came({ attended, said, shown }: { attended: NonNullable<TrainingPerson['attended']>; said: Said; shown: string }): ReactNode {
  return (
    <>
      {shown} {attended.late && <Chip tone="warm">{said.late1}</Chip>} {attended.walkIn && <Chip tone="plain">{said.walkIn}</Chip>}
    </>
  )
}

const MINUTE_MS = 60_000

function leftOf(untilMs: number | null, nowMs: number, said: Said): string {
  const minutes = Math.max(0, Math.floor(((untilMs ?? nowMs) - nowMs) / MINUTE_MS))
  return said.minutes(minutes > 120 ? Math.floor(minutes / 60) * 60 : minutes)
}

/** Central's clock, by the minute: a time left that stands still would be untrue. */
export function useNow(): number {
  const { skewMs } = useSession()
  const [nowMs, setNowMs] = useState(() => Date.now() + skewMs)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now() + skewMs), MINUTE_MS)
    return () => clearInterval(timer)
  }, [skewMs])
  return nowMs
}
