// Rules of the district and what services earn.

import { type ReactNode, useState } from 'react'
import { changeRuleDoor, changeServiceDoor, type LargestStation, RULE_RANGES, type RuleName, rulesDoor, type ServiceRow } from '../../contract/console/rules.ts'
import { useDoor, useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { type RuleValues, SETTINGS_OF_STATIONS, WorstIf, WorstOfRules } from '../parts/worst-of-rules.tsx'
import { useOf, useWords } from '../text/language.tsx'
import { ruleWords } from '../text/rule-words.ts'
import { frameWords } from '../text/frame-words.ts'
import { type OfficePage, STAFF } from './office-page.ts'

type Changing = { kind: 'rule'; name: RuleName; value: number } | { kind: 'service'; service: ServiceRow }

function RulesPage(): ReactNode {
  const said = useWords(ruleWords)
  const frame = useWords(frameWords)
  const of = useOf()
  const mayAct = useWho().role === 'district_staff'
  const { answer, error, again } = useDoor(rulesDoor, {})
  const [changing, setChanging] = useState<Changing | null>(null)
  const values: RuleValues = new Map(answer?.rules.map(({ name, value }) => [name, value]))
  const close = (): void => setChanging(null)
  const done = (): void => {
    close()
    again()
  }
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer === null && error === null && <Loading />}
      {answer !== null && (
        <>
          {answer.largest !== null && <WorstOfRules values={values} largest={answer.largest} />}
          <h2>{said.rules}</h2>
          <ul className="settings">
            {answer.rules.map(({ name, value }) => (
              <li key={name}>
                <span>
                  <strong>{said.rule[name].name}</strong>
                  <span className="hint">{said.rule[name].hint}</span>
                </span>
                <strong className="setting-value">{value.toLocaleString('en')}</strong>
                {mayAct && (
                  <button type="button" className="button" aria-label={`${said.change} ${said.rule[name].name}`} onClick={() => setChanging({ kind: 'rule', name, value })}>
                    {said.change}
                  </button>
                )}
              </li>
            ))}
          </ul>
          <h2>{said.services}</h2>
          <ul className="settings">
            {answer.services.map((service) => (
              <li key={service.id}>
                <span>
                  <strong>{of(service.name)}</strong>
                  <span className="hint">
                    {said.per[service.per]}
                    {service.capPerActivity !== null && ` · ${said.cap} ${service.capPerActivity}`}
                  </span>
                </span>
                <strong className="setting-value">{frame.points(service.points)}</strong>
                {mayAct && (
                  <button type="button" className="button" aria-label={`${said.change} ${of(service.name)}`} onClick={() => setChanging({ kind: 'service', service })}>
                    {said.change}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {changing?.kind === 'rule' && <ChangeRule {...changing} values={values} largest={answer?.largest ?? null} onDone={done} onClose={close} />}
      {changing?.kind === 'service' && <ChangeService service={changing.service} onDone={done} onClose={close} />}
    </>
  )
}

function ChangeRule(props: { name: RuleName; value: number; values: RuleValues; largest: LargestStation | null; onDone: () => void; onClose: () => void }): ReactNode {
  const { name, value, values, largest, onDone, onClose } = props
  const said = useWords(ruleWords)
  const [typed, setTyped] = useState(String(value))
  const [min, max] = RULE_RANGES[name]
  return (
    <Dialog title={said.rule[name].name} onClose={onClose}>
      <p>{said.rule[name].hint}</p>
      <ActForm door={changeRuleDoor} asked={() => ({ name, before: value, value: Number(typed) })} submit={said.save} onDone={onDone} onCancel={onClose}>
        <Field label={said.value} hint={said.range(min, max)} type="number" min={min} max={max} step={1} required value={typed} onChange={(event) => setTyped(event.target.value)} />
        {largest !== null && SETTINGS_OF_STATIONS.has(name) && <WorstIf values={values} name={name} typed={Number(typed)} largest={largest} />}
      </ActForm>
    </Dialog>
  )
}

function ChangeService({ service, onDone, onClose }: { service: ServiceRow; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(ruleWords)
  const of = useOf()
  const [points, setPoints] = useState(String(service.points))
  const [cap, setCap] = useState(service.capPerActivity === null ? '' : String(service.capPerActivity))
  return (
    <Dialog title={of(service.name)} onClose={onClose}>
      <ActForm
        door={changeServiceDoor} submit={said.save} onDone={onDone} onCancel={onClose}
        asked={() => ({ service: service.id, before: { points: service.points, capPerActivity: service.capPerActivity }, points: Number(points), capPerActivity: cap === '' ? null : Number(cap) })}
      >
        <Field label={`${said.points} (${said.per[service.per]})`} type="number" min={1} max={10_000} required value={points} onChange={(event) => setPoints(event.target.value)} />
        <Field label={said.cap} hint={said.capNone} type="number" min={1} max={10_000} value={cap} onChange={(event) => setCap(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}

export const rulesPage: OfficePage = { path: 'rules', title: ruleWords, group: 'goods', door: 'rules', roles: STAFF, Show: RulesPage }
