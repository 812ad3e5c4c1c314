// A training is changed against what was on the screen. Where somebody else was quicker, what has changed is shown beside what was
// typed, and nothing of it is lost; where there are to be fewer places than people, that is said before it is done.

import { type ReactNode, useState } from 'react'
import type { AnswerOf } from '../../contract/console/console-door.ts'
import { changeTrainingDoor, TOPIC_WORDS, trainingDoor } from '../../contract/console/trainings.ts'
import { PLATFORMS } from '../../domain/registering.ts'
import { RIDER_GROUPS } from '../../domain/training/decide-signup.ts'
import type { Refusal } from '../app/ask-door.ts'
import { useSession } from '../app/session.tsx'
import { useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { type TextOf, useTell } from '../text/tell.ts'
import { useTimes } from '../text/times.ts'
import { ActForm } from './act-form.tsx'
import { Dialog } from './dialog.tsx'
import type { Choice } from './field.tsx'
import { TrainingFields, useStations } from './training-fields.tsx'
import { enteredOf, mergeTyped, taken, type Theirs, topicOf, type TypedField, type TypedTraining, typedOf } from './typed-training.ts'

type Shown = Pick<AnswerOf<typeof trainingDoor>, 'form' | 'revision' | 'places'>

export function ChangeTraining({ training, shown, onDone, onClose }: { training: string; shown: Shown; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(trainingWords)
  const { ask } = useSession()
  const { offset } = useTimes()
  const stations = useStations()
  const [now, setNow] = useState(shown)
  const [typed, setTyped] = useState(() => typedOf(shown.form, offset))
  const [theirs, setTheirs] = useState<readonly Theirs[]>([])
  const [surplus, setSurplus] = useState<'none' | 'said' | 'meant'>('none')
  const current = typedOf(now.form, offset)

  const refused = async (error: Refusal): Promise<void> => {
    if (error !== 'changed_meanwhile' && error !== 'fewer_than_seated') return
    const read = await ask(trainingDoor, { training })
    if (!read.ok) return
    const { merged, theirs: found } = mergeTyped(current, typed, typedOf(read.answer.form, offset))
    setNow(read.answer)
    setTyped(merged)
    if (error === 'changed_meanwhile') setTheirs(found)
    else setSurplus('said')
  }
  const want = (change: Partial<TypedTraining>): void => {
    setTyped((before) => ({ ...before, ...change }))
    // Another number is another question.
    if (change.capacity !== undefined) setSurplus('none')
  }
  const asked = () => {
    const form = enteredOf(typed, offset)
    return form === null ? null : { training, revision: now.revision, surplusIsMeant: surplus === 'meant', form }
  }
  return (
    <Dialog title={said.editTitle} onClose={onClose} isWide>
      <p>{said.told}</p>
      <ActForm door={changeTrainingDoor} asked={asked} submit={theirs.length > 0 ? said.saveMine : said.save} onDone={onDone} onCancel={onClose} onRefused={(error) => void refused(error)}>
        <TrainingFields typed={typed} want={want} stations={stations} />
        {theirs.length > 0 && (
          <TheirChanges
            theirs={theirs} now={current} stations={stations}
            onTake={(field) => {
              setTyped((before) => taken(before, current, field))
              setTheirs((before) => before.map((one) => (one.field === field ? { field, isClash: false } : one)))
            }}
          />
        )}
        {surplus !== 'none' && (
          <label className="said check" data-tone="warm">
            <span>{said.surplus(now.places.taken + now.places.offered, Number(typed.capacity))}</span>
            <span>
              <input type="checkbox" required checked={surplus === 'meant'} onChange={(event) => setSurplus(event.target.checked ? 'meant' : 'said')} /> {said.surplusMeant}
            </span>
          </label>
        )}
      </ActForm>
    </Dialog>
  )
}

function TheirChanges({ theirs, now, stations, onTake }: { theirs: readonly Theirs[]; now: TypedTraining; stations: readonly Choice[]; onTake: (field: TypedField) => void }): ReactNode {
  const said = useWords(trainingWords)
  const { of } = useTell()
  return (
    <section className="said theirs" data-tone="warm" role="status" aria-label={said.meanwhile}>
      <h3>{said.meanwhile}</h3>
      <p>{said.meanwhileLead}</p>
      <ul>
        {theirs.map(({ field, isClash }) => {
          const words = shownField(now, field, said, stations, of) || said.empty
          return (
            <li key={field}>
              <strong>{said.fields[field]}</strong> <span dir="auto">{isClash ? said.clash(words) : said.followed(words)}</span>
              {isClash && (
                <button type="button" className="button" aria-label={`${said.takeTheirs}: ${said.fields[field]}`} onClick={() => onTake(field)}>
                  {said.takeTheirs}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function shownField(typed: TypedTraining, field: TypedField, said: TextOf<typeof trainingWords>, stations: readonly Choice[], of: (named: { zh: string; en: string }) => string): string {
  const station = (id: string): string => stations.find(({ value }) => value === id)?.label ?? id
  const namesOf = <Name extends string>(names: readonly Name[], chosen: readonly string[], words: Readonly<Record<Name, string>>): string => names.filter((name) => chosen.includes(name)).map((name) => words[name]).join(', ')
  if (field === 'topic') return of(TOPIC_WORDS[topicOf(typed.topic)])
  if (field === 'host') return station(typed.host)
  if (field === 'stations') return typed.stations.map(station).join(', ')
  if (field === 'platforms') return namesOf(PLATFORMS, typed.platforms, said.platforms)
  if (field === 'groups') return namesOf(RIDER_GROUPS, typed.groups, said.groups)
  if (field === 'walkIns') return said.walkInsAre[typed.walkIns]
  return typed[field]
}
