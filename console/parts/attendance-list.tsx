// Who is on the list of a training, for whoever stands at its door: still expected, waiting for a place, here.

import { type ReactNode, useState } from 'react'
import type { TrainingPerson } from '../../contract/console/trainings.ts'
import { attendanceWords } from '../text/attendance-words.ts'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { Field } from './field.tsx'
import { Chip } from './said.tsx'

/** With more people than this a name is searched. */
const SEARCHED_FROM = 12

export function AttendanceList({ people, onChoose }: { people: readonly TrainingPerson[]; onChoose: (person: TrainingPerson) => void }): ReactNode {
  const said = useWords(attendanceWords)
  const { time } = useTell()
  const [search, setSearch] = useState('')
  const found = people.filter(({ maskedName }) => maskedName.toLowerCase().includes(search.trim().toLowerCase()))
  const there = found.filter(({ attended }) => attended !== null).toSorted((one, other) => (other.attended?.atMs ?? 0) - (one.attended?.atMs ?? 0))
  const expected = found.filter(({ standing }) => standing === 'seated')
  const waiting = found.filter(({ standing }) => standing === 'waiting' || standing === 'offered')
  const toChoose = (person: TrainingPerson): ReactNode => (
    <li key={person.rider}>
      <span dir="auto">{person.maskedName}</span>
      {person.turn !== null && <Chip tone="plain">{said.turn(person.turn)}</Chip>}
      <button type="button" className="button" onClick={() => onChoose(person)}>
        {said.record}
      </button>
    </li>
  )
  return (
    <>
      {people.length > SEARCHED_FROM && <Field label={said.search} type="search" value={search} autoComplete="off" maxLength={40} onChange={(event) => setSearch(event.target.value)} />}
      <h2>
        {said.expected} {expected.length > 0 && <Chip tone="plain">{expected.length}</Chip>}
      </h2>
      {expected.length === 0 ? <p className="hint">{said.noneExpected}</p> : <ul className="names">{expected.map(toChoose)}</ul>}
      {waiting.length > 0 && (
        <>
          <h2>{said.waiting}</h2>
          <ul className="names">{waiting.map(toChoose)}</ul>
        </>
      )}
      <h2>
        {said.there} {there.length > 0 && <Chip tone="good">{there.length}</Chip>}
      </h2>
      {there.length === 0 ? (
        <p className="hint">{said.noneThere}</p>
      ) : (
        <ul className="names">
          {there.map(({ rider, maskedName, attended }) => (
            <li key={rider}>
              <span dir="auto">{maskedName}</span>
              {attended?.late === true && <Chip tone="warm">{said.late}</Chip>}
              {attended?.walkIn === true && <Chip tone="plain">{said.walkIn}</Chip>}
              <span className="hint">{time(attended?.atMs ?? null).slice(-5)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
