// One thing on the shelf: its drawing, its name, its price, and in words how it stands with it: left, picked, or how far
// away. What cannot be had now stays touchable; the flow answers why.

import type { ShelfEntry } from '../../contract/kiosk/kiosk-view.ts'
import type { Rider, Tap } from '../flow/flow-state.ts'
import { goodsState, isBuyable, quantityIn, type GoodsState } from '../flow/goods.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { Icon } from './icons.tsx'
import { ItemPicture } from './item-picture.tsx'

export interface GoodsCardProps {
  entry: ShelfEntry
  rider: Rider
  view: KioskView
  text: Catalogue
  tap: (tap: Tap) => void
  /** Picture beside the words instead of above them. */
  lies: boolean
}

export function GoodsCard({ entry, rider, view, text, tap, lies }: GoodsCardProps) {
  const goods = goodsState(entry, rider, view)
  const picked = quantityIn(rider.cart, entry.item)
  const buyable = picked > 0 || isBuyable(goods)
  const words = picked > 0 ? text.shelf.inCart(picked) : goodsWords(goods, text)
  return (
    <button
      type="button"
      className="touch goods-card"
      data-lies={lies ? '' : undefined}
      data-picked={picked > 0 ? '' : undefined}
      data-out={buyable ? undefined : goods.kind === 'sold_out' ? 'gone' : 'far'}
      aria-disabled={buyable ? undefined : true}
      onClick={() => tap({ do: 'add_item', item: entry.item })}
    >
      <span className="goods-card-face">
        <ItemPicture picture={entry.picture} tint={entry.tint} />
        <span className="goods-card-words">
          <span className="goods-card-name">{text.of(entry.name)}</span>
          <span className="goods-card-line">
            <span className="goods-card-price">
              <strong>{entry.pricePoints}</strong>
              {text.parts.pointsUnit}
            </span>
            <span className="goods-card-state" data-tone={picked === 0 && goods.kind === 'one_left' ? 'warm' : 'calm'}>
              {picked > 0 ? <Icon name="check" /> : null}
              <span>{words}</span>
            </span>
          </span>
        </span>
      </span>
    </button>
  )
}

function goodsWords(goods: GoodsState, text: Catalogue): string {
  switch (goods.kind) {
    case 'buyable':
      return text.shelf.left(goods.left)
    case 'one_left':
      return text.shelf.oneLeft
    case 'sold_out':
      return text.shelf.soldOut
    case 'short':
      return text.shelf.short(goods.missing)
    case 'short_with_cart':
      return text.shelf.shortWithCart(goods.missing)
    case 'part_elsewhere':
      return text.shelf.partElsewhere(goods.here)
    case 'limit_reached':
      return text.shelf.limitReached(goods.period)
    case 'unknown_rider':
      return text.shelf.unknownRider
    case 'suspended':
      return text.shelf.suspended
    case 'stopped':
      return text.shelf.stopped
  }
}
