// What does not work, what still does, whom to call. Rest is always among what works.

import type { ScreenProps } from '../flow/screen-props.ts'
import { outOfOrderSaid, worksAndStopped } from '../flow/selectors.ts'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { unbroken } from '../parts/unbroken.ts'
import { SaidBlock } from '../parts/said-block.tsx'

export function OutOfOrderScreen({ state, screen, text, tap }: ScreenProps<'out_of_order'>) {
  const hotline = state.view?.station?.hotline ?? null
  const { works, stopped } = worksAndStopped(screen)
  return (
    <Frame
      at="out_of_order"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      finish={screen.behind !== null}
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="out-of-order" data-staff={screen.why.kind === 'trouble' ? '' : undefined}>
          <SaidBlock said={outOfOrderSaid(text, screen)} icon="tool" tone="calm" />
          <ul className="works">
            {works.map((work) => (
              <li key={work} className="works-line" data-works="">
                <Icon name="check" />
                <span className="works-name">{text.outOfOrder.work[work]}</span>
                <span className="works-word">{text.outOfOrder.works}</span>
              </li>
            ))}
            {stopped.map((work) => (
              <li key={work} className="works-line">
                <Icon name="close" />
                <span className="works-name">{text.outOfOrder.work[work]}</span>
                <span className="works-word">{text.outOfOrder.stopped}</span>
              </li>
            ))}
          </ul>
          {screen.why.kind === 'trouble' ? (
            <p className="for-staff">
              <span className="for-staff-label">{text.notUnderstood.forStaff}</span>
              <span>{text.troubleForStaff[screen.why.trouble.code]}</span>
            </p>
          ) : null}
          <p className="hotline">
            <Icon name="phone" />
            <span>{hotline === null ? text.outOfOrder.callNobody : text.outOfOrder.call(unbroken(hotline))}</span>
          </p>
        </div>
      }
    />
  )
}
