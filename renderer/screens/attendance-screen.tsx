// Staff at the door of a training: today's trainings at this station; then one of them, where each scan is somebody who came. What
// became of the last scan is the largest thing; the list beside it says who is missing, and notes whoever has no pass with him.

import type { AttendeeShown } from '../../contract/kiosk/training-view.ts'
import { attendeeCounts, attendeePage, attendeesOf, doorOpensAtMs, hostedPage, type HostedRow, hostedRows } from '../flow/attendance.ts'
import type { AttendeesShown } from '../flow/attendance-state.ts'
import { pageGrids } from '../flow/page-grids.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid, utcOffsetOf } from '../flow/selectors.ts'
import { trainingOf } from '../flow/trainings.ts'
import { AttendanceOutcome } from '../parts/attendance-outcome.tsx'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import type { Catalogue } from '../text/catalogue.ts'

// ── today's trainings ──

type ListProps = ScreenProps<'attendance_list'>

export function AttendanceListScreen(props: ListProps) {
  const { state, screen, text, tap } = props
  const words = text.attendance
  const count = hostedRows(state, screen.staff).length
  const { page, pages } = hostedPage(state, screen)
  const head = <HeadWords title={words.title} sub={count === 0 ? words.none : words.today(count)} />
  const frame = { at: 'attendance_list' as const, state, text, tap, back: screen.asked === null, finish: true, head }
  if (screen.refusal !== null) {
    return (
      <Frame
        {...frame}
        fill="read"
        read={
          <div className="refused">
            <SaidBlock said={refusalSaid(state, text, screen.refusal)} icon="calendar" tone="warm" />
          </div>
        }
        act={
          <div className="act-row">
            <Button kind="primary" onPress={() => tap({ do: 'back' })}>
              {text.parts.close}
            </Button>
          </div>
        }
      />
    )
  }
  return (
    <Frame
      {...frame}
      {...(state.lowReach && count > 0 ? { read: <p className="display training-way">{words.today(count)}</p> } : {})}
      touch={count === 0 ? <Say title={words.none} line={words.noneNext} /> : <HostedList {...props} />}
      {...(pages === 1 ? {} : { act: <div className="act-row my-points-bar"><Turner text={text} page={page} pages={pages} tap={tap} /></div> })}
    />
  )
}

function HostedList(props: ListProps) {
  const { state, screen } = props
  return (
    <ul className="training-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).hosted)}>
      {hostedPage(state, screen).rows.map((row) => (
        <Hosted key={row.training.training} row={row} {...props} />
      ))}
    </ul>
  )
}

function Hosted({ row: { training, hosted, door }, state, screen, text, tap }: ListProps & { row: HostedRow }) {
  const { attendance: words } = text
  const time = (atMs: number): string => text.time(atMs, utcOffsetOf(state))
  const isAsked = screen.asked?.training === training.training
  return (
    <li className="training-row hosted-row" data-topic={training.topic} data-off={door === 'open' || door === 'early' ? undefined : ''}>
      <span className="training-date hosted-time">
        <strong>{time(training.startsAtMs)}</strong>
        <span className="training-weekday">– {time(training.endsAtMs)}</span>
      </span>
      <span className="training-words">
        <span className="training-title">{text.of(training.title)}</span>
        <span className="training-place">{text.of(training.place)}</span>
        <span className="training-state" data-tone="calm">
          <Icon name="people" />
          <span>{words.counts(hosted.came, hosted.signedUp)}</span>
        </span>
      </span>
      {door === 'open' ? (
        <Button go={!isAsked} dimmed={screen.asked !== null} onPress={() => tap({ do: 'begin_attendance', training: training.training })}>
          {isAsked ? words.beginning : words.begin}
        </Button>
      ) : (
        <span className="hosted-door">
          <Icon name={DOOR_SIGNS[door]} />
          <span>{door === 'early' ? words.opensAt(time(doorOpensAtMs(training))) : door === 'over' ? words.isOver : words.isCancelled}</span>
        </span>
      )}
    </li>
  )
}

const DOOR_SIGNS: Record<'early' | 'over' | 'cancelled', IconName> = { early: 'clock', over: 'check', cancelled: 'close' }

// ── one training ──

type Props = ScreenProps<'attendance'>

export function AttendanceScreen(props: Props) {
  const { state, screen, text, tap } = props
  const training = trainingOf(state, screen.training)
  const { came, signedUp } = attendeeCounts(screen)
  const { page, pages } = attendeePage(state, screen)
  const turner = <Turner text={text} page={page} pages={pages} tap={tap} />
  const isStanding = state.layout.orientation === 'portrait'
  const turnsBeside = isStanding || state.lowReach
  return (
    <Frame
      at="attendance"
      state={state}
      text={text}
      tap={tap}
      finish
      sides
      head={<HeadWords title={training === null ? text.attendance.title : text.of(training.title)} sub={text.attendance.counts(came, signedUp)} />}
      read={<AttendanceOutcome state={state} screen={screen} training={training} text={text} />}
      touch={
        <>
          <Tabs {...props} />
          <Attendees {...props} />
          {turnsBeside || pages === 1 ? null : turner}
        </>
      }
      act={
        <div className="act-row attendance-bar">
          <Button icon="finish" onPress={() => tap({ do: 'end_attendance' })}>
            {text.attendance.end}
          </Button>
          {turnsBeside ? turner : null}
        </div>
      }
    />
  )
}

function Tabs({ screen, text, tap }: Props) {
  return (
    <div className="chips attendance-tabs" role="group" aria-label={text.attendance.title}>
      {(['missing', 'came'] as const satisfies readonly AttendeesShown[]).map((shown) => (
        <button key={shown} type="button" className="touch chip" aria-pressed={screen.shown === shown} onClick={() => tap({ do: 'show_attendees', shown })}>
          {text.attendance.tab[shown](attendeesOf(screen, shown).length)}
        </button>
      ))}
    </div>
  )
}

function Attendees(props: Props) {
  const { state, screen, text } = props
  const { rows } = attendeePage(state, screen)
  if (rows.length === 0) return <Say {...text.attendance.empty[screen.shown]} />
  return (
    <ul className="training-rows attendee-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).attendees)}>
      {rows.map((attendee) => (
        <Attendee key={attendee.rider} attendee={attendee} {...props} />
      ))}
    </ul>
  )
}

const STATE_SIGNS: Record<AttendeeShown['state'], IconName> = { expected: 'calendar', waiting: 'people', attended: 'check', walk_in: 'seat' }

function Attendee({ attendee, screen, text, tap }: Props & { attendee: AttendeeShown }) {
  const { attendance: words } = text
  const { rider, state, late } = attendee
  const isHere = state === 'attended' || state === 'walk_in'
  const isSure = screen.sure === rider
  const isAsked = isSure && screen.asked !== null
  return (
    <li className="training-row attendee-row" data-here={isHere ? '' : undefined}>
      <span className="training-words">
        <span className="training-title">{attendee.maskedName ?? words.unnamed}</span>
        <span className="training-state" data-tone={isHere ? 'good' : 'calm'}>
          <Icon name={STATE_SIGNS[state]} />
          <span>{late ? `${words.state[state]} · ${words.late}` : words.state[state]}</span>
        </span>
      </span>
      {isHere ? null : (
        <Button go={isSure} dimmed={isAsked} spoken={`${isSure ? words.markSure : words.mark} ${attendee.maskedName ?? ''}`} onPress={() => tap({ do: 'mark_attended', rider })}>
          {isAsked ? words.marking : isSure ? words.markSure : words.mark}
        </Button>
      )}
    </li>
  )
}

// ── small parts ──

function Turner({ text, page, pages, tap }: Pick<Props, 'tap'> & { text: Catalogue; page: number; pages: number }) {
  return (
    <Pager
      label={text.parts.page(page + 1, pages)}
      previousWord={text.parts.previousPage}
      nextWord={text.parts.nextPage}
      position={`${page + 1} / ${pages}`}
      atStart={page === 0}
      atEnd={page >= pages - 1}
      onTurn={(to) => tap({ do: 'turn_page', to })}
    />
  )
}

function Say({ title, line }: { title: string; line: string }) {
  return (
    <div className="plain-say">
      <h2 className="display">{title}</h2>
      <p className="lead">{line}</p>
    </div>
  )
}
