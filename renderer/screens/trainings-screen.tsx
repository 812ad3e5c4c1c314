// What is on: when, what, where, how many places; one touch signs up. His own and his certificates are two ways of looking at
// the same list, so nobody has to find another screen.

import type { CertificateShown } from '../../contract/kiosk/training-view.ts'
import { pageGrids } from '../flow/page-grids.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { utcOffsetOf } from '../flow/selectors.ts'
import { CERTIFICATE_SOON_DAYS, certificatePage, todayOf, trainingAct, trainingCounts, trainingDay, trainingPage, type TrainingRow, topicsThere } from '../flow/trainings.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'
import { TrainingState } from '../parts/training-state.tsx'
import { civilOfDay } from '../../domain/calendar.ts'
import { sayDay, weekdayOf } from '../text/say-day.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'trainings'>

export function TrainingsScreen(props: Props) {
  const { state, screen, text, tap } = props
  const portrait = state.layout.orientation === 'portrait'
  const narrow = !portrait && (state.lowReach || state.layout.compact)
  const counts = trainingCounts(state, screen.rider)
  // What is on is for everybody; on the phone are his own.
  const hasPhone = screen.by.kind === 'mine' || screen.by.kind === 'certificates'
  const ways = narrow ? <WayWalk {...props} /> : <WayChips {...props} />
  return (
    <Frame
      at="trainings"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.trainings.title} sub={screen.by.kind === 'day' ? text.trainings.onDay(sayDay(screen.by.day, todayOf(state), text)) : text.trainings.count(counts.all)} />}
      {...(state.lowReach ? { read: <p className="display training-way">{wayWords(props)}</p> } : {})}
      touch={
        <>
          {portrait ? ways : null}
          {screen.by.kind === 'certificates' ? <Certificates {...props} /> : <List {...props} />}
        </>
      }
      act={
        <div className="act-row trainings-bar" data-phone={hasPhone ? '' : undefined}>
          {portrait ? null : ways}
          {hasPhone ? (
            <Button icon="mobile" onPress={() => tap({ do: 'show_hand_off', purpose: 'my_trainings' })}>
              {narrow ? text.handOff.lookShort : text.handOff.look}
            </Button>
          ) : null}
          <PageTurner {...props} />
        </div>
      }
    />
  )
}

function PageTurner({ state, screen, text, tap }: Props) {
  const { page, pages } = screen.by.kind === 'certificates' ? certificatePage(state, screen) : trainingPage(state, screen)
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

function wayWords({ state, screen, text }: Props): string {
  const counts = trainingCounts(state, screen.rider)
  switch (screen.by.kind) {
    case 'all':
      return text.trainings.all(counts.all)
    case 'mine':
      return text.trainings.mine(counts.mine)
    case 'certificates':
      return text.trainings.certificates(counts.certificates)
    case 'topic':
      return text.trainings.topic[screen.by.topic]
    case 'day':
      return sayDay(screen.by.day, todayOf(state), text)
  }
}

function WayChips({ state, screen, text, tap }: Props) {
  const { by } = screen
  const counts = trainingCounts(state, screen.rider)
  return (
    <div className="chips training-ways" role="group" aria-label={text.trainings.title}>
      <button type="button" className="touch chip" aria-pressed={by.kind === 'all'} onClick={() => tap({ do: 'show_trainings', by: { kind: 'all' } })}>
        {text.trainings.all(counts.all)}
      </button>
      <button type="button" className="touch chip" aria-pressed={by.kind === 'mine'} onClick={() => tap({ do: 'show_trainings', by: { kind: 'mine' } })}>
        {text.trainings.mine(counts.mine)}
      </button>
      <button type="button" className="touch chip" aria-pressed={by.kind === 'certificates'} onClick={() => tap({ do: 'show_trainings', by: { kind: 'certificates' } })}>
        {text.trainings.certificates(counts.certificates)}
      </button>
      {topicsThere(state).length < 2 ? null : (
        <button type="button" className="touch chip" aria-pressed={by.kind === 'topic'} onClick={() => tap({ do: 'walk_topics' })}>
          {by.kind === 'topic' ? text.trainings.topic[by.topic] : text.trainings.byTopic}
          <Icon name="next" />
        </button>
      )}
      <button type="button" className="touch chip" aria-pressed={by.kind === 'day'} onClick={() => tap({ do: 'show_calendar' })}>
        <Icon name="calendar" />
        {text.trainings.calendar}
      </button>
    </div>
  )
}

function WayWalk(props: Props) {
  const { text, tap } = props
  return (
    <div className="training-walk">
      <Button iconAfter="next" onPress={() => tap({ do: 'walk_trainings' })}>
        {props.screen.by.kind === 'day' ? shortDay(props.screen.by.day) : wayWords(props)}
      </Button>
      <Button icon="calendar" onPress={() => tap({ do: 'show_calendar' })}>
        {text.trainings.calendar}
      </Button>
    </div>
  )
}

/** As numbers: there is room for no more. */
function shortDay(day: number): string {
  const { month, dayOfMonth } = civilOfDay(day)
  return `${month}/${dayOfMonth}`
}

function List(props: Props) {
  const { state, screen, text } = props
  const { rows } = trainingPage(state, screen)
  if (rows.length === 0) {
    const none = screen.by.kind === 'mine' ? [text.trainings.noneOfMine, text.trainings.noneOfMineNext] : [text.trainings.empty, text.trainings.emptyNext]
    return <Say title={none[0] ?? ''} line={screen.rider.session.standing === 'unknown' ? text.trainings.unknownRider : (none[1] ?? '')} />
  }
  return (
    <ul className="training-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).trainings)}>
      {rows.map((row) => (
        <Row key={row.training.training} row={row} {...props} />
      ))}
    </ul>
  )
}

function Row({ row, state, screen, text, tap }: Props & { row: TrainingRow }) {
  const { training, signup } = row
  const day = trainingDay(state, training)
  const { month, dayOfMonth } = civilOfDay(day)
  const today = todayOf(state)
  const near = day === today || day === today + 1
  return (
    <li className="training-row" data-topic={training.topic} data-off={training.state === 'open' ? undefined : ''}>
      <button type="button" className="touch training-face" onClick={() => tap({ do: 'show_training', training: training.training })}>
        <span className="training-date" data-near={near ? '' : undefined}>
          <span className="training-month">{near ? sayDay(day, today, text) : text.trainings.month(month)}</span>
          <strong>{dayOfMonth}</strong>
          <span className="training-weekday">{weekdayOf(day, text)}</span>
        </span>
        <span className="training-words">
          <span className="training-title">{text.of(training.title)}</span>
          <span className="training-place">
            {text.time(training.startsAtMs, utcOffsetOf(state))} · {training.hostedHere ? text.trainings.hostedHere : text.of(training.place)}
          </span>
          <TrainingState state={state} training={training} signup={signup} text={text} />
        </span>
      </button>
      <RowAct row={row} state={state} screen={screen} text={text} tap={tap} />
    </li>
  )
}

function RowAct({ row, state, screen, text, tap }: Props & { row: TrainingRow }) {
  const { training } = row.training
  const act = trainingAct(state, screen.rider, row)
  const isAsked = screen.asked?.training === training
  if (act === 'look') {
    return <Button onPress={() => tap({ do: 'show_training', training })}>{text.trainings.look}</Button>
  }
  return (
    <Button go={act === 'sign_up' && !isAsked} dimmed={isAsked || act === 'none'} onPress={() => tap({ do: 'sign_up', training, despiteClash: false })}>
      {isAsked ? text.trainings.asking : act === 'join_waitlist' ? text.trainings.joinWaitlist : text.trainings.signUp}
    </Button>
  )
}

function Certificates({ state, screen, text }: Props) {
  const { rows } = certificatePage(state, screen)
  if (rows.length === 0) return <Say title={text.trainings.noCertificates} line={text.trainings.noCertificatesNext} />
  return (
    <ul className="training-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).trainings)}>
      {rows.map((certificate) => (
        <li key={certificate.certificate} className="training-row certificate-row">
          <Icon name="certificate" />
          <span className="training-words">
            <span className="training-title">{text.of(certificate.title)}</span>
            <span className="training-place">{text.trainings.certificateNumber(certificate.number)}</span>
            <span className="training-place">{certificate.expiresDay === null ? text.trainings.noExpiry : text.trainings.validUntil(text.day(certificate.expiresDay))}</span>
          </span>
          <CertificateState certificate={certificate} today={todayOf(state)} expired={text.trainings.expired} soon={text.trainings.expiresSoon} />
        </li>
      ))}
    </ul>
  )
}

function CertificateState({ certificate: { expiresDay }, today, expired, soon }: { certificate: CertificateShown; today: number; expired: string; soon: string }) {
  if (expiresDay === null || expiresDay - today > CERTIFICATE_SOON_DAYS) return null
  return (
    <span className="training-state" data-tone="warm">
      <Icon name="warning" />
      <span>{expiresDay < today ? expired : soon}</span>
    </span>
  )
}

function Say({ title, line }: { title: string; line: string }) {
  return (
    <div className="plain-say">
      <h2 className="display"><WholeWords text={title} /></h2>
      <p className="lead">{line}</p>
    </div>
  )
}
