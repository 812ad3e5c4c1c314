// The fields of a training, for a new one and for one that is changed, with what the rules say beside them.

import type { ReactNode } from 'react'
import { TRAINING_TOPICS } from '../../contract/kiosk/training-view.ts'
import { TABLE_ROWS_MAX } from '../../contract/console/console-door.ts'
import { stationsDoor } from '../../contract/console/stations.ts'
import { PLACE_SIGNS_MAX, TITLE_SIGNS_MAX, TOPIC_WORDS, TRAINING_RANGES } from '../../contract/console/trainings.ts'
import { PLATFORMS } from '../../domain/registering.ts'
import { DOOR_OPENS_MS } from '../../domain/training/attendance.ts'
import { RIDER_GROUPS } from '../../domain/training/decide-signup.ts'
import { useDoor, useWho } from '../app/session.tsx'
import { useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { useTell } from '../text/tell.ts'
import { Choose, type Choice, ChooseSome, Field } from './field.tsx'
import { topicOf, type TypedField, type TypedTraining } from './typed-training.ts'

const MINUTE_MS = 60_000
const WALK_INS = ['yes', 'no'] as const

/** Those where somebody may hold a training, and home stations to choose from. */
export function useStations(): Choice[] {
  const { of } = useTell()
  const { answer } = useDoor(stationsDoor, { search: '', sort: 'number', descending: false, filters: {}, after: null, limit: TABLE_ROWS_MAX })
  return (answer?.rows ?? []).filter(({ health }) => health !== 'revoked').map(({ id, name }) => ({ value: id, label: of(name) }))
}

export function TrainingFields({ typed, want, stations, children }: { typed: TypedTraining; want: (change: Partial<TypedTraining>) => void; stations: readonly Choice[]; children?: ReactNode }): ReactNode {
  const said = useWords(trainingWords)
  const { of } = useTell()
  const own = useWho().station?.id
  const hosts = own === undefined ? stations : stations.filter(({ value }) => value === own)
  const held = hosts.some(({ value }) => value === typed.host) ? hosts : [...hosts, { value: typed.host, label: typed.host }]
  const text = (field: 'titleZh' | 'titleEn' | 'placeZh' | 'placeEn', signs: number, isNeeded: boolean): ReactNode => (
    <Field
      label={said.fields[field]} hint={field === 'placeZh' ? said.placeHint : isNeeded ? undefined : said.englishHint} dir="auto" required={isNeeded} maxLength={signs} autoComplete="off" value={typed[field]}
      onChange={(event) => want({ [field]: event.target.value })}
    />
  )
  const figure = (field: TypedField & ('capacity' | 'points' | 'certificate' | 'closing' | 'answer' | 'late'), [min, max]: readonly [number, number, number], hint?: string): ReactNode => (
    <Field
      label={said.fields[field]} hint={hint} type="number" min={min} max={max} step={1} required={field !== 'certificate'} value={typed[field]}
      onChange={(event) => want({ [field]: event.target.value })}
    />
  )
  return (
    <>
      <fieldset className="form-part">
        <legend>{said.what}</legend>
        <Choose label={said.fields.topic} value={typed.topic} choices={TRAINING_TOPICS.map((value) => ({ value, label: of(TOPIC_WORDS[value]) }))} onChange={(event) => want({ topic: topicOf(event.target.value) })} />
        <Choose label={said.fields.host} value={typed.host} required choices={held} onChange={(event) => want({ host: event.target.value })} />
        {text('titleZh', TITLE_SIGNS_MAX, true)}
        {text('titleEn', TITLE_SIGNS_MAX, false)}
        {text('placeZh', PLACE_SIGNS_MAX, true)}
        {text('placeEn', PLACE_SIGNS_MAX, false)}
      </fieldset>
      <fieldset className="form-part">
        <legend>{said.when}</legend>
        <Field label={said.fields.day} type="date" required value={typed.day} onChange={(event) => want({ day: event.target.value })} />
        <div className="field-pair">
          <Field label={said.fields.from} type="time" required value={typed.from} onChange={(event) => want({ from: event.target.value })} />
          <Field label={said.fields.to} type="time" required value={typed.to} onChange={(event) => want({ to: event.target.value })} />
        </div>
        {figure('capacity', TRAINING_RANGES.capacity, said.capacityRange(TRAINING_RANGES.capacity[0], TRAINING_RANGES.capacity[1]))}
        {children}
      </fieldset>
      <fieldset className="form-part">
        <legend>{said.gives}</legend>
        {figure('points', TRAINING_RANGES.points)}
        {figure('certificate', TRAINING_RANGES.certificateMonths, said.certificateHint)}
      </fieldset>
      <fieldset className="form-part">
        <legend>{said.who}</legend>
        <p className="hint form-wide">{said.everybody}</p>
        <ChooseSome label={said.fields.platforms} chosen={typed.platforms} choices={PLATFORMS.map((value) => ({ value, label: said.platforms[value] }))} onChange={(platforms) => want({ platforms })} />
        <ChooseSome label={said.fields.groups} chosen={typed.groups} choices={RIDER_GROUPS.map((value) => ({ value, label: said.groups[value] }))} onChange={(groups) => want({ groups })} />
        <ChooseSome label={said.fields.stations} chosen={typed.stations} choices={stations} onChange={(chosen) => want({ stations: chosen })} />
      </fieldset>
      <fieldset className="form-part">
        <legend>{said.rules}</legend>
        {figure('closing', TRAINING_RANGES.closingMinutes, said.closingHint)}
        {figure('answer', TRAINING_RANGES.answerMinutes, said.answerHint)}
        {figure('late', TRAINING_RANGES.lateMinutes, said.lateHint)}
        <Choose
          label={said.fields.walkIns} value={typed.walkIns} choices={WALK_INS.map((value) => ({ value, label: said.walkInsAre[value] }))}
          onChange={(event) => want({ walkIns: event.target.value === 'no' ? 'no' : 'yes' })}
        />
        <p className="hint form-wide">{said.doorOpens(DOOR_OPENS_MS / MINUTE_MS)}</p>
      </fieldset>
    </>
  )
}
