// Choose: every thing with its price and how far away it is, whole rows a page, the cart as a bar that leads on.

import { pageGrids } from '../flow/page-grids.ts'
import { spendableLine } from '../flow/points-words.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { shelfCategories, shelfPages } from '../flow/shelf-pages.ts'
import { CartBar, CartWords } from '../parts/cart-bar.tsx'
import { Frame } from '../parts/frame.tsx'
import { GoodsCard } from '../parts/goods-card.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Pager } from '../parts/pager.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

type Props = ScreenProps<'shelf'>

export function ShelfScreen(props: Props) {
  const { state, screen, text, tap } = props
  const shelf = state.view?.shelf ?? []
  const landscape = state.layout.orientation === 'landscape'
  return (
    <Frame
      at="shelf"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.shelf.title} sub={spendableLine(state, screen.rider, text)} />}
      {...(state.lowReach ? { read: <CartWords state={state} rider={screen.rider} text={text} /> } : {})}
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
      act={<CartBar state={state} rider={screen.rider} text={text} tap={tap} {...(landscape && shelf.length > 0 ? { above: <ShelfPager {...props} /> } : {})} />}
    />
  )
}

function CategoryChips({ state, screen, text, tap }: Props) {
  return (
    <div className="chips category-chips" role="group" aria-label={text.shelf.title}>
      {shelfCategories(state).map(({ category, kinds }) => (
        <button key={category ?? 'all'} type="button" className="touch chip" aria-pressed={screen.category === category} onClick={() => tap({ do: 'choose_category', category })}>
          {category === null ? text.shelf.all(kinds) : text.shelf.category[category]}
        </button>
      ))}
    </div>
  )
}

function Goods(props: Props) {
  const { state, screen, text, tap } = props
  const { entries } = shelfPages(state, screen)
  const { view } = state
  if (view === null) return null
  if (entries.length === 0) return <p className="lead goods-none">{text.shelf.emptyCategory}</p>
  const lies = state.lowReach || state.layout.compact
  return (
    <div className="goods-grid" style={gridStyle(pageGrids(state.layout, state.lowReach).shelf)}>
      {entries.map((entry) => (
        <GoodsCard key={entry.item} entry={entry} rider={screen.rider} view={view} text={text} tap={tap} lies={lies} />
      ))}
    </div>
  )
}

function ShelfPager(props: Props) {
  const { state, screen, text, tap } = props
  const { page, pages } = shelfPages(state, screen)
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
