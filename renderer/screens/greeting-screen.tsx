// A person came in: his masked name, his points huge, and right under them the first goods to touch. Whoever the machine
// does not know is welcomed all the same.

import type { FlowState, Rider } from '../flow/flow-state.ts'
import { whyNotAdd } from '../flow/goods.ts'
import { pageGrids } from '../flow/page-grids.ts'
import { pointsLines, stoppedSaid } from '../flow/points-words.ts'
import type { SignupTold } from '../flow/signup-told.ts'
import { looksAtOwnFirst } from '../flow/training-notes.ts'
import { type VisitNote, visitNotes } from '../flow/visit-notes.ts'
import { todayOf } from '../flow/trainings.ts'
import { type WishNote, wishNotes } from '../flow/wishes.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { firstGoods, greetingKind, kindsOnShelf, networkOf, partOfDayNow, utcOffsetOf } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { CartBar } from '../parts/cart-bar.tsx'
import { Frame } from '../parts/frame.tsx'
import { GoodsCard } from '../parts/goods-card.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import type { Catalogue } from '../text/catalogue.ts'
import { sayMoment } from '../text/say-day.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'greeting'>

export function GreetingScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { session } = screen.rider
  const part = partOfDayNow(state)
  return (
    <Frame
      at="greeting"
      state={state}
      text={text}
      tap={tap}
      finish
      sides
      head={
        <HeadWords
          title={session.maskedName === null ? text.greeting.welcome(part) : text.greeting.hello(session.maskedName, part)}
          sub={text.greeting.checkedIn(session.visitToday, text.time(session.checkedInAtMs, utcOffsetOf(state)))}
        />
      }
      read={
        <div className="greeting-read" data-asking={session.fetching ? '' : undefined}>
          {session.points === null ? <h2 className="display"><WholeWords text={text.greeting.unknown} /></h2> : <Points {...props} balance={session.points.balance} />}
          <GreetingNotes state={state} rider={screen.rider} text={text} />
        </div>
      }
      touch={<FirstGoods {...props} />}
      {...(screen.rider.cart.length === 0 ? {} : { act: <CartBar state={state} rider={screen.rider} text={text} tap={tap} /> })}
    />
  )
}

function Points({ state, screen, text, tap, balance }: Props & { balance: number }) {
  const { balanceShown } = screen.rider
  const words = (
    <>
      <span className="points-number" data-hidden={balanceShown ? undefined : ''} data-digits={String(balance).length}>
        {balanceShown ? balance.toLocaleString('en-US') : text.greeting.hidden}
      </span>
      <span className="points-words">
        <span className="points-label">{text.greeting.pointsLabel}</span>
        {state.lowReach ? null : <span className="points-hint">{balanceShown ? text.greeting.hideHint : text.greeting.showHint}</span>}
      </span>
    </>
  )
  if (state.lowReach) return <div className="points">{words}</div>
  return (
    <button type="button" className="touch points" aria-pressed={!balanceShown} onClick={() => tap({ do: 'toggle_balance' })}>
      {words}
    </button>
  )
}

interface NotesProps {
  state: FlowState
  rider: Rider
  text: Catalogue
}

function GreetingNotes(props: NotesProps) {
  const notes = greetingNotes(props)
  if (notes.length === 0) return null
  return (
    <ul className="notes">
      {notes.map((note) => (
        <li key={note.words} className="note">
          <Icon name={note.icon} />
          <span className="note-words">
            <span>{note.words}</span>
            {note.more.map((line) => (
              <span key={line} className="note-more">
                <WholeWords text={line} />
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Room for the points and one thing more. */
const NOTES_MAX = 2

interface Note {
  icon: IconName
  words: string
  more: readonly string[]
}

function greetingNotes({ state, rider, text }: NotesProps): readonly Note[] {
  const { greeting } = text
  const { session } = rider
  const online = networkOf(state) === 'online'
  const stopped = stoppedSaid(state, text)
  if (session.points === null) {
    if (stopped !== null) return [{ icon: 'warning', words: stopped.what, more: [stopped.next] }]
    if (session.fetching) return [{ icon: 'clock', words: greeting.unknownFetching, more: [] }]
    return online ? [{ icon: 'heart', words: greeting.firstToday, more: [] }] : [{ icon: 'offline', words: greeting.unknownOffline, more: [] }]
  }
  if (session.standing === 'suspended') return [{ icon: 'lock', words: greeting.suspended, more: [greeting.suspendedNext] }]
  const [words, ...more] = pointsLines(state, rider, text)
  const pressing = visitNotes(state, rider).map((note) => noteOf(note, state, text))
  const ofPoints: readonly Note[] = words === undefined ? [] : [{ icon: stopped !== null ? 'warning' : online ? 'clock' : 'offline', words, more }]
  if (ofPoints.length > 0) return [...ofPoints, ...pressing].slice(0, NOTES_MAX)
  if (pressing.length > 0) return pressing.slice(0, NOTES_MAX)
  if (!online) return [{ icon: 'offline', words: greeting.offline, more: [] }]
  return session.visitToday === 1 && !session.sameVisit ? [{ icon: 'drop', words: greeting.firstToday, more: [] }] : []
}

/** What waits for him elsewhere, in words. */
function noteOf({ of, note }: VisitNote, state: FlowState, text: Catalogue): Note {
  if (of === 'wish') return { icon: WISH_ICONS[note.kind], words: wishWords(note, text), more: [] }
  const { trainings } = text
  const moment = (atMs: number): string => sayMoment(atMs, todayOf(state), utcOffsetOf(state), text)
  switch (note.kind) {
    case 'offer':
      return { icon: 'gift', words: trainings.remindOffer(text.of(note.training.title), moment(note.untilMs)), more: [] }
    case 'told':
      return { icon: TOLD_ICONS[note.told.kind], words: toldWords(note.told, text.of(note.training.title), moment(note.training.startsAtMs), text), more: [] }
    case 'remind':
      return { icon: 'calendar', words: trainings.remind(text.of(note.training.title), moment(note.training.startsAtMs)), more: [] }
    case 'expiring':
      return { icon: 'certificate', words: trainings.remindExpiring(trainings.topic[note.certificate.topic], text.day(note.expiresDay)), more: [] }
  }
}

const TOLD_ICONS: Record<SignupTold['kind'], IconName> = { cancelled: 'warning', refused: 'close', place_lost: 'warning', place_again: 'seat', seated_twice: 'seat', moved: 'calendar' }

function toldWords(told: SignupTold, title: string, when: string, { trainings, signup }: Catalogue): string {
  switch (told.kind) {
    case 'cancelled':
      return trainings.remindCancelled(title)
    case 'moved':
      return trainings.remindMoved(title, when)
    case 'refused':
      return signup.remindRefused(title, signup.briefRefused[told.why])
    case 'place_lost':
    case 'place_again':
    case 'seated_twice':
      return signup.remind[told.kind](title)
  }
}

const WISH_ICONS: Record<WishNote['kind'], IconName> = { fulfilled: 'gift', asked_back: 'wish', refused: 'wish', claimed: 'people' }

function wishWords({ kind, wish }: WishNote, { wishes, htmlLang }: Catalogue): string {
  switch (kind) {
    case 'fulfilled':
      return wishes.remindFulfilled
    case 'asked_back':
      return wishes.remindAskedBack
    case 'refused':
      return wishes.remindRefused
    case 'claimed':
      return wishes.remindClaimed((wish.claim?.by ?? []).join(htmlLang === 'zh-CN' ? '、' : ', '))
  }
}

function FirstGoods({ state, screen, text, tap }: Props) {
  const { view } = state
  const grid = pageGrids(state.layout, state.lowReach).greeting
  const lies = state.lowReach !== (state.layout.orientation === 'landscape')
  const goods = firstGoods(state, screen.rider)
  const canHave = view !== null && goods.some((entry) => whyNotAdd(entry, screen.rider, view) === null)
  const hint = canHave ? text.greeting.firstGoods : greetingKind(screen.rider) === 'known' ? text.shelf.howToEarn : null
  return (
    <>
      {state.lowReach ? null : (
        <p className="touch-title">
          <span className="panel-title">{text.greeting.onShelf(kindsOnShelf(state))}</span>
          {hint === null ? null : <span className="touch-title-hint">{hint}</span>}
        </p>
      )}
      <div className="goods-grid" style={gridStyle(grid)}>
        {view === null ? null : goods.map((entry) => <GoodsCard key={entry.item} entry={entry} rider={screen.rider} view={view} text={text} tap={tap} lies={lies} />)}
      </div>
      <div className="greeting-acts">
        <Button kind={screen.rider.cart.length === 0 && stoppedSaid(state, text) === null ? 'primary' : 'plain'} icon="bag" onPress={() => tap({ do: 'show_shelf' })}>
          {text.greeting.showShelf}
        </Button>
        {screen.rider.session.standing === 'unknown' ? (
          <Button icon="person" onPress={() => tap({ do: 'show_register' })}>
            {text.greeting.register}
          </Button>
        ) : (
          <Button icon="list" onPress={() => tap({ do: 'show_my_points' })}>
            {text.greeting.myPoints}
          </Button>
        )}
        <Button icon="calendar" onPress={() => tap({ do: 'show_trainings', by: looksAtOwnFirst(state, screen.rider) ? { kind: 'mine' } : { kind: 'all' } })}>
          {text.greeting.trainings}
        </Button>
        <Button icon="wish" onPress={() => tap({ do: 'show_wishes', tab: wishNotes(screen.rider).length > 0 ? 'mine' : 'wall' })}>
          {text.greeting.wishes}
        </Button>
        {state.lowReach && screen.rider.session.points !== null && screen.rider.cart.length === 0 ? (
          <Button onPress={() => tap({ do: 'toggle_balance' })}>{screen.rider.balanceShown ? text.greeting.hideHint : text.greeting.showHint}</Button>
        ) : null}
      </div>
    </>
  )
}
