// Nobody is here: the invitation, huge; what the place gives for nothing; and, turning, what points are for. Nothing
// personal, nothing that needs a network, nothing the station has not said.

import type { Catalogue } from '../text/catalogue.ts'
import { FACILITIES, type Facility } from '../text/catalogue.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { ItemPicture } from '../parts/item-picture.tsx'

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

const GOODS_SHOWN = 4

export function AttractScreen({ state, screen, text, tap }: ScreenProps<'attract'>) {
  const { view } = state
  return (
    <Frame
      at="attract"
      state={state}
      text={text}
      tap={tap}
      fill="read"
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
            {view === null ? null : <Offers view={view} text={text} />}
            {view === null ? null : <TurningPanel view={view} text={text} panel={screen.panel} />}
          </div>
          <ScanCall scanner={view?.scanner ?? 'searching'} text={text} />
        </div>
      }
    />
  )
}

function ScanCall({ scanner, text }: { scanner: KioskView['scanner']; text: Catalogue }) {
  const trouble = text.attract.scanner[scanner]
  return (
    <section className="scan-call" data-scanner={scanner}>
      <Icon name={trouble === null ? 'scan' : 'warning'} />
      <div className="scan-call-words">
        <h2>{trouble ?? text.attract.scan}</h2>
        <p>{trouble === null ? text.attract.scanHint : text.attract.noPassHint}</p>
      </div>
      {trouble === null ? <Icon name="down" /> : null}
    </section>
  )
}

function Offers({ view, text }: { view: KioskView; text: Catalogue }) {
  const known = FACILITIES.filter((facility) => view.station?.facilities.includes(facility))
  if (known.length === 0) return null
  return (
    <section className="offers">
      <h2 className="panel-title">{text.attract.offers}</h2>
      <ul className="offers-list">
        {known.map((facility) => (
          <li key={facility} className="offer">
            <Icon name={FACILITY_ICONS[facility]} />
            <span>{text.attract.facility[facility]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function TurningPanel({ view, text, panel }: { view: KioskView; text: Catalogue; panel: number }) {
  const onShelf = view.shelf.filter((entry) => entry.onShelf > 0)
  const turn = panel % 3
  if (turn === 0 && onShelf.length > 0) {
    return (
      <section className="turning" data-turn="goods">
        <h2 className="panel-title">{text.attract.goods(onShelf.length)}</h2>
        <ul className="goods-row">
          {onShelf.slice(0, GOODS_SHOWN).map((entry) => (
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
  if (turn === 2 && view.station !== null) {
    return (
      <section className="turning" data-turn="help">
        <h2 className="panel-title">{text.attract.noPass}</h2>
        <p className="turning-line">{text.attract.noPassHint}</p>
        <p className="turning-line turning-call">
          <Icon name="phone" />
          <span>{text.attract.call(view.station.hotline)}</span>
        </p>
      </section>
    )
  }
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
