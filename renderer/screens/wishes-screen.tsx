// The wall that everybody may read, and his own wishes; the one act is to make one. A card says of which kind, how old, and how
// it stands; touched, it is whole.

import type { OwnWish, WallWish } from '../../contract/kiosk/wish-view.ts'
import { pageGrids } from '../flow/page-grids.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { glimpseOf, ownPage, ownWishes, wallPage } from '../flow/wishes.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Pager } from '../parts/pager.tsx'
import { OwnWishState, WallWishState } from '../parts/wish-state.tsx'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'wishes'>

export function WishesScreen(props: Props) {
  const { state, screen, text, tap } = props
  const portrait = state.layout.orientation === 'portrait'
  const narrow = !portrait && state.lowReach
  return (
    <Frame
      at="wishes"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.wishes.title} sub={text.wishes.line} />}
      {...(state.lowReach ? { read: <p className="display training-way">{screen.tab === 'wall' ? text.wishes.wall(state.view?.wall.length ?? 0) : text.wishes.mine(ownWishes(screen.rider).length)}</p> } : {})}
      touch={
        <>
          {portrait ? <Tabs {...props} /> : null}
          {screen.tab === 'wall' ? <Wall {...props} /> : <Mine {...props} />}
          {portrait ? <Turner {...props} /> : null}
        </>
      }
      act={
        <div className="act-row wishes-bar">
          {portrait ? null : narrow ? <OtherTab {...props} /> : <Tabs {...props} />}
          {portrait ? null : <Turner {...props} />}
          <ByPhone {...props} />
          <Button {...(narrow ? { go: true } : { kind: 'primary' as const, icon: 'wish' as const })} dimmed={screen.rider.session.standing !== 'active'} onPress={() => tap({ do: 'write_wish' })}>
            {text.wishes.write}
          </Button>
        </div>
      }
    />
  )
}

function Tabs({ state, screen, text, tap }: Props) {
  return (
    <div className="chips wish-tabs" role="group" aria-label={text.wishes.title}>
      <button type="button" className="touch chip" aria-pressed={screen.tab === 'wall'} onClick={() => tap({ do: 'show_wishes', tab: 'wall' })}>
        {text.wishes.wall(state.view?.wall.length ?? 0)}
      </button>
      <button type="button" className="touch chip" aria-pressed={screen.tab === 'mine'} onClick={() => tap({ do: 'show_wishes', tab: 'mine' })}>
        {text.wishes.mine(ownWishes(screen.rider).length)}
      </button>
    </div>
  )
}

/** The wall leads to writing, his own to looking; both by phone. */
function ByPhone({ state, screen, text, tap }: Props) {
  const purpose = screen.tab === 'wall' ? 'wish' : 'my_wishes'
  return (
    <Button icon="mobile" onPress={() => tap({ do: 'show_hand_off', purpose })}>
      {purpose === 'wish' ? text.handOff.write : state.layout.compact || state.lowReach ? text.handOff.lookShort : text.handOff.look}
    </Button>
  )
}

/** Where two would not fit: the one that is not shown. */
function OtherTab({ state, screen, text, tap }: Props) {
  const other = screen.tab === 'wall' ? 'mine' : 'wall'
  return <Button onPress={() => tap({ do: 'show_wishes', tab: other })}>{other === 'mine' ? text.wishes.mine(ownWishes(screen.rider).length) : text.wishes.wall(state.view?.wall.length ?? 0)}</Button>
}

function Turner({ state, screen, text, tap }: Props) {
  const { page, pages } = screen.tab === 'wall' ? wallPage(state, screen) : ownPage(state, screen)
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

function Wall(props: Props) {
  const { state, screen, text } = props
  const { rows } = wallPage(state, screen)
  if (rows.length === 0) return <Say title={text.wishes.empty} line={text.wishes.emptyNext} />
  return (
    <ul className="wish-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).wishes)}>
      {rows.map((wish) => (
        <WallCard key={wish.wish} wish={wish} {...props} />
      ))}
    </ul>
  )
}

function WallCard({ wish, state, text, tap }: Props & { wish: WallWish }) {
  return (
    <li className="wish-row" data-category={wish.category}>
      <button type="button" className="touch wish-face" onClick={() => tap({ do: 'show_wall_wish', wish: wish.wish })}>
        <span className="wish-head">
          <span className="wish-category">{text.wishes.category[wish.category]}</span>
          <WallWishState wish={wish} text={text} />
        </span>
        <span className="wish-text">{glimpseOf(state, wish.text)}</span>
        <span className="wish-foot">
          {wish.who ?? text.wishes.somebody} · {text.wishes.posted(text.ago(Math.max(0, state.wallMs - wish.postedAtMs)))}
        </span>
      </button>
    </li>
  )
}

function Mine(props: Props) {
  const { state, screen, text } = props
  const { rows } = ownPage(state, screen)
  if (rows.length === 0) return <Say title={text.wishes.noneOfMine} line={screen.rider.session.standing === 'unknown' ? text.wishes.unknownRider : text.wishes.noneOfMineNext} />
  return (
    <ul className="wish-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).wishes)}>
      {rows.map((wish) => (
        <OwnCard key={wish.wish} wish={wish} {...props} />
      ))}
    </ul>
  )
}

function OwnCard({ wish, state, text, tap }: Props & { wish: OwnWish }) {
  return (
    <li className="wish-row" data-category={wish.category} data-own="">
      <button type="button" className="touch wish-face" onClick={() => tap({ do: 'show_own_wish', wish: wish.wish })}>
        <span className="wish-head">
          <span className="wish-category">{text.wishes.category[wish.category]}</span>
          <OwnWishState wish={wish} text={text} />
        </span>
        <span className="wish-text" data-unreadable={wish.text === null ? '' : undefined}>
          {wish.text === null ? (wish.state === 'withdrawn' ? text.wishes.takenBack : text.wishes.unreadable) : glimpseOf(state, wish.text)}
        </span>
        <span className="wish-foot">{text.wishes.posted(text.ago(Math.max(0, state.wallMs - wish.postedAtMs)))}</span>
      </button>
    </li>
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
