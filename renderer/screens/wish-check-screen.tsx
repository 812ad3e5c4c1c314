// What is asked about a wish before it goes up: which kind, with a name or without, how to reach him; and what in it says who
// somebody is, pointed out before anybody else reads it.

import { WISH_CATEGORIES, type WishCategory } from '../../contract/kiosk/wish-view.ts'
import { findPersonal } from '../../domain/find-personal.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid } from '../flow/selectors.ts'
import { wishText } from '../flow/wish-typing.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

type Props = ScreenProps<'wish_check'>

export function WishCheckScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { wishTyping } = text
  const isAsked = screen.asked !== null
  const post = (
    <Button kind="primary" dimmed={isAsked} onPress={() => tap({ do: 'post_wish' })}>
      {isAsked ? text.wishes.asking : wishTyping.post}
    </Button>
  )
  if (screen.refusal !== null) {
    return (
      <Frame
        at="wish_check"
        state={state}
        text={text}
        tap={tap}
        back
        finish
        fill="read"
        head={<HeadWords title={wishTyping.title} />}
        read={
          <div className="refused">
            <SaidBlock said={refusalSaid(state, text, screen.refusal)} icon="wish" tone="warm" />
          </div>
        }
        act={
          <div className="act-row">
            <Button kind="primary" onPress={() => tap({ do: 'back' })}>
              {text.parts.back}
            </Button>
          </div>
        }
      />
    )
  }
  return (
    <Frame
      at="wish_check"
      state={state}
      text={text}
      tap={tap}
      back={!isAsked}
      finish
      head={<HeadWords title={wishTyping.checkTitle} sub={wishTyping.checkLine} />}
      read={<Words {...props} />}
      {...(screen.editing === null ? { touch: <Choices {...props} /> } : {})}
      act={<div className="act-row">{post}</div>}
    />
  )
}

/** Where there is room for one button, it goes round. */
function categoryAfter(category: WishCategory): WishCategory {
  return WISH_CATEGORIES[(WISH_CATEGORIES.indexOf(category) + 1) % WISH_CATEGORIES.length] ?? category
}

function Words({ screen, text }: Props) {
  const words = wishText(screen.typing)
  const spans = findPersonal(words)
  const pieces: React.ReactNode[] = []
  let at = 0
  for (const { start, end, kind } of spans) {
    pieces.push(words.slice(at, start), <mark key={start} title={text.wishTyping.personal[kind]}>{words.slice(start, end)}</mark>)
    at = end
  }
  pieces.push(words.slice(at))
  const kinds = [...new Set(spans.map(({ kind }) => text.wishTyping.personal[kind]))]
  return (
    <div className="check-words">
      <blockquote className="wish-whole" data-long={words.length > 40 ? '' : undefined}>
        {pieces}
      </blockquote>
      {kinds.length === 0 ? null : (
        <p className="check-personal">
          <Icon name="warning" />
          <span>{text.wishTyping.hasPersonal(kinds)}</span>
        </p>
      )}
    </div>
  )
}

function Choices({ state, screen, text, tap }: Props) {
  const { wishTyping } = text
  const narrow = state.layout.orientation === 'landscape' && (state.lowReach || state.layout.compact)
  return (
    <div className="check-choices">
      {narrow ? null : (
        <div className="chips check-kinds" role="group" aria-label={wishTyping.kind}>
          {WISH_CATEGORIES.map((category) => (
            <button key={category} type="button" className="touch chip" aria-pressed={screen.category === category} onClick={() => tap({ do: 'choose_wish_category', category })}>
              {text.wishes.category[category]}
            </button>
          ))}
        </div>
      )}
      <div className="check-toggles" data-walk={narrow ? '' : undefined}>
        {narrow ? (
          <Button iconAfter="next" onPress={() => tap({ do: 'choose_wish_category', category: categoryAfter(screen.category) })}>
            {text.wishes.category[screen.category]}
          </Button>
        ) : null}
        <Button icon="person" pressed={screen.shown === 'named'} onPress={() => tap({ do: 'toggle_wish_name' })}>
          {screen.shown === 'anonymous' ? wishTyping.anonymous : wishTyping.named(screen.rider.session.maskedName ?? text.wishes.somebody)}
        </Button>
        <Button icon={screen.reach === 'station' ? 'house' : 'phone'} pressed={screen.reach === 'staff_phone'} onPress={() => tap({ do: 'toggle_wish_reach' })}>
          {wishTyping.reach[screen.reach]}
        </Button>
      </div>
    </div>
  )
}
