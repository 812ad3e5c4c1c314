// The first page: what waits for a person, how the stations are, and a quarter of a year of points.

import type { ReactNode } from 'react'
import { overviewDoor } from '../../contract/console/overview.ts'
import { TOPIC_WORDS } from '../../contract/console/trainings.ts'
import { WISH_STATES } from '../../contract/console/wishes.ts'
import { dayOf } from '../../domain/calendar.ts'
import { hrefOf } from '../app/route.ts'
import { useDoor } from '../app/session.tsx'
import { BarList } from '../parts/bar-list.tsx'
import { HealthChip } from '../parts/health-chip.tsx'
import { Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { WeekChart } from '../parts/week-chart.tsx'
import { frameWords } from '../text/frame-words.ts'
import { useOf, useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { wishWords } from '../text/wish-words.ts'
import { overviewWords } from '../text/overview-words.ts'
import { showDay, useTimes } from '../text/times.ts'
import { type OfficePage, STAFF } from './office-page.ts'
import { WISH_TONES } from './wishes-page.tsx'

/** Where one goes to deal with it. */
const WAITING = [
  { what: 'facts', path: 'exceptions' },
  { what: 'corrections', path: 'corrections' },
  { what: 'wishTexts', path: 'wish-queue' },
  { what: 'leasesEnding', path: 'wishes' },
  { what: 'silentStations', path: 'stations' },
  { what: 'waitingFiles', path: 'stations' },
  { what: 'kindsLow', path: 'stock' },
] as const

function OverviewPage(): ReactNode {
  const said = useWords(overviewWords)
  const wishes = useWords(wishWords)
  const trainings = useWords(trainingWords)
  const frame = useWords(frameWords)
  const of = useOf()
  const { ago, offset } = useTimes()
  const { answer, error, isAsking, again } = useDoor(overviewDoor, {})
  const waiting = answer === null ? [] : WAITING.filter(({ what }) => answer.waiting[what] > 0)
  return (
    <>
      <PageHead title={said.title}>
        <button type="button" className="button" aria-disabled={isAsking} onClick={again}>
          {frame.refresh}
        </button>
      </PageHead>
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer === null && error === null && <Loading />}
      {answer !== null && (
        <>
          <section aria-labelledby="waiting">
            <h2 id="waiting">{said.waiting}</h2>
            {waiting.length === 0 && <p className="empty">{said.nothingWaits}</p>}
            <ul className="tiles">
              {waiting.map(({ what, path }) => (
                <li key={what}>
                  <a className="tile" data-tone="warm" href={hrefOf(path)}>
                    <strong>{answer.waiting[what].toLocaleString('en')}</strong>
                    <span>{said[what]}</span>
                  </a>
                </li>
              ))}
            </ul>
            <ul className="tiles">
              {([['stationCount', answer.stations.length], ['riders', answer.riders], ['riderPoints', answer.riderPoints]] as const).map(([what, count]) => (
                <li key={what} className="tile" data-tone="plain">
                  <strong>{count.toLocaleString('en')}</strong>
                  <span>{said[what]}</span>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="weeks">
            <h2 id="weeks">{said.weeks}</h2>
            <p className="lead">{said.weeksLead}</p>
            <WeekChart
              label={said.chart}
              names={[said.issued, said.redeemed]}
              weeks={answer.weeks.map(({ beganAtMs, issued, redeemed }) => {
                const day = showDay(dayOf(beganAtMs, offset))
                return { label: day.slice(5), title: `${said.weekOf(day)}: ${said.issued} ${issued}, ${said.redeemed} ${redeemed}`, values: [issued, redeemed] }
              })}
            />
          </section>
          {answer.wishes.length > 0 && (
            <section aria-labelledby="wishes">
              <h2 id="wishes">{said.wishes}</h2>
              <BarList
                label={said.wishesChart}
                bars={WISH_STATES.flatMap((state) => {
                  const count = answer.wishes.find((one) => one.state === state)?.count ?? 0
                  return count === 0 ? [] : [{ key: state, name: wishes.states[state], value: count, shown: count.toLocaleString('en'), tone: WISH_TONES[state] ?? 'plain' }]
                })}
              />
            </section>
          )}
          {answer.trainings.length > 0 && (
            <section aria-labelledby="trainings">
              <h2 id="trainings">{trainings.chart}</h2>
              <p className="lead">{trainings.chartLead}</p>
              <BarList
                label={trainings.chart}
                bars={answer.trainings
                  .toSorted((one, other) => other.attended - one.attended || other.trainings - one.trainings)
                  .map(({ topic, trainings: held, attended }) => ({ key: topic, name: trainings.chartName(of(TOPIC_WORDS[topic]), held), value: attended, shown: trainings.times(attended), tone: 'good' }))}
              />
            </section>
          )}
          <section aria-labelledby="stations">
            <h2 id="stations">{said.stations}</h2>
            <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="stations">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{said.number}</th>
                    <th scope="col">{said.station}</th>
                    <th scope="col">{said.health}</th>
                    <th scope="col">{said.heard}</th>
                    <th scope="col" data-kind="number">{said.units}</th>
                    <th scope="col" data-kind="number">{said.low}</th>
                    <th scope="col" data-kind="number">{said.flagged}</th>
                  </tr>
                </thead>
                <tbody>
                  {answer.stations.map((station) => (
                    <tr key={station.id}>
                      <td data-heading={said.number}>{station.number}</td>
                      <td data-heading={said.station}>
                        <a href={hrefOf('stations', station.id)}>{of(station.name)}</a>
                      </td>
                      <td data-heading={said.health}>
                        <HealthChip health={station.health} />
                      </td>
                      <td data-heading={said.heard}>{ago(station.heardAtMs)}</td>
                      <td data-heading={said.units} data-kind="number">{frame.units(station.unitsOnHand)}</td>
                      <td data-heading={said.low} data-kind="number">{station.kindsLow}</td>
                      <td data-heading={said.flagged} data-kind="number">{station.flagged}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        </>
      )}
    </>
  )
}

export const overviewPage: OfficePage = { path: 'overview', title: overviewWords, group: 'today', door: 'overview', roles: STAFF, Show: OverviewPage }
