// Trainings: all of them in a table, a new one, and one with everybody on its list.

import { type ReactNode, useState } from 'react'
import { TRAINING_TOPICS } from '../../contract/kiosk/training-view.ts'
import { TOPIC_WORDS, TRAINING_STATES, type TrainingRow, trainingsDoor } from '../../contract/console/trainings.ts'
import { goTo, hrefOf } from '../app/route.ts'
import { useWho } from '../app/session.tsx'
import { MakeTraining } from '../parts/make-training.tsx'
import { Chip, PageHead } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useStations } from '../parts/training-fields.tsx'
import { useTable } from '../parts/use-table.ts'
import { useLanguage, useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { trainingWords } from '../text/training-words.ts'
import { HEADS, type OfficePage, STAFF } from './office-page.ts'
import { TrainingPage } from './training-page.tsx'
import { TRAINING_TONES } from './training-tones.ts'

function TrainingsPage({ rest }: { rest: readonly string[] }): ReactNode {
  const [training] = rest
  return training === undefined ? <AllTrainings /> : <TrainingPage training={training} />
}

function columnsOf(said: TextOf<typeof trainingWords>, { of, time, frame }: Tell, topics: Readonly<Record<string, string>>): Column<TrainingRow>[] {
  return [
    { id: 'starts', heading: said.starts, kind: 'time', sort: 'starts', out: 'startsAtMs', show: ({ startsAtMs }) => time(startsAtMs) },
    { id: 'title', heading: said.name, out: 'title', show: ({ id, title }) => <a href={hrefOf('trainings', id)} dir="auto">{of(title)}</a> },
    { id: 'topic', heading: said.topic, out: { key: 'topic', words: topics }, show: ({ topic }) => topics[topic] },
    { id: 'station', heading: said.station, out: 'station', show: ({ station }) => of(station) },
    { id: 'seated', heading: said.seated, kind: 'number', out: 'seated', show: ({ seated, capacity }) => said.ofCapacity(seated, capacity) },
    { id: 'waiting', heading: said.waiting, kind: 'number', out: 'waiting', show: ({ waiting }) => (waiting === 0 ? frame.nothing : waiting) },
    { id: 'attended', heading: said.attended, kind: 'number', out: 'attended', show: ({ attended }) => (attended === 0 ? frame.nothing : attended) },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state }) => <Chip tone={TRAINING_TONES[state]}>{said.states[state]}</Chip> },
  ]
}

function AllTrainings(): ReactNode {
  const said = useWords(trainingWords)
  const { language } = useLanguage()
  const tell = useTell()
  const { role } = useWho()
  const table = useTable(trainingsDoor, { filters: { state: 'not_over' } })
  const stations = useStations()
  const [isMaking, setMaking] = useState(false)
  const topics = Object.fromEntries(TRAINING_TOPICS.map((topic) => [topic, TOPIC_WORDS[topic][language]]))
  return (
    <>
      <PageHead title={said.title}>
        {HEADS.includes(role) && (
          <button type="button" className="button" data-kind="primary" onClick={() => setMaking(true)}>
            {said.make}
          </button>
        )}
      </PageHead>
      <TableOf
        door={trainingsDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id} columns={columnsOf(said, tell, topics)}
        filters={[
          { id: 'state', label: said.state, choices: [{ value: 'not_over', label: said.notOver }, ...TRAINING_STATES.map((value) => ({ value, label: said.states[value] }))] },
          { id: 'topic', label: said.topic, choices: TRAINING_TOPICS.map((value) => ({ value, label: topics[value] ?? value })) },
          { id: 'station', label: said.station, choices: stations },
        ]}
      />
      {isMaking && <MakeTraining onDone={(first) => goTo('trainings', first)} onClose={() => setMaking(false)} />}
    </>
  )
}

export const trainingsPage: OfficePage = { path: 'trainings', title: trainingWords, group: 'people', door: 'trainings', roles: STAFF, Show: TrainingsPage }
