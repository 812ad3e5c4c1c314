// Choose: every thing with its price and how far away it is, whole rows a page, the cart as a bar that leads on.

import type { Category } from '../flow/flow-state.ts'
import { cartPoints, unitsIn } from '../flow/goods.ts'
import { gridSize, pageGrids } from '../flow/page-grids.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { GoodsCard } from '../parts/goods-card.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

type Props = ScreenProps<'shelf'>

const CATEGORIES = ['road', 'food', 'home', 'care'] as const satisfies readonly Category[]

export function ShelfScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { points } = screen.rider.session
  const shelf = state.view?.shelf ?? []
  const landscape = state.layout.orientation === 'landscape'
  const spendable = points === null ? null : screen.rider.balanceShown ? text.shelf.spendable(points.here) : text.shelf.spendableHidden
  return (
    <Frame
      at="shelf"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.shelf.title} sub={spendable} />}
      touch={
        shelf.length === 0 ? (
          <SaidBlock said={text.shelf.empty} icon="box" tone="calm" />
        ) : (
          <>
            <CategoryChips {...props} />
            <Goods {...props} />
            {landscape ? null : <ShelfPager {...props} />}
          </>
        )
      }
      act={<CartBar {...props} pager={landscape && shelf.length > 0} />}
    />
  )
}

function shownGoods({ state, screen }: Props) {
  const all = state.view?.shelf ?? []
  const chosen = screen.category === null ? all : all.filter((entry) => entry.category === screen.category)
  const grid = pageGrids(state.layout, state.lowReach).shelf
  const size = gridSize(grid)
  const pages = Math.max(1, Math.ceil(chosen.length / size))
  const page = Math.min(screen.page, pages - 1)
  return { goods: chosen.slice(page * size, (page + 1) * size), grid, page, pages }
}

function CategoryChips({ state, screen, text, tap }: Props) {
  const kinds = state.view?.shelf.length ?? 0
  return (
    <div className="chips category-chips" role="group" aria-label={text.shelf.title}>
      <button type="button" className="touch chip" aria-pressed={screen.category === null} onClick={() => tap({ do: 'choose_category', category: null })}>
        {text.shelf.all(kinds)}
      </button>
      {CATEGORIES.map((category) => (
        <button key={category} type="button" className="touch chip" aria-pressed={screen.category === category} onClick={() => tap({ do: 'choose_category', category })}>
          {text.shelf.category[category]}
        </button>
      ))}
    </div>
  )
}

function Goods(props: Props) {
  const { state, screen, text, tap } = props
  const { goods, grid } = shownGoods(props)
  const { view } = state
  if (view === null) return null
  if (goods.length === 0) return <p className="lead goods-none">{text.shelf.emptyCategory}</p>
  const lies = state.lowReach || state.layout.orientation === 'landscape'
  return (
    <div className="goods-grid" style={gridStyle(grid)}>
      {goods.map((entry) => (
        <GoodsCard key={entry.item} entry={entry} rider={screen.rider} view={view} text={text} tap={tap} lies={lies} />
      ))}
    </div>
  )
}

function ShelfPager(props: Props) {
  const { text, tap } = props
  const { page, pages } = shownGoods(props)
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

function CartBar(props: Props & { pager: boolean }) {
  const { state, screen, text, tap, pager } = props
  const { cart, session, balanceShown } = screen.rider
  const shelf = state.view?.shelf ?? []
  const points = cartPoints(cart, shelf)
  const last = cart.at(-1)
  const lastEntry = shelf.find((entry) => entry.item === last?.item)
  const after = session.points === null || !balanceShown ? null : text.shelf.leftAfter(session.points.balance - points)
  return (
    <div className="act-row cart-bar">
      {pager ? <ShelfPager {...props} /> : null}
      <div className="act-words" aria-live="polite">
        {last === undefined ? (
          <p className="act-note cart-empty">
            <Icon name="bag" />
            <span>{text.shelf.cartEmpty}</span>
          </p>
        ) : (
          <>
            <p className="act-note">{cart.length > 1 ? text.shelf.cartMore(unitsIn(cart)) : text.shelf.cartLine(lastEntry === undefined ? last.item : text.of(lastEntry.name), last.quantity)}</p>
            <p className="act-strong cart-total">{text.shelf.total(points)}</p>
            {after === null ? null : <p className="act-note">{after}</p>}
          </>
        )}
      </div>
      <Button kind="primary" dimmed={cart.length === 0} onPress={() => tap({ do: 'show_confirm' })}>
        {text.shelf.toConfirm}
      </Button>
    </div>
  )
}
