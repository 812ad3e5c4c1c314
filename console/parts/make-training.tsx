// A new training, or one a week: the page makes the ids, so that the same request again makes nothing twice.

import { type ReactNode, useState } from 'react'
import { RULE_RANGES, rulesDoor } from '../../contract/console/rules.ts'
import { makeTrainingsDoor, TRAINING_RANGES, WEEKS_MAX } from '../../contract/console/trainings.ts'
import { dayOf } from '../../domain/calendar.ts'
import { DOOR_RULES } from '../../domain/training/attendance.ts'
import { useDoor, useWho } from '../app/session.tsx'
import { useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { showDay, useTimes } from '../text/times.ts'
import { ActForm } from './act-form.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { Loading } from './said.tsx'
import { TrainingFields, useStations } from './training-fields.tsx'
import { enteredOf, timesOf, type TypedTraining } from './typed-training.ts'

const WEEK_MS = 7 * 86_400_000
const AHEAD_DAYS = 7

export function MakeTraining({ onDone, onClose }: { onDone: (first: string) => void; onClose: () => void }): ReactNode {
  const said = useWords(trainingWords)
  const { time, offset } = useTimes()
  const stations = useStations()
  const { nowMs, station } = useWho()
  const rules = useDoor(rulesDoor, {}).answer?.rules
  const [ids] = useState(() => ({ series: crypto.randomUUID(), trainings: Array.from({ length: WEEKS_MAX }, () => crypto.randomUUID()) }))
  const [weeks, setWeeks] = useState('1')
  const [changed, setChanged] = useState<Partial<TypedTraining>>({})
  if (rules === undefined || stations.length === 0) return <Dialog title={said.make} onClose={onClose} isWide><Loading /></Dialog>
  const minutes = (name: 'training_closing_minutes' | 'training_answer_minutes'): string => String(rules.find((rule) => rule.name === name)?.value ?? RULE_RANGES[name][2])
  const typed: TypedTraining = {
    topic: 'first_aid', titleZh: '', titleEn: '', placeZh: '', placeEn: '', host: station?.id ?? stations[0]?.value ?? '', day: showDay(dayOf(nowMs, offset) + AHEAD_DAYS), from: '14:00', to: '16:00',
    capacity: String(TRAINING_RANGES.capacity[2]), points: String(TRAINING_RANGES.points[2]), certificate: '', closing: minutes('training_closing_minutes'), answer: minutes('training_answer_minutes'),
    late: String(TRAINING_RANGES.lateMinutes[2]), walkIns: DOOR_RULES.walkIns ? 'yes' : 'no',
    platforms: [], stations: [], groups: [], ...changed,
  }
  const times = timesOf(typed, offset)
  const count = Math.min(WEEKS_MAX, Math.max(1, Math.floor(Number(weeks)) || 1))
  const asked = () => {
    const form = enteredOf(typed, offset)
    if (form === null) return null
    const { startsAtMs, endsAtMs, ...terms } = form
    return { ...terms, series: ids.series, trainings: ids.trainings.slice(0, count).map((id, week) => ({ id, startsAtMs: startsAtMs + week * WEEK_MS, endsAtMs: endsAtMs + week * WEEK_MS })) }
  }
  return (
    <Dialog title={said.make} onClose={onClose} isWide>
      <p>{said.makeLead}</p>
      <ActForm door={makeTrainingsDoor} asked={asked} submit={said.make} onDone={() => onDone(ids.trainings[0] ?? '')} onCancel={onClose}>
        <TrainingFields typed={typed} want={(change) => setChanged((before) => ({ ...before, ...change }))} stations={stations}>
          <Field
            label={said.weeks} hint={count === 1 || times === null ? said.weeksOne : said.weeksHint(time(times.startsAtMs + (count - 1) * WEEK_MS))} type="number" min={1} max={WEEKS_MAX} step={1} required
            value={weeks} onChange={(event) => setWeeks(event.target.value)}
          />
        </TrainingFields>
      </ActForm>
    </Dialog>
  )
}
