// The words of a wish, on the kiosk's own keyboard.

import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { TypedText } from '../parts/typed-text.tsx'
import { TypingKeyboard } from '../parts/typing-keyboard.tsx'
import { isEmpty } from '../typing/typing.ts'
import { typedTail, typingPlan } from '../parts/typing-plan.ts'

export function WishTypingScreen({ state, screen, text, tap }: ScreenProps<'wish_typing'>) {
  const plan = typingPlan(state.layout, state.lowReach)
  const { wishTyping, typing: words } = text
  const done = (
    <Button kind="primary" dimmed={isEmpty(screen.typing)} onPress={() => tap({ do: 'typing_done' })}>
      {wishTyping.done}
    </Button>
  )
  const narrow = state.layout.orientation === 'landscape'
  return (
    <Frame
      at="wish_typing"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={screen.editing === null ? wishTyping.title : wishTyping.editTitle} sub={wishTyping.line} />}
      read={
        <div className="typing-read">
          <TypedText typing={screen.typing} dictionary={state.dictionary} hint={wishTyping.hint} count={words.left} tail={typedTail(state.layout, state.lowReach)} />
          {narrow && !state.lowReach ? done : null}
          {plan.keys === 'nine' && isEmpty(screen.typing) ? <p className="typing-why">{words.hintNine}</p> : null}
        </div>
      }
      touch={<TypingKeyboard plan={plan} typing={screen.typing} dictionary={state.dictionary} words={words} onKey={(key) => tap({ do: 'type_key', key })} onDone={() => tap({ do: 'typing_done' })} {...(screen.editing === null && isEmpty(screen.typing) ? { onPhone: () => tap({ do: 'show_hand_off', purpose: 'wish' }) } : {})} />}
      {...(narrow
        ? {}
        : {
            act: (
              <div className="act-row written-bar">
                {screen.editing === null ? <ByPhone text={text} tap={tap} /> : null}
                {done}
              </div>
            ),
          })}
    />
  )
}

function ByPhone({ text, tap }: Pick<ScreenProps<'wish_typing'>, 'text' | 'tap'>) {
  return (
    <Button icon="mobile" onPress={() => tap({ do: 'show_hand_off', purpose: 'wish' })}>
      {text.handOff.write}
    </Button>
  )
}
