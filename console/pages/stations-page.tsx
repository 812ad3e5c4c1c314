// Stations, and one of them with the files it has had.

import type { ReactNode } from 'react'
import { stationDoor, type StationRow, stationsDoor } from '../../contract/console/stations.ts'
import { hrefOf } from '../app/route.ts'
import { useDoor } from '../app/session.tsx'
import { HealthChip } from '../parts/health-chip.tsx'
import { Chip, Loading, PageHead, RefusalSaid, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useWords } from '../text/language.tsx'
import { stationWords } from '../text/overview-words.ts'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { type OfficePage, STAFF } from './office-page.ts'

const FILE_TONES: Record<string, Tone> = { active: 'good', superseded: 'plain', waiting: 'warm', quarantined: 'bad', banned: 'plain' }
const CLOCK_RIGHT_MINUTES = 1

function sayClock(offsetMs: number | null, said: TextOf<typeof stationWords>, { frame }: Tell): string {
  if (offsetMs === null) return frame.nothing
  const minutes = Math.round(offsetMs / 60_000)
  return Math.abs(minutes) < CLOCK_RIGHT_MINUTES ? said.clockRight : said.clockOff(minutes)
}

function StationsPage({ rest }: { rest: readonly string[] }): ReactNode {
  const [station] = rest
  return station === undefined ? <AllStations /> : <OneStation station={station} />
}

function columnsOf(said: TextOf<typeof stationWords>, tell: Tell): Column<StationRow>[] {
  const { frame, of, ago } = tell
  return [
    { id: 'number', heading: said.number, sort: 'number', out: 'number', show: ({ number }) => number },
    { id: 'name', heading: said.name, out: 'name', show: ({ id, name }) => <a href={hrefOf('stations', id)}>{of(name)}</a> },
    { id: 'health', heading: said.state, out: { key: 'health', words: said.health }, show: ({ health }) => <HealthChip health={health} /> },
    { id: 'heard', heading: said.heard, out: 'heardAtMs', show: ({ heardAtMs }) => ago(heardAtMs) },
    { id: 'waiting', heading: said.waiting, kind: 'number', out: 'waitingEvents', show: ({ waitingEvents }) => waitingEvents ?? frame.nothing },
    { id: 'clock', heading: said.clock, show: ({ clockOffsetMs }) => sayClock(clockOffsetMs, said, tell) },
    { id: 'program', heading: said.program, out: 'program', show: ({ program }) => program ?? frame.nothing },
    { id: 'riders', heading: said.riders, kind: 'number', out: 'riders', show: ({ riders }) => riders },
    { id: 'flagged', heading: said.flagged, kind: 'number', out: 'flagged', show: ({ flagged }) => flagged },
  ]
}

function AllStations(): ReactNode {
  const said = useWords(stationWords)
  const tell = useTell()
  const table = useTable(stationsDoor)
  return (
    <>
      <PageHead title={said.title} />
      <TableOf
        door={stationsDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id}
        columns={columnsOf(said, tell)}
      />
    </>
  )
}

function OneStation({ station }: { station: string }): ReactNode {
  const said = useWords(stationWords)
  const tell = useTell()
  const { frame, of, ago, time } = tell
  const { answer, error, again } = useDoor(stationDoor, { station })
  if (error !== null) return <RefusalSaid error={error} again={again} />
  if (answer === null) return <Loading />
  return (
    <>
      <PageHead title={`${answer.number} · ${of(answer.name)}`}>
        <HealthChip health={answer.health} />
      </PageHead>
      <dl className="facts">
        <dt>{said.hotline}</dt>
        <dd>{answer.hotline}</dd>
        <dt>{said.alarm}</dt>
        <dd>{said.hours(answer.outboxAlarmHours)}</dd>
      </dl>
      <h2>{said.files}</h2>
      <p className="lead">{said.filesLead}</p>
      {answer.files.length === 0 && <p className="empty">{frame.empty}</p>}
      <ul className="cards">
        {answer.files.map((file) => (
          <li key={file.incarnation} className="card">
            <p className="card-head">
              <code>{file.incarnation.slice(0, 8)}</code>
              <Chip tone={FILE_TONES[file.state] ?? 'plain'}>{said.fileState[file.state]}</Chip>
            </p>
            <dl className="facts">
              {(
                [
                  [said.began, time(file.beganAtMs)], [said.heard, ago(file.heardAtMs)], [said.hello, ago(file.helloAtMs)], [said.seq, file.lastSeq], [said.claimed, file.claimedSeq ?? frame.nothing],
                  [said.backedUp, file.backedUpSeq], [said.points, frame.points(file.points)], [said.holders, file.riders], [said.flagged, file.flagged], [said.parked, file.parked],
                  [said.clock, sayClock(file.clockOffsetMs, said, tell)], [said.program, file.program ?? frame.nothing],
                ] as const
              ).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  )
}

export const stationsPage: OfficePage = { path: 'stations', title: stationWords, group: 'today', door: 'stations', roles: STAFF, Show: StationsPage }
