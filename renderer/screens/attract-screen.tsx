// Nobody is here: the invitation, huge; what the place gives for nothing; and, turning, what points are for. Nothing
// personal, nothing that needs a network, nothing the station has not said.

import type { Catalogue, Facility } from '../text/catalogue.ts'
import type { KioskView, ShelfEntry } from '../../contract/kiosk/kiosk-view.ts'
import type { TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { WallWish } from '../../contract/kiosk/wish-view.ts'
import type { FlowState } from '../flow/flow-state.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { type AttractPanel, attractPanelsShown, scannerOf, utcOffsetOf } from '../flow/selectors.ts'
import { todayOf } from '../flow/trainings.ts'
import { lineOf } from '../flow/wishes.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { unbroken } from '../parts/unbroken.ts'
import { ItemPicture } from '../parts/item-picture.tsx'
import { sayMoment } from '../text/say-day.ts'

const FACILITY_ICONS: Record<Facility, IconName> = {
  seats: 'seat',
  water: 'drop',
  microwave: 'microwave',
  charging: 'charge',
  battery_swap: 'battery',
  first_aid_box: 'first-aid',
  umbrellas: 'umbrella',
  medicines: 'pill',
  wifi: 'wifi',
  books: 'book',
}

export function AttractScreen({ state, screen, text, tap }: ScreenProps<'attract'>) {
  const { view } = state
  const station = view?.station ?? null
  return (
    <Frame
      at="attract"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      footWords={station === null ? null : text.attract.call(unbroken(station.hotline))}
      head={<StationHead view={view} text={text} level={2} />}
      read={
        <div className="attract">
          <div className="attract-words">
            <h1 className="display">
              {text.attract.title.map((line) => (
                <span key={line} className="display-line">
                  {line}
                </span>
              ))}
            </h1>
            <div className="attract-free">
              {text.attract.free.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          </div>
          <div className="attract-panels">
            {attractPanelsShown(state, screen).map((panel) => (
              <Panel key={panel.kind} panel={panel} state={state} text={text} />
            ))}
          </div>
          <div className="attract-calls">
            <ScanCall scanner={scannerOf(state)} text={text} />
            <Button icon="person" onPress={() => tap({ do: 'show_register' })}>
              {text.register.enter}
            </Button>
          </div>
        </div>
      }
    />
  )
}

function Panel({ panel, state, text }: { panel: AttractPanel; state: FlowState; text: Catalogue }) {
  switch (panel.kind) {
    case 'offers':
      return <Offers facilities={panel.facilities} text={text} />
    case 'goods':
      return <Goods kinds={panel.kinds} entries={panel.entries} text={text} />
    case 'earn':
      return <Earn text={text} />
    case 'trainings':
      return <Trainings trainings={panel.trainings} state={state} text={text} />
    case 'wishes':
      return <Wishes wishes={panel.wishes} text={text} />
  }
}

function ScanCall({ scanner, text }: { scanner: KioskView['scanner']; text: Catalogue }) {
  const trouble = text.attract.scanner[scanner]
  return (
    <section className="scan-call" data-scanner={scanner}>
      <Icon name={trouble === null ? 'scan' : 'warning'} />
      <div className="scan-call-words">
        <h2>{trouble ?? text.attract.scan}</h2>
        {trouble === null ? <p>{text.attract.scanHint}</p> : null}
      </div>
      {trouble === null ? <Icon name="down" /> : null}
    </section>
  )
}

function Offers({ facilities, text }: { facilities: readonly Facility[]; text: Catalogue }) {
  return (
    <section className="offers">
      <h2 className="panel-title">{text.attract.offers}</h2>
      <ul className="offers-list">
        {facilities.map((facility) => (
          <li key={facility} className="offer">
            <Icon name={FACILITY_ICONS[facility]} />
            <span>{text.attract.facility[facility]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Goods({ kinds, entries, text }: { kinds: number; entries: readonly ShelfEntry[]; text: Catalogue }) {
  return (
    <section className="turning" data-turn="goods">
      <h2 className="panel-title">{text.attract.goods(kinds)}</h2>
      <ul className="goods-row">
        {entries.map((entry) => (
          <li key={entry.item} className="goods-glimpse">
            <ItemPicture picture={entry.picture} tint={entry.tint} />
            <span className="goods-glimpse-name">{text.of(entry.name)}</span>
            <span className="goods-glimpse-price">{text.parts.points(entry.pricePoints)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Trainings({ trainings, state, text }: { trainings: readonly TrainingShown[]; state: FlowState; text: Catalogue }) {
  return (
    <section className="turning" data-turn="trainings">
      <h2 className="panel-title">{text.attract.trainings}</h2>
      <ul className="turning-lines">
        {trainings.map((training) => (
          <li key={training.training} className="turning-item">
            <strong>{text.of(training.title)}</strong>
            <span>
              {sayMoment(training.startsAtMs, todayOf(state), utcOffsetOf(state), text)} · {training.hostedHere ? text.trainings.hostedHere : text.of(training.place)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Wishes({ wishes, text }: { wishes: readonly WallWish[]; text: Catalogue }) {
  return (
    <section className="turning" data-turn="wishes">
      <h2 className="panel-title">{text.attract.wishes}</h2>
      <ul className="turning-lines">
        {wishes.map((wish) => (
          <li key={wish.wish} className="turning-item">
            <strong className="turning-wish">{lineOf(wish.text)}</strong>
            <span>
              {wish.who ?? text.wishes.somebody} · {text.wishes.state[wish.state]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Earn({ text }: { text: Catalogue }) {
  return (
    <section className="turning" data-turn="earn">
      <h2 className="panel-title">{text.attract.earn}</h2>
      <ol className="earn-ways">
        {text.attract.earnWays.map((way, index) => (
          <li key={way}>
            <span className="earn-number">{index + 1}</span>
            <span>{way}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
