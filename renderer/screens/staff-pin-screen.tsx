// The volunteer's PIN: how many digits are typed, never which. Wrong and locked say how it goes on.

import { PIN_DIGITS } from '../flow/flow-limits.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { pinLockSeconds } from '../flow/staff-taps.ts'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Keypad } from '../parts/keypad.tsx'
import type { Catalogue } from '../text/catalogue.ts'

const PLACES = Array.from({ length: PIN_DIGITS }, (_, index) => index)

export function StaffPinScreen({ state, screen, text, tap }: ScreenProps<'staff_pin'>) {
  const { said } = screen
  const lockedSeconds = pinLockSeconds(state, screen)
  const locked = lockedSeconds > 0
  return (
    <Frame
      at="staff_pin"
      state={state}
      text={text}
      tap={tap}
      finish
      sides
      head={<HeadWords title={text.staffPin.hello(screen.staff.session.maskedName)} />}
      read={
        <div className="pin">
          <h2 className="title">{text.staffPin.title}</h2>
          <p className="pin-line">{locked ? text.staffPin.lockedNext : text.staffPin.line}</p>
          <PinDots typed={screen.digits.length} text={text} />
          <p className="pin-said" role="status" data-tone={locked || said !== null ? 'warm' : 'calm'}>
            {locked ? (
              <>
                <Icon name="lock" />
                <span>{text.staffPin.locked(text.countdown(lockedSeconds))}</span>
              </>
            ) : screen.asking ? (
              <span>{text.staffPin.checking}</span>
            ) : said?.code === 'pin_wrong' ? (
              <>
                <Icon name="warning" />
                <span>{text.staffPin.wrong(said.triesLeft)}</span>
              </>
            ) : null}
          </p>
        </div>
      }
      touch={
        <Keypad
          label={text.staffPin.title}
          eraseWord={text.parts.delete}
          doneWord={null}
          onDigit={(digit) => tap({ do: 'pin_digit', digit })}
          onErase={() => tap({ do: 'pin_delete' })}
        />
      }
    />
  )
}

function PinDots({ typed, text }: { typed: number; text: Catalogue }) {
  return (
    <div className="pin-dots" role="img" aria-label={text.staffPin.typed(typed)}>
      {PLACES.map((place) => (
        <span key={place} className="pin-dot" data-typed={place < typed ? '' : undefined} />
      ))}
    </div>
  )
}
