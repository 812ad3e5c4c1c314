// What a volunteer may do here, in big words, and how much of this station central does not have yet.

import type { ScreenProps } from '../flow/screen-props.ts'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'

export function StaffHomeScreen({ state, screen, text, tap }: ScreenProps<'staff_home'>) {
  const { session, lines } = screen.staff
  const outbox = state.view?.outbox ?? { depth: 0, parked: 0 }
  return (
    <Frame
      at="staff_home"
      state={state}
      text={text}
      tap={tap}
      finish
      head={<HeadWords title={text.staffHome.hello(session.maskedName, session.role)} />}
      read={
        <ul className="health">
          <li className="health-line" data-tone={outbox.depth === 0 ? 'good' : 'calm'}>
            <Icon name={outbox.depth === 0 ? 'check' : 'clock'} />
            <span>{outbox.depth === 0 ? text.staffHome.outboxEmpty : text.staffHome.outbox(outbox.depth)}</span>
          </li>
          {outbox.parked === 0 ? null : (
            <li className="health-line" data-tone="warm">
              <Icon name="warning" />
              <span>{text.staffHome.parked(outbox.parked)}</span>
            </li>
          )}
        </ul>
      }
      touch={
        <div className="staff-acts">
          <button type="button" className="touch tile tile-act" onClick={() => tap({ do: 'show_restock' })}>
            <Icon name="box" />
            <span className="tile-word">{text.staffHome.restock}</span>
            <span className="tile-hint">{lines.length === 0 ? text.staffHome.restockHint : text.staffHome.counted(lines.length)}</span>
          </button>
        </div>
      }
    />
  )
}
